import type { KubernetesSource } from '../../../model/kinds.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import { DOCUMENTED, type Conventions } from '../reachability/endpoint.ts';

/** How an engine reads policies, and which kinds it reads at all. */
export interface EngineReading {
  readonly conventions: Conventions;
  readonly reads: ReadonlySet<KubernetesSource>;
}

const NETWORK_POLICIES: readonly KubernetesSource[] = ['networkPolicies'];
const UPSTREAM_TIERS: readonly KubernetesSource[] = ['adminNetworkPolicies', 'baselineAdminNetworkPolicies', 'clusterNetworkPolicies'];

/**
 * The VPC CNI: an ipBlock is matched by address alone, labels of pods of the host network mean the addresses of their nodes
 * (https://github.com/aws/amazon-network-policy-controller-k8s/blob/main/pkg/resolvers/endpoints.go), names of ports in egress rules mean ports of pods that are named by labels, a Baseline rule is not asked
 * about a pod that some NetworkPolicy selects (inferred from the sources of aws/amazon-network-policy-controller-k8s and aws/aws-network-policy-agent), and strict mode closes
 * a pod that none selects (https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html). Cilium: pods and nodes are identities, and no ipBlock matches one
 * (https://docs.cilium.io/en/stable/security/policy/language/#cidr-based), a node where it is told so (https://docs.cilium.io/en/stable/network/kubernetes/policy/); told to enforce always, it closes what nothing opens
 * (https://docs.cilium.io/en/stable/security/network/policyenforcement/).
 */
export function engineReading({ engine, mode, defaultDeny, nodesInBlocks }: Pick<NodeClassEnforcement, 'engine' | 'mode' | 'defaultDeny' | 'nodesInBlocks'>): EngineReading {
  if (engine === 'VPC CNI') {
    return {
      conventions: { ipBlockOnPods: true, hostNetworkPeers: true, baselineInOtherDirection: false, egressNamesOfAddresses: false, ...(mode === 'strict' ? { denyUnselected: true } : {}) },
      reads: new Set([...NETWORK_POLICIES, 'applicationNetworkPolicies', 'eksClusterNetworkPolicies']),
    };
  }
  if (engine === 'Cilium') {
    return { conventions: { ...DOCUMENTED, ipBlockOnPods: false, ...(nodesInBlocks ? {} : { ipBlockOnNodes: false }), ...(defaultDeny === 'every-direction' ? { denyUnisolated: true } : {}) }, reads: new Set(NETWORK_POLICIES) };
  }
  if (engine === 'kube-network-policies') return { conventions: { ...DOCUMENTED, baselineInOtherDirection: false }, reads: new Set([...NETWORK_POLICIES, ...UPSTREAM_TIERS]) };
  return { conventions: DOCUMENTED, reads: new Set(NETWORK_POLICIES) };
}

const OF_AWS: ReadonlySet<KubernetesSource> = new Set<KubernetesSource>(['applicationNetworkPolicies', 'eksClusterNetworkPolicies']);

/** Whether an engine reads policies of a kind. `unknown`: of upstream's tiers that depends on the version and the settings of the others. */
export function readsKind(engine: string, source: KubernetesSource): 'yes' | 'no' | 'unknown' {
  if (engineReading({ engine }).reads.has(source)) return 'yes';
  return engine === 'VPC CNI' || engine === 'kube-network-policies' || OF_AWS.has(source) ? 'no' : 'unknown';
}
