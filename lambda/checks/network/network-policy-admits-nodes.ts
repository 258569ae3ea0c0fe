import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import type { NamespacedPolicy } from '../../facts/network/policy.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import { isSystemNamespace } from '../../facts/network/system-namespaces.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An ingress rule whose peer means workloads of the host network, where the VPC CNI enforces: it resolves these to the addresses of their nodes, so that every pod
 * of the host network, and what comes through a node port, is let in. Inferred from its source. Rules for everybody are another finding; the
 * system's namespaces serve nodes and are left out.
 */
export const networkPolicyAdmitsNodes = defineCheck({
  id: 'network-policy-admits-nodes',
  revision: 2,
  area: 'network',
  title: 'A network policy lets whole nodes in',
  severity: 'medium',
  rationale: 'Meant was one agent in kube-system; let in is whatever runs on the network of any node, and strangers who come by a node port.',
  remediation: 'Name the pods that are meant by their labels beside the namespace.',
  references: ['https://github.com/aws/amazon-network-policy-controller-k8s', 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: ['declaredPeers', 'namespacedPolicies', 'policyEnforcement'],
  wants: ['workloads'],
  identity: { resource: 'the policy', key: '`ingress`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ declaredPeers, namespacedPolicies, policyEnforcement }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI) || !declaredPeers.anyHostNetwork) return;
    const rulesOf = ({ rules, resource }: NamespacedPolicy) =>
      rules.ingress.filter(({ peers }) =>
        peers.some((peer) => peer.type === 'pods' && peer.namespaces?.everything !== true && declaredPeers.meansHostNetwork(peer, resource.namespace)),
      );
    for (const { policy, faults: rules } of faultyPolicies(namespacedPolicies, rulesOf)) {
      if (isSystemNamespace(policy.resource.namespace)) continue;
      yield {
        resource: policy.resource,
        key: 'ingress',
        message: `${policyName(policy)} means workloads of the host network, and by its source the VPC CNI lets in every address of their nodes`,
        cause: `${policyName(policy)}: admits nodes`,
        evidence: { rules: rules.map(({ index }) => index), inferred: true },
      };
    }
  },
});
