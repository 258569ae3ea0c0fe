import { defineFact } from '../../define-fact.ts';
import { RBAC_FIELDS } from '../bindings.ts';
import { createAuthorizer } from './authorizer.ts';

/** The RBAC authorizer over what was read of the four lists; what was not read makes answers unknown, never denied. */
export const rbacAuthorizer = defineFact({
  name: 'rbacAuthorizer',
  revision: 1,
  wants: ['clusterRoleBindings', 'roleBindings', 'clusterRoles', 'roles'],
  fields: RBAC_FIELDS,
  derive: (lists, look) => createAuthorizer(lists, look),
});
