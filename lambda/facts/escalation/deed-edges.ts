import type { SourceName } from '../../model/sources.ts';
import { canonicalSubject, subjectText } from '../rbac/subject.ts';
import type { Binding } from '../rbac/bindings.ts';
import type { Deed, DeedKind, Joining } from './deeds.ts';
import type { GraphBuilder } from './escalation-graph.ts';
import { lacksIam, makesTokens, runsAs } from './iam-edges.ts';
import { asksMetadata, becomesAccount, entersPods, takesNode } from './identity-edges.ts';
import { place } from './meaning.ts';
import { fits } from './rights.ts';
import type { Proposition } from './rule-system.ts';
import type { NodeOs, Running, Surroundings } from './surroundings.ts';

/** A deed where it is done; no namespace: in every one. */
interface Done {
  readonly graph: GraphBuilder;
  readonly deed: Deed;
  readonly namespace: string | undefined;
  readonly from: Proposition;
}

const OS: readonly NodeOs[] = ['linux', 'windows'];
const NOTHING = (): void => undefined;

/**
 * What follows from what one does. The rows are those of "RBAC good practices" and the published attacks on each; what an approved certificate would give
 * (`csr/approval`) is none of them, as EKS issues none for clients: https://docs.aws.amazon.com/eks/latest/userguide/cert-signing.html.
 */
const CONCLUDE: { readonly [K in DeedKind]: (done: Done) => void } = {
  admin,
  'create-pods'(done) {
    const { graph, namespace, from } = done;
    graph.follows(graph.say(place({ is: 'accounts' } as const, namespace)), from);
    graph.follows(graph.say({ is: 'runs-pods-somewhere' }), from);
    runsAs(graph, from, namespace);
    const { reachesMetadata } = graph.world.surroundings;
    if (namespace === undefined ? reachesMetadata.size > 0 : reachesMetadata.has(namespace)) for (const os of OS) asksMetadata(graph, from, os, 'by-hop');
    graph.lacks(from, 'namespaces', 'nodes');
    if (admitsAnyPod(done)) for (const os of OS) takesNode(graph, from, os);
    meetEach(done, ['change-namespaces'], () => nodesOf(graph));
  },
  // A template may name another account of the namespace.
  'change-controllers'({ graph, deed, namespace, from }) {
    graph.lacksMakers(from);
    for (const each of namespacesOf(graph, namespace, (pods) => pods.kind !== 'Pod' && (deed.name === undefined || pods.name === deed.name))) {
      graph.follows(graph.say({ is: 'deed', deed: { kind: 'create-pods' }, namespace: each }), from);
    }
  },
  'enter-pods': entersAny,
  // From 1.35 on, `create` is asked for it too. https://github.com/kubernetes/kubernetes/issues/78741
  'enter-pods-by-get'(done) {
    const { minor } = done.graph.world.surroundings;
    if (minor !== undefined && minor < 35) entersAny(done);
    if (minor === undefined) done.graph.lacks(done.from, 'kubernetesVersion');
  },
  'debug-pods'(done) {
    entersAny(done);
    const { graph, deed, namespace, from } = done;
    graph.lacks(from, 'namespaces', 'nodes');
    for (const each of namespacesOf(graph, namespace, (pods) => pods.onNodes && isNamed(pods, deed.name))) {
      if (graph.world.surroundings.admitsAnyPod.get(each) === true) for (const os of OS) takesNode(graph, from, os);
    }
  },
  'create-tokens'({ graph, deed: { name }, namespace, from }) {
    const { accounts } = graph.world.surroundings;
    graph.lacks(from, 'serviceAccounts');
    graph.lacksMakers(from);
    if (name === undefined) {
      makesTokens(graph, from, namespace);
      return graph.follows(graph.say(place({ is: 'accounts' } as const, namespace)), from);
    }
    for (const each of namespace === undefined ? accounts.keys() : [namespace]) {
      if (!accounts.get(each)?.has(name)) continue;
      becomesAccount(graph, from, each, name);
      makesTokens(graph, from, each, name);
    }
  },
  'act-as-accounts'({ graph, deed: { name }, namespace, from }) {
    if (name === undefined) graph.follows(graph.say(place({ is: 'named-accounts' } as const, namespace)), from);
    else for (const each of namespace === undefined ? graph.world.accountHolders.keys() : [namespace]) becomesAccount(graph, from, each, name);
  },
  'act-as-users'({ graph, deed: { name }, from }) {
    if (name === undefined) return graph.follows(graph.say({ is: 'any-user' }), from);
    const subject = canonicalSubject({ kind: 'User', name });
    // A name that is an account's is asked as that account.
    if (subject?.kind === 'User' && graph.world.holder(subjectText(subject))) graph.follows(graph.say({ is: 'identity', subject: subjectText(subject) }), from);
  },
  'act-as-groups'(done) {
    const { graph, deed: { name }, from } = done;
    if (name === undefined || name === 'system:masters') admin(done);
    if (name === undefined) graph.follows(graph.say({ is: 'any-group' }), from);
    else if (graph.world.holder(`Group ${name}`)) graph.follows(graph.say({ is: 'identity', subject: `Group ${name}` }), from);
  },
  'rewrite-roles'(done) {
    const { graph, deed: { name }, namespace, from } = done;
    if (name === undefined) meetEach(done, ['create-held-bindings'], (each) => [graph.say(place({ is: 'everything' } as const, each))]);
    for (const [each, names] of boundRoles(graph, namespace)) {
      if (name !== undefined && !names.has(`Role ${each}/${name}`)) continue;
      const bound = name === undefined ? graph.say({ is: 'bound-to-some-role', namespace: each }) : graph.say({ is: 'bound', role: `Role ${each}/${name}`, namespace: each });
      graph.follows(graph.say({ is: 'everything', namespace: each }), from, bound);
    }
  },
  // Who may do it to any ClusterRole may do it to the one by which he may.
  'rewrite-cluster-roles'(done) {
    const { graph, deed: { name }, from } = done;
    if (name === undefined) return admin(done);
    const role = `ClusterRole ${name}`;
    graph.follows(graph.say({ is: 'admin' }), from, graph.say({ is: 'bound', role }));
    for (const each of new Set((graph.world.bindingsTo.get(role) ?? []).map(({ namespace }) => namespace))) {
      if (each !== undefined) graph.follows(graph.say({ is: 'everything', namespace: each }), from, graph.say({ is: 'bound', role, namespace: each }));
    }
  },
  'create-held-bindings': (done) => meetEach(done, ['rewrite-roles'], (each) => [done.graph.say(place({ is: 'everything' } as const, each))]),
  'bind-cluster-roles'({ graph, deed: { name }, namespace, from }) {
    if (name === undefined || name === 'cluster-admin') graph.follows(graph.say(place({ is: 'everything' } as const, namespace)), from);
    else if (namespace === undefined) graph.follows(graph.say({ is: 'role-in-each', role: `ClusterRole ${name}` }), from);
    else graph.follows(graph.say({ is: 'role', role: `ClusterRole ${name}`, namespace }), from);
  },
  'bind-roles'({ graph, deed: { name }, namespace, from }) {
    for (const role of within(graph.world.rolesIn, namespace)) {
      if (name === undefined || role.text === `Role ${role.namespace}/${name}`) graph.follows(graph.say({ is: 'role', role: role.text, namespace: role.namespace! }), from);
    }
  },
  'join-bindings'({ graph, deed, namespace, from }) {
    for (const binding of within(graph.world.bindingsIn, namespace)) {
      if (binding.namespace === undefined || !mayJoin(deed.joining!, binding)) continue;
      graph.follows(graph.say({ is: 'role', role: binding.role!, namespace: binding.namespace }), from);
    }
  },
  'bind-everywhere'(done) {
    const { graph, deed: { name }, from } = done;
    if (name === undefined || name === 'cluster-admin') admin(done);
    else graph.follows(graph.say({ is: 'role', role: `ClusterRole ${name}` }), from);
  },
  'join-cluster-bindings'({ graph, deed, from }) {
    for (const binding of graph.world.bindingsIn.get(undefined) ?? []) {
      if (mayJoin(deed.joining!, binding)) graph.follows(graph.say({ is: 'role', role: binding.role! }), from);
    }
  },
  'create-secrets': (done) => meetEach(done, ['read-secrets'], (each) => [done.graph.say(place({ is: 'accounts' } as const, each))]),
  'read-secrets': (done) => meetEach(done, ['create-secrets'], (each) => [done.graph.say(place({ is: 'accounts' } as const, each))]),
  'read-tokens'({ graph, deed: { name }, namespace, from }) {
    const { legacyTokens } = graph.world.surroundings;
    graph.lacks(from, 'serviceAccounts');
    for (const each of namespace === undefined ? legacyTokens.keys() : [namespace]) {
      const tokens = legacyTokens.get(each);
      const account = name === undefined ? undefined : tokens?.get(name);
      for (const one of name === undefined ? new Set(tokens?.values()) : account === undefined ? [] : [account]) becomesAccount(graph, from, each, one);
    }
  },
  'proxy-nodes'({ graph, from }) {
    graph.lacks(from, 'nodes');
    for (const os of OS) takesNode(graph, from, os);
  },
  'write-webhooks': (done) => adminIfThere(done, done.graph.world.objects.webhooks, 'mutatingWebhookConfigurations'),
  'write-api-services': (done) => adminIfThere(done, done.graph.world.objects.apiServices, 'apiServices'),
  'change-namespaces': (done) => meetEach(done, ['create-pods'], () => nodesOf(done.graph)),
  // A pod may hold a claim of its own making, so that who runs pods anywhere needs no right on claims.
  'create-volumes'({ graph, from }) {
    graph.lacks(from, 'nodes');
    if (graph.world.surroundings.nodes.has('linux')) graph.follows(graph.say({ is: 'node', os: 'linux' }), from, graph.say({ is: 'runs-pods-somewhere' }));
  },
  'create-aws-auth': (done) => adminByAwsAuth(done, 'absent'),
  'change-aws-auth': (done) => adminByAwsAuth(done, 'present'),
};

export function concludeDeed(graph: GraphBuilder, deed: Deed, namespace: string | undefined, from: Proposition): void {
  (CONCLUDE[deed.kind] ?? NOTHING)({ graph, deed, namespace, from });
}

function admin({ graph, from }: Done): void {
  graph.follows(graph.say({ is: 'admin' }), from);
}

/** Two deeds by whomever, in one namespace or with one of them in every namespace. The one that is spoken of later finds the other. */
function meetEach({ graph, namespace, from }: Done, others: readonly DeedKind[], then: (namespace: string | undefined) => readonly Proposition[]): void {
  for (const other of others) {
    const spoken = graph.spokenOf(other);
    for (const where of namespace === undefined ? spoken.keys() : [namespace, undefined]) {
      const second = spoken.get(where);
      if (second === undefined) continue;
      for (const proposition of then(namespace ?? where)) graph.follows(proposition, from, second);
    }
  }
}

function nodesOf(graph: GraphBuilder): readonly Proposition[] {
  return [...graph.world.surroundings.nodes].map((os) => graph.say({ is: 'node', os }));
}

function admitsAnyPod({ graph, namespace }: Done): boolean {
  const { admitsAnyPod: open } = graph.world.surroundings;
  return namespace === undefined ? [...open.values()].includes(true) : open.get(namespace) === true;
}

function entersAny({ graph, deed, namespace, from }: Done): void {
  const { running } = graph.world.surroundings;
  graph.lacksMakers(from);
  lacksIam(graph, from);
  if (deed.name === undefined) return graph.follows(graph.say(place({ is: 'inside-pods' } as const, namespace)), from);
  for (const each of namespace === undefined ? running.keys() : [namespace]) {
    for (const pods of running.get(each) ?? []) if (isNamed(pods, deed.name)) entersPods(graph, from, pods);
  }
}

/** Whether a pod can have this name: only those of a StatefulSet, and those that nothing makes, keep theirs. */
function isNamed({ kind, name }: Running, asked: string | undefined): boolean {
  if (asked === undefined) return true;
  if (kind === 'StatefulSet') return asked.startsWith(`${name}-`) && /^[0-9]+$/.test(asked.slice(name.length + 1));
  return kind === 'Pod' && asked === name;
}

function namespacesOf({ world }: GraphBuilder, namespace: string | undefined, wanted: (pods: Running) => boolean): readonly string[] {
  const { running } = world.surroundings;
  return (namespace === undefined ? [...running.keys()] : [namespace]).filter((each) => running.get(each)?.some(wanted));
}

/** Roles that somebody is bound to, by namespace. */
function boundRoles({ world }: GraphBuilder, namespace: string | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { namespace: at, role, roleSource } of within(world.bindingsIn, namespace)) {
    if (at === undefined || role === undefined || roleSource !== 'roles') continue;
    const names = found.get(at);
    if (names) names.add(role);
    else found.set(at, new Set([role]));
  }
  return found;
}

/** Of one namespace, or of all. */
function within<V>(byNamespace: ReadonlyMap<string | undefined, readonly V[]>, namespace: string | undefined): readonly V[] {
  return namespace === undefined ? [...byNamespace.values()].flat() : (byNamespace.get(namespace) ?? []);
}

function mayJoin({ bindings, clusterRoles, roles }: Joining, { resource, role, roleSource, namespace }: Binding): boolean {
  if (role === undefined || !fits(bindings, resource.name)) return false;
  return roleSource === 'roles' ? fits(roles, role.slice(`Role ${namespace}/`.length)) : fits(clusterRoles, role.slice('ClusterRole '.length));
}

/** What is written by name must be there. */
function adminIfThere(done: Done, objects: ReadonlySet<string>, source: SourceName): void {
  const { name } = done.deed;
  if (name === undefined || objects.has(name)) admin(done);
  else done.graph.lacks(done.from, source);
}

function adminByAwsAuth(done: Done, state: Surroundings['awsAuth']): void {
  const { awsAuth } = done.graph.world.surroundings;
  if (awsAuth === state) admin(done);
  else if (awsAuth === 'unknown') done.graph.lacks(done.from, 'eksCluster', 'awsAuth');
}
