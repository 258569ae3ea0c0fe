import { createFactResolver, type FactResolver } from '../../lambda/facts/derive.ts';
import type { EscalationWorld } from '../../lambda/facts/escalation/escalation-world.ts';
import { createAuthorizerChain, type AuthorizerChain } from '../../lambda/facts/authorization/authorizer-chain.ts';
import { policyHolders, type PolicyHolders } from '../../lambda/facts/authorization/policy-holders.ts';
import { kubernetesMinor } from '../../lambda/facts/rbac/kubernetes-minor.ts';
import type { Authorizer } from '../../lambda/facts/rbac/authorizer/authorizer.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import type { Unread } from '../../lambda/model/derived.ts';
import type { SourceName } from '../../lambda/model/sources.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { lookAtAll, type LookedAtAll } from '../audit/look-at-all.ts';
import type { SourceOptions } from '../audit/targets.ts';
import type { Console } from '../console.ts';

/** One cluster whose rights can be asked about. */
export interface RightsOfCluster {
  readonly cluster: ClusterIdentity;
  readonly authorizer: Authorizer;
  /** All that the API server asks. */
  readonly chain: AuthorizerChain;
  readonly holders: PolicyHolders;
  /** Of the API server's version; undefined: not read. */
  readonly minor: number | undefined;
  /** For who asks for ways: worked out when asked. */
  escalationWorld(): EscalationWorld;
  /** Why these could not be read. */
  unread(sources: readonly (SourceName | Unread)[]): readonly Unread[];
}

export interface LookedForRights extends Pick<LookedAtAll, 'missed'> {
  readonly clusters: readonly RightsOfCluster[];
}

/** The rights of every target. */
export async function lookForRights(options: SourceOptions & { readonly quiet?: boolean }, io: Console): Promise<LookedForRights> {
  const { snapshots, missed } = await lookAtAll(options, io);
  return { clusters: snapshots.map(rightsOf), missed };
}

function rightsOf(snapshot: Snapshot): RightsOfCluster {
  const facts = createFactResolver(snapshot);
  const authorizer = facts.fact('rbacAuthorizer');
  if (!authorizer.ok) throw new Error('the authorizer needs nothing that could be refused');
  const holders = policyHolders(facts.fact('clusterIdentities'), isOnEks(snapshot, facts));
  const version = snapshot.sources.kubernetesVersion;
  const minor = version.ok ? kubernetesMinor(version.value) : undefined;
  return {
    cluster: snapshot.cluster,
    authorizer: authorizer.value,
    chain: createAuthorizerChain({ rbac: authorizer.value, holders, minor }),
    holders,
    minor,
    escalationWorld: () => worldOf(facts),
    unread: (sources) => sources.map((source) => (typeof source === 'string' ? { source, reason: reasonOf(snapshot, source) } : source)),
  };
}

/** Whether anything says so: EKS itself, the kubeconfig, or its own binding in the cluster. */
function isOnEks({ cluster, sources }: Snapshot, facts: FactResolver): boolean {
  const grants = facts.fact('rbacGrants');
  return sources.eksCluster.ok || cluster.arn !== undefined || (grants.ok && grants.value.onEks);
}

function worldOf(facts: FactResolver): EscalationWorld {
  const world = facts.fact('escalationWorld');
  if (!world.ok) throw new Error('the world of escalation needs nothing that could be refused');
  return world.value;
}

function reasonOf({ sources, namespaces }: Snapshot, source: SourceName): Unread['reason'] {
  const value = sources[source];
  if (!value.ok) return value.reason;
  if (namespaces === 'all') return { code: 'not-understood', message: 'what was read leaves open what it allows, or whom: a role of another account, a condition that nobody knows beforehand, a policy that was not read' };
  return { code: 'not-configured', message: `only ${namespaces.join(', ')} was looked at` };
}
