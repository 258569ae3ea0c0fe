import { KINDS, type KindDefinition } from '../model/kinds.ts';

/** The group that an access entry puts the auditor's IAM role into, and the name of its roles and bindings. */
export const AUDITOR = 'eksaminer';

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly ('get' | 'list')[];
}

/** One of the objects that give the auditor what it reads and nothing else. */
export interface AccessManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly PolicyRule[];
  readonly roleRef?: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly apiGroup: string; readonly kind: string; readonly name: string }[];
}

const RBAC_GROUP = 'rbac.authorization.k8s.io';
const RBAC = `${RBAC_GROUP}/v1`;

/**
 * ClusterRole and binding, and a Role and binding in every namespace of which single objects are read, for the group `eksaminer`. Made from
 * the table of kinds, so that a kind that is read is granted and one that is granted is read.
 */
export function accessManifests(kinds: readonly KindDefinition[] = Object.values(KINDS)): readonly AccessManifest[] {
  const listed = kinds.filter((kind) => !kind.only);
  const byNamespace = Map.groupBy(
    kinds.filter((kind) => kind.only),
    (kind) => kind.only!.namespace,
  );
  const manifests: AccessManifest[] = [
    { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name: AUDITOR }, rules: listRules(listed) },
    {
      apiVersion: RBAC,
      kind: 'ClusterRoleBinding',
      metadata: { name: AUDITOR },
      roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name: AUDITOR },
      subjects: [{ apiGroup: RBAC_GROUP, kind: 'Group', name: AUDITOR }],
    },
  ];
  for (const [namespace, single] of [...byNamespace].sort()) {
    manifests.push(
      { apiVersion: RBAC, kind: 'Role', metadata: { name: AUDITOR, namespace }, rules: getRules(single) },
      {
        apiVersion: RBAC,
        kind: 'RoleBinding',
        metadata: { name: AUDITOR, namespace },
        roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: AUDITOR },
        subjects: [{ apiGroup: RBAC_GROUP, kind: 'Group', name: AUDITOR }],
      },
    );
  }
  return manifests;
}

/** One rule an API group; `get` beside `list` because the kube-system namespace is read by name and people expect both. */
function listRules(kinds: readonly KindDefinition[]): PolicyRule[] {
  const byGroup = Map.groupBy(kinds, (kind) => kind.group);
  return [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, members]) => ({ apiGroups: [group], resources: [...new Set(members.map((kind) => kind.plural))].sort(), verbs: ['get', 'list'] as const }));
}

function getRules(kinds: readonly KindDefinition[]): PolicyRule[] {
  const byResource = Map.groupBy(kinds, (kind) => `${kind.group}/${kind.plural}`);
  return [...byResource.values()].map((members) => ({
    apiGroups: [members[0]!.group],
    resources: [members[0]!.plural],
    resourceNames: members.flatMap((kind) => kind.only!.names).sort(),
    verbs: ['get'] as const,
  }));
}
