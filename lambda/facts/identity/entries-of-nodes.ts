import type { EksCluster, EksFargateProfile, EksNodegroup } from '../../model/eks.ts';
import type { Unread } from '../../model/derived.ts';
import type { CustomObject, NodeClassSpec } from '../../model/policy-kinds.ts';
import type { SourceName } from '../../model/sources.ts';
import { listOf, objectsOf, textOf } from '../as-read.ts';
import { unsaid } from '../unsaid.ts';
import type { ClusterIdentities, MappedPrincipal } from './cluster-identity.ts';
import { isIdOfDeleted } from './gone-principal.ts';
import { nodeRoles } from './node-roles.ts';
import type { OwnNodes } from './own-nodes.ts';
import { principalOf, principalText } from './principal-arn.ts';

/** Of each source what `unusedEntries` reads. */
export const ENTRIES_OF_NODES_FIELDS = {
  eksCluster: ['arn', 'computeConfig.nodeRoleArn', 'remoteNetworkConfig.remoteNodeNetworks'],
  eksNodegroups: ['nodeRole'],
  eksFargateProfiles: ['podExecutionRoleArn'],
  nodeClasses: ['spec.role', 'spec.instanceProfile'],
} as const;

export interface NodesRead {
  readonly clusterIdentities: ClusterIdentities;
  readonly eksCluster: EksCluster;
  readonly eksNodegroups: readonly EksNodegroup[];
  readonly eksFargateProfiles: readonly EksFargateProfile[];
  readonly nodeClasses: readonly CustomObject<NodeClassSpec>[];
  readonly ownNodes: OwnNodes;
}

/** An access entry of nodes whose role none of them is known to have. */
export interface UnusedEntry {
  readonly arn: string;
  readonly type: string;
  /** `none`: nothing of the kind could have it. `none-there`: no node that is there has, and none that is not can be seen. Else why that is not known. */
  readonly used: 'none' | 'none-there' | Unread;
}

/** What an entry of each type is for. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html */
const TYPES: ReadonlySet<string> = new Set(['EC2', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX']);

/** By what was read for one judgement: what is not judged of it asks for the same as what is found. */
const known = new WeakMap<NodesRead, readonly UnusedEntry[]>();

/** By all that says what role nodes have: node groups, Fargate profiles, Auto Mode and its NodeClasses. Of other nodes on EC2, and of hybrid ones, nothing says it. */
export function unusedEntries(read: NodesRead): readonly UnusedEntry[] {
  let found = known.get(read);
  if (!found) known.set(read, (found = findUnusedEntries(read)));
  return found;
}

function findUnusedEntries(read: NodesRead): readonly UnusedEntry[] {
  const used = new Set([...nodeRoles(read.eksCluster, read.eksNodegroups, read.eksFargateProfiles), ...rolesOfNodeClasses(read)]);
  const found: UnusedEntry[] = [];
  for (const { arn, via, entryType = '' } of read.clusterIdentities.principals) {
    if (via !== 'access-entry' || !TYPES.has(entryType) || isIdOfDeleted(arn)) continue;
    if (used.has(principalOf(arn)?.compared ?? '')) continue;
    const verdict = usedBy(entryType, arn, read);
    if (verdict !== 'some') found.push({ arn, type: entryType, used: verdict });
  }
  return found;
}

function rolesOfNodeClasses({ eksCluster, nodeClasses }: NodesRead): readonly string[] {
  const [, partition = '', , , account = ''] = (textOf(eksCluster.arn) ?? '').split(':');
  return objectsOf(nodeClasses).flatMap(({ spec }) => {
    const role = textOf(spec?.role);
    if (role === undefined) return [];
    return principalOf(role.startsWith('arn:') ? role : `arn:${partition}:iam::${account}:role/${role}`)?.compared ?? [];
  });
}

function usedBy(type: string, arn: string, read: NodesRead): UnusedEntry['used'] | 'some' {
  const unknown = (source: SourceName, why: string): Unread => unsaid(source, `whether nodes have ${principalText(arn)}, whose access entry is for nodes, is not known: ${why}`);
  if (type === 'FARGATE_LINUX') return 'none';
  if (type === 'EC2') return objectsOf(read.nodeClasses).some(({ spec }) => textOf(spec?.instanceProfile) !== undefined) ? unknown('nodeClasses', 'a NodeClass names an instance profile, which is not read') : 'none';
  if (type === 'HYBRID_LINUX') return usedByHybrid(read, unknown);
  const { there, makers } = read.ownNodes;
  const os = type === 'EC2_WINDOWS' ? 'windows' : 'linux';
  if (there.has(os)) return unknown('nodes', 'nodes are there that no node group made, and nothing says what role they have');
  return makers.length > 0 ? unknown('deployments', `${makers.join(' and ')} may make nodes that are not there now`) : 'none-there';
}

/** Hybrid nodes sign in by an entry of their own type: by the one that there is, if the cluster looks at entries alone. */
function usedByHybrid({ clusterIdentities, eksCluster, ownNodes }: NodesRead, unknown: (source: SourceName, why: string) => Unread): UnusedEntry['used'] | 'some' {
  if (listOf(eksCluster.remoteNetworkConfig?.remoteNodeNetworks).length === 0) return 'none';
  const alike = clusterIdentities.principals.filter(({ entryType }: MappedPrincipal) => entryType === 'HYBRID_LINUX');
  if (ownNodes.hybrid && clusterIdentities.mode === 'API' && alike.length === 1) return 'some';
  return unknown('eksCluster', 'nothing says what role hybrid nodes have');
}
