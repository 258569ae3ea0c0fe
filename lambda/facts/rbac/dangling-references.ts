import type { SourceName } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { defineFact } from '../define-fact.ts';
import { RBAC_FIELDS, readBindings, readRoles, type Binding } from './bindings.ts';
import { isDefaultGrant } from './defaults/default-grants.ts';
import { subjectText, type Subject } from './subject.ts';

/** A binding that names something that does not exist: whoever makes that thing gets or hands out the rights. */
export interface DanglingReference {
  readonly binding: ResourceRef;
  /** `RoleBinding shop/ops`. */
  readonly bindingText: string;
  /** `ClusterRole gone`, `ServiceAccount shop/gone`. */
  readonly missing: string;
  /** What the binding connects: the role of a missing subject, the subjects of a missing role; sorted. */
  readonly connects: readonly string[];
  readonly restsOn: readonly SourceName[];
}

export interface DanglingReferences {
  readonly roles: readonly DanglingReference[];
  readonly subjects: readonly DanglingReference[];
}

/** Bindings to roles, and of ServiceAccounts, that are not there. Says nothing of lists that could not be read. */
export const danglingReferences = defineFact({
  name: 'danglingReferences',
  revision: 1,
  wants: ['clusterRoleBindings', 'roleBindings', 'clusterRoles', 'roles', 'serviceAccounts', 'namespaces'],
  fields: RBAC_FIELDS,
  derive({ serviceAccounts, namespaces, ...lists }): DanglingReferences {
    const roles = readRoles(lists);
    const accounts = new Set<string>();
    // Every namespace has a `default` account: one of which no account was read was not looked at.
    const seen = new Set<string>();
    for (const { metadata } of serviceAccounts.ok ? serviceAccounts.value : []) {
      accounts.add(`${metadata?.namespace}/${metadata?.name}`);
      seen.add(metadata?.namespace ?? '');
    }
    const existing = namespaces.ok && namespaces.value.length > 0 ? new Set(namespaces.value.map(({ metadata }) => metadata?.name)) : undefined;
    const isMissing = ({ kind, namespace, name }: Subject): boolean =>
      kind === 'ServiceAccount' && namespace !== undefined && serviceAccounts.ok && (seen.has(namespace) ? !accounts.has(`${namespace}/${name}`) : existing?.has(namespace) === false);

    const found = { roles: [] as DanglingReference[], subjects: [] as DanglingReference[] };
    for (const binding of readBindings(lists)) {
      const { role, roleSource } = binding;
      if (role === undefined || !lists[roleSource === 'roles' ? 'roles' : 'clusterRoles'].ok) continue;
      const own = [...binding.subjects].filter(([text]) => !isDefaultGrant(binding.text, role, text));
      if (!roles.has(role)) {
        if (own.length > 0) found.roles.push(reference(binding, role, own.map(([text]) => text).sort(), [roleSource]));
        continue;
      }
      for (const [, subject] of own) {
        if (isMissing(subject)) found.subjects.push(reference(binding, subjectText(subject), [role], ['serviceAccounts', ...(existing ? (['namespaces'] as const) : [])]));
      }
    }
    return found;
  },
});

function reference(binding: Binding, missing: string, connects: readonly string[], sources: readonly SourceName[]): DanglingReference {
  return { binding: binding.resource, bindingText: binding.text, missing, connects, restsOn: [binding.source, ...sources] };
}
