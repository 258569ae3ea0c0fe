import { defineFact } from '../define-fact.ts';
import { RBAC_FIELDS, readBindings, readRoles } from './bindings.ts';
import { danglingReference, type DanglingReference } from './dangling-reference.ts';
import { isDefaultGrant } from './defaults/default-grants.ts';
import { canonicalSubject } from './subject.ts';

/** Bindings of somebody to a role that is not there. Says nothing of roles of a kind that could not be read. */
export const danglingRoles = defineFact({
  name: 'danglingRoles',
  revision: 1,
  wants: ['clusterRoleBindings', 'roleBindings', 'clusterRoles', 'roles'],
  fields: RBAC_FIELDS,
  derive(lists): readonly DanglingReference[] {
    const roles = readRoles(lists);
    const found: DanglingReference[] = [];
    for (const binding of readBindings(lists, canonicalSubject)) {
      const { role, roleSource, subjects } = binding;
      if (role === undefined || roles.has(role) || !lists[roleSource].ok) continue;
      const bound = subjects.map(({ text }) => text).filter((subject) => !isDefaultGrant(binding.text, role, subject));
      if (bound.length > 0) found.push(danglingReference(binding, role, bound, [roleSource]));
    }
    return found;
  },
});
