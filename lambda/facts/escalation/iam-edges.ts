import type { SourceName } from '../../model/sources.ts';
import type { GraphBuilder } from './escalation-graph.ts';
import type { Meaning } from './meaning.ts';
import type { Proposition } from './rule-system.ts';

type IamMeaning = Extract<Meaning, { is: 'account' | 'inside' | 'runs-as' | 'token-of' | 'token-somewhere' | 'iam' | 'iam-unread' }>;
type Conclude<Is extends IamMeaning['is']> = (graph: GraphBuilder, meaning: Extract<IamMeaning, { is: Is }>, from: Proposition) => void;

/**
 * From accounts of the cluster to roles of IAM, and from these back. Whoever impersonates an account has no token of it, and so none of its roles.
 * https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 */
export const CONCLUDE_IAM: { readonly [Is in IamMeaning['is']]: Conclude<Is> } = {
  account(graph, { namespace, name }, from) {
    graph.follows(graph.say({ is: 'identity', subject: `ServiceAccount ${namespace}/${name}` }), from);
    graph.follows(graph.say({ is: 'inside', namespace, name }), from);
  },
  inside(graph, { namespace, name }, from) {
    const roles = graph.world.rolesOf(namespace, name);
    for (const role of roles?.inside ?? []) graph.takesRole(role, from);
    if (roles?.unclear) unclear(graph, from, 'iamRoles');
  },
  'runs-as'(graph, { namespace, name }, from) {
    if (namespace !== undefined && name !== undefined) {
      graph.follows(graph.say({ is: 'inside', namespace, name }), from);
      return graph.follows(graph.say({ is: 'token-of', namespace, name }), from);
    }
    if (namespace === undefined) for (const each of graph.world.accountsWithRoles.keys()) graph.follows(graph.say({ is: 'runs-as', namespace: each }), from);
    else for (const each of graph.world.accountsWithRoles.get(namespace) ?? []) graph.follows(graph.say({ is: 'runs-as', namespace, name: each }), from);
    graph.follows(graph.say(namespace === undefined ? { is: 'token-of' } : { is: 'token-of', namespace }), from);
  },
  'token-of'(graph, { namespace, name }, from) {
    graph.follows(graph.say({ is: 'token-somewhere' }), from);
    if (namespace !== undefined && name !== undefined) for (const role of graph.world.rolesOf(namespace, name)?.byToken ?? []) graph.takesRole(role, from);
    else if (namespace !== undefined) {
      for (const role of graph.world.openRoles(namespace)) graph.takesRole(role, from);
      for (const each of graph.world.accountsWithRoles.get(namespace) ?? []) graph.follows(graph.say({ is: 'token-of', namespace, name: each }), from);
    } else for (const each of graph.world.accountsWithRoles.keys()) graph.follows(graph.say({ is: 'token-of', namespace: each }), from);
  },
  'token-somewhere': (graph, _, from) => graph.world.openRoles(undefined).forEach((role) => graph.takesRole(role, from)),
  iam(graph, { role }, from) {
    for (const { text } of graph.world.signsInBy(role)) graph.follows(graph.say({ is: 'identity', subject: text }), from);
    const { account, cluster } = graph.world.iam.roles.powers.get(role) ?? { account: 'unknown', cluster: 'unknown' };
    if (account === true) graph.follows(graph.say({ is: 'iam-role' }), from);
    if (cluster === true) graph.follows(graph.say({ is: 'admin' }), from);
    if (account === 'unknown' || cluster === 'unknown') unclear(graph, from, 'iamPolicies');
  },
  'iam-unread': (graph, _, from) => graph.world.iam.unread.forEach((source) => unclear(graph, from, source)),
};

/** Pods of one's own making, as one account of a namespace or as any. */
export function runsAs(graph: GraphBuilder, from: Proposition, namespace: string | undefined): void {
  lacksIam(graph, from);
  if (graph.world.leadsToRoles) graph.follows(graph.say(namespace === undefined ? { is: 'runs-as' } : { is: 'runs-as', namespace }), from);
}

/** Tokens for whomever one asks them to be. The account must be there. */
export function makesTokens(graph: GraphBuilder, from: Proposition, namespace: string | undefined, name?: string): void {
  lacksIam(graph, from);
  if (!graph.world.leadsToRoles) return;
  if (namespace === undefined) graph.follows(graph.say({ is: 'token-of' }), from);
  else graph.follows(graph.say(name === undefined ? { is: 'token-of', namespace } : { is: 'token-of', namespace, name }), from);
}

/** Into pods as they are. */
export function comesInside(graph: GraphBuilder, from: Proposition, namespace: string, name: string): void {
  if (graph.world.rolesOf(namespace, name)) graph.follows(graph.say({ is: 'inside', namespace, name }), from);
}

export function lacksIam(graph: GraphBuilder, from: Proposition): void {
  if (graph.world.iam.unread.size > 0) graph.follows(graph.say({ is: 'iam-unread' }), from);
}

/** It hides no way that was found: what AWS's side adds is told beside it. */
function unclear(graph: GraphBuilder, from: Proposition, source: SourceName): void {
  graph.follows(graph.say({ is: 'unread-iam', source }), from);
}
