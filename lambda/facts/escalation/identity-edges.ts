import { subjectText } from '../rbac/subject.ts';
import { MASTERS, rightsByScope } from './escalation-world.ts';
import { borrows, concludeBorrows, concludeLends } from './borrowing-edges.ts';
import { CONCLUDE_IAM, comesInside, lacksIam, makesTokens } from './iam-edges.ts';
import { MAKERS, type GraphBuilder } from './escalation-graph.ts';
import type { Holder } from './holder.ts';
import { ownRoleOf } from './party.ts';
import { place, type Meaning } from './meaning.ts';
import { ALL_IN_NAMESPACES, rightsInEach, rightsInNamespace } from './rights.ts';
import type { Proposition } from './rule-system.ts';
import type { NodeOs, Running } from './surroundings.ts';

type Conclude<Is extends Meaning['is']> = (graph: GraphBuilder, meaning: Extract<Meaning, { is: Is }>, from: Proposition) => void;

/** What follows from whom one is and what one has taken. */
const CONCLUDE: { readonly [Is in Exclude<Meaning['is'], 'deed'>]: Conclude<Is> } = {
  identity(graph, { subject }, from) {
    graph.lacks(from, 'clusterRoleBindings', 'clusterRoles', 'roleBindings', 'roles');
    const holder = graph.world.holder(subject);
    if (!holder) return;
    const groups = graph.world.groupsOf(holder);
    for (const [namespace, rights] of rightsByScope(holder, groups, (grant) => grant.rights)) graph.grant(from, rights, namespace);
    for (const group of groups) becomes(graph, from, group);
    if (graph.world.rolesMayBeRewritten) bound(graph, from, holder);
    borrows(graph, from, holder);
    for (const text of holder.mapped?.perhaps ?? []) {
      const other = graph.world.holder(text);
      if (other) becomes(graph, from, other);
    }
    entersByIam(graph, from, holder);
    if (subject === MASTERS || holder.mapped?.as.includes(MASTERS)) graph.follows(graph.say({ is: 'admin' }), from);
  },
  'default-part'(graph, { subject }, from) {
    for (const [namespace, rights] of rightsByScope(graph.world.holder(subject)!, [], (grant) => grant.byDefault)) graph.grant(from, rights, namespace);
  },
  role(graph, { role, namespace }, from) {
    graph.lacks(from, 'clusterRoles', 'roles');
    const rights = graph.world.holders.rightsOf(role);
    graph.grant(from, namespace === undefined ? rights : rightsInNamespace(rights), namespace);
  },
  'role-in-each'(graph, { role }, from) {
    graph.lacks(from, 'clusterRoles', 'roles');
    graph.grant(from, rightsInEach(graph.world.holders.rightsOf(role)), undefined);
  },
  everything(graph, { namespace }, from) {
    graph.grant(from, ALL_IN_NAMESPACES, namespace);
    controls(graph, namespace, from);
  },
  accounts(graph, { namespace }, from) {
    const { accounts } = graph.world.surroundings;
    graph.lacks(from, 'serviceAccounts');
    graph.lacksMakers(from);
    controls(graph, namespace, from);
    if (namespace === undefined) for (const each of accounts.keys()) graph.follows(graph.say({ is: 'accounts', namespace: each }), from);
    else for (const name of accounts.get(namespace) ?? []) becomesAccount(graph, from, namespace, name);
  },
  'named-accounts'(graph, { namespace }, from) {
    const { accountHolders } = graph.world;
    controls(graph, namespace, from);
    if (namespace === undefined) for (const each of accountHolders.keys()) graph.follows(graph.say({ is: 'named-accounts', namespace: each }), from);
    // One that no binding names is in the groups of the namespace all the same.
    else for (const name of ['', ...(accountHolders.get(namespace) ?? []).map(({ subject }) => subject.name)]) becomesAccount(graph, from, namespace, name);
  },
  'inside-pods'(graph, { namespace }, from) {
    const { running } = graph.world.surroundings;
    graph.lacks(from, 'serviceAccounts');
    graph.lacksMakers(from);
    if (namespace === undefined) for (const each of running.keys()) graph.follows(graph.say({ is: 'inside-pods', namespace: each }), from);
    else for (const pods of running.get(namespace) ?? []) entersPods(graph, from, pods);
  },
  'any-user': (graph, _, from) => graph.world.users.forEach((holder) => becomes(graph, from, holder)),
  'any-group': (graph, _, from) => graph.world.groups.forEach((holder) => becomes(graph, from, holder)),
  node(graph, { os }, from) {
    asNode(graph, os, from, (pods) => comesInside(graph, from, pods.namespace, pods.account));
  },
  'node-credentials'(graph, { os }, from) {
    // The API server makes them tokens for the audiences that the pods ask for themselves.
    asNode(graph, os, from, (pods) => makesTokens(graph, from, pods.namespace, pods.account));
  },
  borrows: concludeBorrows,
  lends: concludeLends,
  ...CONCLUDE_IAM,
  'iam-role': () => undefined,
  'unread-iam': () => undefined,
  'unread-makers': (graph, _, from) => graph.lacks(from, ...MAKERS),
  unread: (graph, _, from) => graph.follows(graph.say({ is: 'beyond-sight' }), from),
  'beyond-sight': () => undefined,
  bound: () => undefined,
  'bound-to-some-role': () => undefined,
  'runs-pods-somewhere': () => undefined,
  admin: () => undefined,
  control: () => undefined,
};

export function concludeMeaning(graph: GraphBuilder, meaning: Exclude<Meaning, { is: 'deed' }>, from: Proposition): void {
  (CONCLUDE[meaning.is] as Conclude<typeof meaning.is>)(graph, meaning as never, from);
}

/** Whoever signs in as nodes: what each of their pods has is `also`. */
function asNode(graph: GraphBuilder, os: NodeOs, from: Proposition, also: (pods: Running) => void): void {
  graph.lacksMakers(from);
  if (graph.world.surroundings.fargateUnclear) graph.lacks(from, 'eksFargateProfiles');
  for (const pods of [...graph.world.surroundings.running.values()].flat()) {
    // The kubelet may ask for a token of whatever account its pods have, mounted or not.
    if (pods.os !== os || !pods.onNodes) continue;
    becomesAccount(graph, from, pods.namespace, pods.account);
    also(pods);
  }
  // From a node one asks the metadata service for the role of the node.
  lacksIam(graph, from);
  for (const role of graph.world.rolesOfNodes(os)) graph.takesRole(role, from);
  if (graph.world.areNodesUnclear(os)) graph.follows(graph.say({ is: 'unread-iam', source: 'iamPolicies' }), from);
  const nodes = graph.world.holder('Group system:nodes');
  if (nodes) becomes(graph, from, nodes);
}

function becomes(graph: GraphBuilder, from: Proposition, { text }: Holder): void {
  graph.follows(graph.say({ is: 'identity', subject: text }), from);
}

/** One whom no binding names has the rights of his groups alone. */
export function becomesAccount(graph: GraphBuilder, from: Proposition, namespace: string, name: string): void {
  const subject = { kind: 'ServiceAccount', namespace, name } as const;
  const holder = graph.world.holder(subjectText(subject));
  for (const each of holder ? [holder] : graph.world.groupsOf({ subject })) becomes(graph, from, each);
}

/** Into pods: their token, and where they are not kept apart from it, their node. */
export function entersPods(graph: GraphBuilder, from: Proposition, pods: Running): void {
  if (pods.tokenInside) becomesAccount(graph, from, pods.namespace, pods.account);
  comesInside(graph, from, pods.namespace, pods.account);
  if (pods.opensNode && pods.onNodes) takesNode(graph, from, pods.os);
  if (pods.onNodes) asksMetadata(graph, from, pods.os, pods.metadata);
}

/** From inside a pod. Nothing is said where nothing is known: that is a way that may be. */
export function asksMetadata(graph: GraphBuilder, from: Proposition, os: NodeOs, metadata: Running['metadata']): void {
  const { nodes, metadataDoors } = graph.world.surroundings;
  const door = metadataDoors.get(os);
  if (!nodes.has(os) || door === undefined || door === 'off' || metadata === 'kept-off') return;
  if (metadata === 'host') return graph.asksForCredentials(os, from);
  if (door === 'closed') return;
  if (metadata === 'unclear') return graph.follows(graph.say({ is: 'unread-iam', source: 'networkPolicies' }), from);
  if (door === 'open') graph.asksForCredentials(os, from);
  else graph.follows(graph.say({ is: 'unread-iam', source: door.unclear }), from);
}

/** Where there are such nodes. */
export function takesNode(graph: GraphBuilder, from: Proposition, os: NodeOs): void {
  if (graph.world.surroundings.nodes.has(os)) graph.follows(graph.say({ is: 'node', os }), from);
}

/** Somebody of IAM whose role may make entries of the cluster needs no right in it. What else his role may on AWS was given to him there. */
function entersByIam(graph: GraphBuilder, from: Proposition, holder: Holder): void {
  const role = ownRoleOf(holder);
  if (role !== undefined && graph.world.iam.roles.powers.get(role)?.cluster === true) graph.takesRole(role, from);
}

function controls(graph: GraphBuilder, namespace: string | undefined, from: Proposition): void {
  for (const each of graph.world.systemNamespaces) {
    if (namespace === undefined || namespace === each) graph.follows(graph.say({ is: 'control', namespace: each }), from);
  }
}

function bound(graph: GraphBuilder, from: Proposition, { cluster, namespaces }: Holder): void {
  for (const { binding, role } of cluster) if (!('policy' in binding)) graph.follows(graph.say({ is: 'bound', role: role.text }), from);
  for (const [namespace, grants] of namespaces) {
    for (const { binding, role } of grants) {
      // Nobody rewrites an access policy.
      if ('policy' in binding) continue;
      graph.follows(graph.say(place({ is: 'bound', role: role.text } as const, namespace)), from);
      if (role.namespace !== undefined) graph.follows(graph.say({ is: 'bound-to-some-role', namespace }), from);
    }
  }
}
