import type { KubernetesSource } from '../../../model/kinds.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import { DOCUMENTED, type Conventions } from '../reachability/endpoint.ts';

/** How an engine reads policies, and which kinds it reads at all. */
export interface EngineReading {
  readonly conventions: Conventions;
  readonly reads: ReadonlySet<KubernetesSource>;
}

const OF_AWS: readonly KubernetesSource[] = ['applicationNetworkPolicies', 'eksClusterNetworkPolicies'];
const UPSTREAM_TIERS: readonly KubernetesSource[] = ['adminNetworkPolicies', 'baselineAdminNetworkPolicies', 'clusterNetworkPolicies'];

const NETWORK_POLICIES: ReadonlySet<KubernetesSource> = new Set<KubernetesSource>(['networkPolicies']);
/** Kinds that engines are sure to read besides NetworkPolicies, and of which they read no others. */
const READS: ReadonlyMap<string, ReadonlySet<KubernetesSource>> = new Map([
  ['VPC CNI', new Set([...NETWORK_POLICIES, ...OF_AWS])],
  ['kube-network-policies', new Set([...NETWORK_POLICIES, ...UPSTREAM_TIERS])],
]);

/**
 * The VPC CNI: an ipBlock is matched by address alone, labels of pods of the host network mean the addresses of their nodes
 * (https://github.com/aws/amazon-network-policy-controller-k8s/blob/main/pkg/resolvers/endpoints.go), names of ports in egress rules mean ports of pods that are named by labels, a Baseline rule is not asked
 * about a pod that some NetworkPolicy selects (inferred from the sources of aws/amazon-network-policy-controller-k8s and aws/aws-network-policy-agent), and strict mode closes
 * a pod that none selects (https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html). Cilium: pods and nodes are identities, and no ipBlock matches one
 * (https://docs.cilium.io/en/stable/security/policy/language/#cidr-based), a node where it is told so (https://docs.cilium.io/en/stable/network/kubernetes/policy/); told to enforce always, it closes what nothing opens
 * (https://docs.cilium.io/en/stable/security/network/policyenforcement/).
 */
export function engineReading({ engine, mode, defaultDeny, nodesInBlocks }: Pick<NodeClassEnforcement, 'engine' | 'mode' | 'defaultDeny' | 'nodesInBlocks'>): EngineReading {
  const reads = (engine === undefined ? undefined : READS.get(engine)) ?? NETWORK_POLICIES;
  if (engine === 'VPC CNI') {
    return { conventions: { ipBlockOnPods: true, hostNetworkPeers: true, baselineInOtherDirection: false, egressNamesOfAddresses: false, ...(mode === 'strict' ? { denyUnselected: true } : {}) }, reads };
  }
  if (engine === 'Cilium') {
    return { conventions: { ...DOCUMENTED, ipBlockOnPods: false, ...(nodesInBlocks ? {} : { ipBlockOnNodes: false }), ...(defaultDeny === 'every-direction' ? { denyUnisolated: true } : {}) }, reads };
  }
  return { conventions: engine === 'kube-network-policies' ? { ...DOCUMENTED, baselineInOtherDirection: false } : DOCUMENTED, reads };
}

/** Whether an engine reads policies of a kind. `unknown`: of upstream's tiers that depends on the version and the settings of the others. */
export function readsKind(engine: string, source: KubernetesSource): 'yes' | 'no' | 'unknown' {
  const known = READS.get(engine);
  if ((known ?? NETWORK_POLICIES).has(source)) return 'yes';
  return known || OF_AWS.includes(source) ? 'no' : 'unknown';
}
