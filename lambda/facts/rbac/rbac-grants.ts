import { defineFact } from '../define-fact.ts';
import { AGGREGATION_FIELDS } from './aggregated-roles.ts';
import { RBAC_FIELDS } from './bindings.ts';
import { defaultRights } from './default-rights.ts';
import { answeringRoles, gatherGrants } from './gather-grants.ts';
import { judgeSubjects } from './judge-subjects.ts';
import type { RbacGrants } from './right.ts';

/**
 * Who holds which power, directly by bindings. Linear in bindings, subjects and rules: roles are answered once, subjects are kept once, and a
 * subject's powers in a scope are arithmetic on bits.
 */
export const rbacGrants = defineFact({
  name: 'rbacGrants',
  revision: 5,
  wants: ['clusterRoleBindings', 'roleBindings', 'clusterRoles', 'roles'],
  fields: { ...RBAC_FIELDS, clusterRoles: [...RBAC_FIELDS.clusterRoles, ...AGGREGATION_FIELDS] },
  derive(lists): RbacGrants {
    const roleOf = answeringRoles(lists);
    const bySubject = gatherGrants(lists, roleOf);
    return { ...judgeSubjects(bySubject, roleOf), byDefault: defaultRights(lists, bySubject, roleOf) };
  },
});
