import type { V1PodSpec } from '@kubernetes/client-node';
import { wantsWindows } from '../node-classes.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import type { TierPolicy } from '../tier-policies.ts';

/** The one way in which the nodes of an end enforce policies: undefined where they do not, unknown where they differ or cannot be told. */
export type EndEngine = NodeClassEnforcement | undefined | 'unknown';

/** Classes of nodes that pods of this spec may run on; undefined: not known which there are. */
export function nodeClassesFor(spec: V1PodSpec, engines: readonly NodeClassEnforcement[] | undefined): readonly NodeClassEnforcement[] | undefined {
  return engines?.filter(({ name }) => (name === 'ec2/windows') === wantsWindows(spec));
}

/** The cluster has nodes, and none that it could run on: a DaemonSet for Windows, as add-ons bring one, where there is no Windows. */
export function hasNoNodes(spec: V1PodSpec, engines: readonly NodeClassEnforcement[] | undefined): boolean {
  return engines !== undefined && engines.length > 0 && nodeClassesFor(spec, engines)!.length === 0;
}

/** `tiers`: those of the cluster. Whether engines other than the VPC CNI and kube-network-policies read upstream's depends on their version and settings. */
export function engineOnNodes(classes: readonly NodeClassEnforcement[] | undefined, tiers: readonly Pick<TierPolicy, 'source'>[]): EndEngine {
  if (!classes || classes.length === 0 || classes.some(({ state }) => state === 'unknown')) return 'unknown';
  const ways = new Set(classes.map(wayOf));
  if (ways.size > 1) return 'unknown';
  const [one] = classes;
  if (!one || one.state !== 'on') return undefined;
  const other = one.engine !== 'VPC CNI' && one.engine !== 'kube-network-policies';
  return other && tiers.some(({ source }) => source !== 'eksClusterNetworkPolicies') ? 'unknown' : one;
}

/** The same for engines that do the same. */
function wayOf({ state, engine, mode }: NodeClassEnforcement): string {
  return state === 'on' ? `${engine} ${mode}` : 'none';
}
