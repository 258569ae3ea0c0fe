import { defineFact } from '../define-fact.ts';
import { RBAC_FIELDS, readBindings } from './bindings.ts';
import { danglingReference, type DanglingReference } from './dangling-reference.ts';
import { isDefaultGrant } from './defaults/default-grants.ts';
import { canonicalSubject, subjectText, type Subject } from './subject.ts';

/** Bindings of ServiceAccounts that are not there, or whose namespace is not. Users and groups live outside the cluster: of them nothing is known. */
export const danglingSubjects = defineFact({
  name: 'danglingSubjects',
  revision: 1,
  needs: ['serviceAccounts'],
  wants: ['clusterRoleBindings', 'roleBindings', 'namespaces'],
  fields: { clusterRoleBindings: RBAC_FIELDS.clusterRoleBindings, roleBindings: RBAC_FIELDS.roleBindings },
  derive({ serviceAccounts, clusterRoleBindings, roleBindings, namespaces }): readonly DanglingReference[] {
    const accounts = new Set<string>();
    const looked = new Set<string>();
    for (const { metadata } of serviceAccounts) {
      accounts.add(`${metadata?.namespace}/${metadata?.name}`);
      looked.add(metadata?.namespace ?? '');
    }
    // Every namespace has an account called default: one that shows none was not looked at, or does not exist.
    const existing = namespaces.ok && namespaces.value.length > 0 ? new Set(namespaces.value.map(({ metadata }) => metadata?.name)) : undefined;
    const isMissing = ({ namespace, name }: Subject): boolean => {
      if (namespace === undefined) return false;
      return looked.has(namespace) ? !accounts.has(`${namespace}/${name}`) : existing !== undefined && !existing.has(namespace);
    };
    const found: DanglingReference[] = [];
    for (const binding of readBindings({ clusterRoleBindings, roleBindings }, canonicalSubject)) {
      const { role, subjects } = binding;
      if (role === undefined) continue;
      for (const { text, subject } of subjects) {
        if (!isMissing(subject) || isDefaultGrant(binding.text, role, text)) continue;
        found.push(danglingReference(binding, subjectText(subject), [role], ['serviceAccounts', ...(existing ? (['namespaces'] as const) : [])]));
      }
    }
    return found;
  },
});
