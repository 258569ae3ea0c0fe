import { mayBeLegacyToken } from '../rbac/legacy-tokens.ts';
import type { Capability } from './capability-table.ts';
import { EVERYTHING, NO_NAME, SOME_ACCOUNT, bothNames, capabilityBits, fits, holds, isNone, namesOf, type Names, type Rights } from './rights.ts';

/**
 * What one identity can do in one request or by itself, in the words of escalation. What must be allowed together for one request (bind and create, escalate
 * and update, two kinds of impersonation) is asked of one identity here; requests of several identities meet only in the edges.
 */
export const DEEDS = {
  admin: { says: 'has every right', by: [] },
  'create-pods': { says: 'runs pods as any account', by: ['createPods', 'createControllers'] },
  'change-controllers': { says: 'changes what runs pods', by: ['changeControllers'] },
  'enter-pods': { says: 'runs commands in pods', by: ['createExec', 'changePods'] },
  'enter-pods-by-get': { says: 'runs commands in pods by a right that looks like reading', by: ['getExec'] },
  'debug-pods': { says: 'adds containers to running pods', by: ['debugPods'] },
  'create-tokens': { says: 'makes itself tokens of ServiceAccounts', by: ['createTokens'] },
  'act-as-accounts': { says: 'impersonates ServiceAccounts', by: ['actAsAccounts'] },
  'act-as-users': { says: 'impersonates users', by: ['actAsUsers'] },
  'act-as-groups': { says: 'impersonates groups', by: ['actAsGroups', 'actAsUsers', 'actAsAccounts'] },
  'rewrite-roles': { says: 'writes rights that it has not into Roles', by: ['escalateRoles', 'changeRoles'] },
  'rewrite-cluster-roles': { says: 'writes rights that it has not into ClusterRoles', by: ['escalateClusterRoles', 'changeClusterRoles'] },
  'create-held-bindings': { says: 'makes Roles and binds them to itself', by: ['createRoles', 'createRoleBindings'] },
  'bind-cluster-roles': { says: 'binds ClusterRoles to itself', by: ['bindClusterRoles', 'createRoleBindings'] },
  'bind-roles': { says: 'binds Roles to itself', by: ['bindRoles', 'createRoleBindings'] },
  'join-bindings': { says: 'adds itself to RoleBindings', by: ['bindClusterRoles', 'bindRoles', 'changeRoleBindings'] },
  'bind-everywhere': { says: 'binds ClusterRoles to itself for the whole cluster', by: ['bindClusterRoles', 'createClusterRoleBindings'] },
  'join-cluster-bindings': { says: 'adds itself to ClusterRoleBindings', by: ['bindClusterRoles', 'changeClusterRoleBindings'] },
  'create-secrets': { says: 'creates Secrets, which Kubernetes fills with tokens', by: ['createSecrets'] },
  'read-secrets': { says: 'reads Secrets', by: ['readSecrets'] },
  'read-tokens': { says: 'reads tokens of ServiceAccounts that never expire out of Secrets', by: ['readSecrets'] },
  'proxy-nodes': { says: 'gives the kubelets orders', by: ['proxyNodes'] },
  'write-webhooks': { says: 'rewrites objects on their way in', by: ['writeWebhooks'] },
  'write-api-services': { says: 'takes over API groups', by: ['writeApiServices'] },
  'change-namespaces': { says: 'switches pod security off', by: ['changeNamespaces'] },
  'create-volumes': { says: 'creates volumes that hold any path of a node', by: ['createVolumes'] },
  'create-aws-auth': { says: 'creates aws-auth', by: ['createConfigMaps'] },
  'change-aws-auth': { says: 'changes aws-auth', by: ['changeConfigMaps'] },
} as const satisfies Record<string, { readonly says: string; readonly by: readonly Capability[] }>;

export type DeedKind = keyof typeof DEEDS;

/** To which bindings somebody may add himself: by their names, and by the roles that they lead to. */
export interface Joining {
  readonly bindings: Names;
  readonly clusterRoles: Names;
  readonly roles: Names;
}

/** A deed without its place. */
export interface Deed {
  readonly kind: DeedKind;
  /** The one object that it is limited to; absent: any. */
  readonly name?: string;
  readonly joining?: Joining;
}

const KUBE_SYSTEM = 'kube-system';
interface Deeds {
  readonly all: readonly Deed[];
  /** Some count in one namespace and not in another. */
  readonly differ: boolean;
}

const remembered = { cluster: new WeakMap<Rights, Deeds>(), namespace: new WeakMap<Rights, Deeds>() };

/** What these rights are good for, cluster-wide (`undefined`) or in a namespace. */
export function deedsOf(rights: Rights, namespace: string | undefined): readonly Deed[] {
  const memo = remembered[namespace === undefined ? 'cluster' : 'namespace'];
  let deeds = memo.get(rights);
  if (!deeds) {
    const all = [...(namespace === undefined ? clusterDeeds(rights) : []), ...deedsAnywhere(rights)];
    memo.set(rights, (deeds = { all, differ: namespace !== undefined && all.some(({ kind }) => OF_ONE_PLACE.has(kind)) }));
  }
  return deeds.differ ? deeds.all.filter((deed) => countsIn(deed, namespace!)) : deeds.all;
}

const OF_ONE_PLACE: ReadonlySet<DeedKind> = new Set(['change-namespaces', 'create-aws-auth', 'change-aws-auth']);

/** A namespace is changed by its own name; aws-auth is in kube-system alone. */
function countsIn({ kind, name }: Deed, namespace: string): boolean {
  if (kind === 'change-namespaces') return name === undefined || name === namespace;
  return namespace === KUBE_SYSTEM || (kind !== 'create-aws-auth' && kind !== 'change-aws-auth');
}

function* clusterDeeds(rights: Rights): Iterable<Deed> {
  if ((rights.bits & EVERYTHING) !== 0n) yield { kind: 'admin' };
  yield* each('act-as-users', namesOf(rights, 'actAsUsers'));
  const another = !isNone(namesOf(rights, 'actAsUsers')) || !isNone(namesOf(rights, 'actAsAccounts')) || (rights.bits & SOME_ACCOUNT) !== 0n;
  if (another) yield* each('act-as-groups', namesOf(rights, 'actAsGroups'));
  yield* each('rewrite-cluster-roles', bothNames(namesOf(rights, 'escalateClusterRoles'), namesOf(rights, 'changeClusterRoles')));
  if (holds(rights, 'createClusterRoleBindings')) yield* each('bind-everywhere', namesOf(rights, 'bindClusterRoles'));
  const bindings = namesOf(rights, 'changeClusterRoleBindings');
  const clusterRoles = namesOf(rights, 'bindClusterRoles');
  if (!isNone(bindings) && !isNone(clusterRoles)) yield { kind: 'join-cluster-bindings', joining: { bindings, clusterRoles, roles: NO_NAME } };
  if (holds(rights, 'proxyNodes')) yield { kind: 'proxy-nodes' };
  yield* each('write-webhooks', namesOf(rights, 'writeWebhooks'));
  yield* each('write-api-services', namesOf(rights, 'writeApiServices'));
  if (holds(rights, 'createVolumes')) yield { kind: 'create-volumes' };
}

const CREATES_PODS = capabilityBits('createPods', 'createControllers');

function* deedsAnywhere(rights: Rights): Iterable<Deed> {
  if ((rights.bits & CREATES_PODS) !== 0n) yield { kind: 'create-pods' };
  yield* each('change-controllers', namesOf(rights, 'changeControllers'));
  yield* each('enter-pods', namesOf(rights, 'createExec'));
  yield* each('enter-pods', namesOf(rights, 'changePods'));
  yield* each('enter-pods-by-get', namesOf(rights, 'getExec'));
  yield* each('debug-pods', namesOf(rights, 'debugPods'));
  yield* each('create-tokens', namesOf(rights, 'createTokens'));
  yield* each('act-as-accounts', namesOf(rights, 'actAsAccounts'));
  yield* each('rewrite-roles', bothNames(namesOf(rights, 'escalateRoles'), namesOf(rights, 'changeRoles')));
  if (holds(rights, 'createRoles', 'createRoleBindings')) yield { kind: 'create-held-bindings' };
  const [clusterRoles, roles] = [namesOf(rights, 'bindClusterRoles'), namesOf(rights, 'bindRoles')];
  if (holds(rights, 'createRoleBindings')) {
    yield* each('bind-cluster-roles', clusterRoles);
    yield* each('bind-roles', roles);
  }
  const bindings = namesOf(rights, 'changeRoleBindings');
  if (!isNone(bindings) && !(isNone(clusterRoles) && isNone(roles))) yield { kind: 'join-bindings', joining: { bindings, clusterRoles, roles } };
  if (holds(rights, 'createSecrets')) yield { kind: 'create-secrets' };
  // Who creates a Secret chooses its name: one that may be read is enough.
  if (!isNone(namesOf(rights, 'readSecrets'))) yield { kind: 'read-secrets' };
  yield* each('read-tokens', tokenNames(namesOf(rights, 'readSecrets')));
  yield* each('change-namespaces', namesOf(rights, 'changeNamespaces'));
  if (holds(rights, 'createConfigMaps')) yield { kind: 'create-aws-auth' };
  if (fits(namesOf(rights, 'changeConfigMaps'), 'aws-auth')) yield { kind: 'change-aws-auth' };
}

/** Only a Secret that is called so can be the token of an account that names it. */
function tokenNames({ any, these }: Names): Names {
  return these.size === 0 ? { any, these } : { any, these: new Set([...these].filter(mayBeLegacyToken)) };
}

function* each(kind: DeedKind, names: Names): Iterable<Deed> {
  if (names.any) yield { kind };
  for (const name of names.these) yield { kind, name };
}
