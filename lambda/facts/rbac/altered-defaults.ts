import type { SourceName } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { defineFact } from '../define-fact.ts';
import { covers } from './authorizer/covers.ts';
import { RBAC_FIELDS } from './bindings.ts';
import { isKnownObject, rulesOfKubernetes } from './defaults/known-roles.ts';
import { describeRule, readRules, type PolicyRule } from './policy-rule.ts';

/** One of Kubernetes' own roles that is not as Kubernetes makes it. */
export interface AlteredDefault {
  readonly resource: ResourceRef;
  /** Rules that say more than those of any version that is known, sorted. */
  readonly added: readonly string[];
  /** The API server was told not to put it right when it starts. */
  readonly kept: boolean;
}

/** An object whose name says that it is a part of Kubernetes, and that none of those who may say so makes. */
export interface Masquerade {
  readonly resource: ResourceRef;
  readonly source: SourceName;
}

export interface DefaultObjects {
  readonly altered: readonly AlteredDefault[];
  readonly masquerades: readonly Masquerade[];
}

const AUTOUPDATE = 'rbac.authorization.kubernetes.io/autoupdate';
const LISTS = ['clusterRoles', 'clusterRoleBindings', 'roles', 'roleBindings'] as const;
/** A rule of longer lists than this has more parts than are looked at: it is none of Kubernetes' own. */
const MOST_ATOMS = 5_000;

/** Kubernetes' own RBAC objects that were changed, and those that only have the name of one. */
export const defaultObjects = defineFact({
  name: 'defaultObjects',
  revision: 1,
  wants: LISTS,
  fields: { clusterRoles: [...RBAC_FIELDS.clusterRoles, `metadata.annotations["${AUTOUPDATE}"]`] },
  derive(lists): DefaultObjects {
    const altered: AlteredDefault[] = [];
    for (const { apiVersion = '', kind = '', metadata, rules } of lists.clusterRoles.ok ? lists.clusterRoles.value : []) {
      const name = metadata?.name ?? '';
      const own = rulesOfKubernetes(`ClusterRole ${name}`);
      if (!own) continue;
      const added = [...new Set(readRules(rules).filter((rule) => !isOf(own, rule)).map(describeRule))].sort();
      const kept = metadata?.annotations?.[AUTOUPDATE] === 'false';
      if (added.length > 0 || kept) altered.push({ resource: { apiVersion, kind, name }, added, kept });
    }
    return { altered, masquerades: LISTS.flatMap((source) => masqueradesIn(lists[source], source)) };
  },
});

function isOf(own: readonly PolicyRule[], rule: PolicyRule): boolean {
  const { verbs, apiGroups, resources, resourceNames, urls } = rule;
  if (verbs.length * (apiGroups.length * resources.length * Math.max(1, resourceNames.length) + urls.length) > MOST_ATOMS) return false;
  return covers(own, [rule]);
}

interface Named {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
}

function masqueradesIn(list: { readonly ok: boolean; readonly value?: readonly Named[] }, source: (typeof LISTS)[number]): readonly Masquerade[] {
  return (list.ok ? (list.value ?? []) : []).flatMap(({ apiVersion = '', kind = '', metadata }) => {
    const { namespace, name } = { name: '', ...metadata };
    if (typeof name !== 'string' || !name.startsWith('system:')) return [];
    if (isKnownObject(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`)) return [];
    return [{ resource: { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name }, source }];
  });
}
