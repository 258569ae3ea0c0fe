import fc from 'fast-check';
import { gatherHolders } from '../../../lambda/facts/escalation/holder.ts';
import type { EscalationWorld } from '../../../lambda/facts/escalation/escalation-world.ts';
import { NO_IAM } from '../../../lambda/facts/escalation/iam-side.ts';
import type { RbacLists } from '../../../lambda/facts/rbac/bindings.ts';
import type { Subject } from '../../../lambda/facts/rbac/subject.ts';
import { LEGACY_TOKEN, type SmallWorld } from './brute-force.ts';

const RBAC = 'rbac.authorization.k8s.io';
const NAMESPACES = ['one', 'two'] as const;
export const ACCOUNTS = NAMESPACES.flatMap((namespace) => ['a', 'b'].map((name) => ({ namespace, name })));
export const SUBJECTS: readonly Subject[] = [
  { kind: 'User', name: 'alice' },
  { kind: 'User', name: 'bob' },
  { kind: 'Group', name: 'devs' },
  ...ACCOUNTS.map((account) => ({ kind: 'ServiceAccount', ...account }) as const),
];

/** Verbs, group, resources; and names that some of them may be limited to. */
const RULES: readonly (readonly [string, string, string, string?])[] = [
  ['create', '', 'pods'],
  ['create', 'apps', 'deployments'],
  ['create', '', 'pods', 'any'],
  ['create', '', 'serviceaccounts/token'],
  ['create', '', 'serviceaccounts/token', 'a'],
  ['create', '', 'pods/exec'],
  ['patch', '', 'pods'],
  ['impersonate', '', 'serviceaccounts'],
  ['impersonate', '', 'serviceaccounts', 'b'],
  ['impersonate', '', 'users'],
  ['impersonate', '', 'users', 'bob'],
  ['impersonate', '', 'groups'],
  ['impersonate', '', 'groups', 'devs'],
  ['impersonate', '', 'groups', 'system:masters'],
  ['create', '', 'secrets'],
  ['get', '', 'secrets'],
  ['get', '', 'secrets', 'some'],
  ['get', '', 'secrets', LEGACY_TOKEN],
  ['patch', '', 'namespaces'],
  ['patch', '', 'namespaces', 'one'],
  ['create', '', 'persistentvolumes'],
  ['get', '', 'nodes/proxy'],
  ['create', RBAC, 'rolebindings'],
  ['create', RBAC, 'clusterrolebindings'],
  ['bind', RBAC, 'clusterroles'],
  ['bind', RBAC, 'clusterroles', 'c1'],
  ['escalate', RBAC, 'clusterroles'],
  ['patch', RBAC, 'clusterroles'],
  ['get', '', 'pods'],
  ['*', '', 'pods'],
  ['*', '*', '*'],
];

const rule = fc.constantFrom(...RULES).map(([verb, group, resource, name]) => ({
  verbs: [verb],
  apiGroups: [group],
  resources: [resource],
  ...(name === undefined ? {} : { resourceNames: [name] }),
}));
const rules = fc.array(rule, { minLength: 1, maxLength: 2 });
const subject = fc.constantFrom(...SUBJECTS);

/** One subject in one binding, so that bindings can be taken away one by one. */
export interface SmallBinding {
  /** Undefined: a ClusterRoleBinding. */
  readonly namespace?: string;
  readonly role: string;
  readonly subject: Subject;
}

export interface SmallCluster {
  readonly clusterRoles: readonly (readonly object[])[];
  readonly open: readonly boolean[];
  readonly bindings: readonly SmallBinding[];
}

export const smallCluster: fc.Arbitrary<SmallCluster> = fc.record({
  clusterRoles: fc.tuple(rules, rules, rules),
  open: fc.tuple(fc.boolean(), fc.boolean()),
  bindings: fc.array(
    fc.record({ namespace: fc.option(fc.constantFrom(...NAMESPACES), { nil: undefined, freq: 3 }), role: fc.constantFrom('c0', 'c1', 'c2'), subject }, { requiredKeys: ['role', 'subject'] }),
    { maxLength: 6 },
  ) as fc.Arbitrary<readonly SmallBinding[]>,
});

export function bindingName(index: number): string {
  return `b${index}`;
}

function listsOf({ clusterRoles, bindings }: SmallCluster, renamed: (text: string) => string = (text) => text): RbacLists {
  const made = bindings.map(({ namespace, role, subject: { kind, namespace: own, name } }, index) => ({
    metadata: { name: bindingName(index), ...(namespace === undefined ? {} : { namespace }) },
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    roleRef: { kind: 'ClusterRole', name: role },
    subjects: [{ kind, name, ...(own === undefined ? {} : { namespace: own }) }],
  }));
  const list = (value: unknown) => ({ ok: true, value }) as never;
  return {
    clusterRoles: list(clusterRoles.map((given, index) => ({ metadata: { name: JSON.parse(renamed(`"c${index}"`)) as string }, rules: given }))),
    roles: list([]),
    clusterRoleBindings: list(made.filter(({ kind }) => kind === 'ClusterRoleBinding')),
    roleBindings: list(made.filter(({ kind }) => kind === 'RoleBinding')),
  };
}

export function smallWorldOf(cluster: SmallCluster): SmallWorld {
  return { lists: listsOf(cluster), namespaces: new Map(NAMESPACES.map((name, index) => [name, cluster.open[index]!])), accounts: ACCOUNTS, subjects: SUBJECTS };
}

/** The same for the engine. */
export function escalationWorldOf(cluster: SmallCluster, renamed?: (text: string) => string): EscalationWorld {
  const running = NAMESPACES.map((namespace) => {
    const pods = ACCOUNTS.filter((account) => account.namespace === namespace);
    return [namespace, pods.map(({ name }) => ({ kind: 'Deployment', namespace, name, account: name, os: 'linux', tokenInside: true, opensNode: false, onNodes: true, metadata: 'kept-off' }) as const)] as const;
  });
  return {
    holders: gatherHolders(listsOf(cluster, renamed)),
    iam: NO_IAM,
    surroundings: {
      admitsAnyPod: new Map(NAMESPACES.map((name, index) => [name, cluster.open[index]!])),
      accounts: new Map(NAMESPACES.map((namespace) => [namespace, new Set(['a', 'b'])])),
      legacyTokens: new Map([['one', new Map([[LEGACY_TOKEN, 'a']])]]),
      running: new Map(running),
      nodes: new Set(['linux']),
      metadataDoors: new Map(),
      reachesMetadata: new Set<string>(),
      fargateUnclear: false,
      minor: 35,
      awsAuth: 'unread-by-cluster',
    },
    objects: { webhooks: new Set(), apiServices: new Set() },
    unread: new Set(),
    looked: 'all',
  };
}
