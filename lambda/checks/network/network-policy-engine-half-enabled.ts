import { defineCheck } from '../define-check.ts';

/**
 * An engine is there and enforces nothing, as one of its switches is off: of the VPC CNI the node agent's argument or the controller's ConfigMap
 * key, of Cilium enable-policy or policy-audit-mode, of Calico an Installation that nothing came of. And there are no policies yet (with policies
 * they are not enforced, which is the graver finding of the same cause).
 */
export const networkPolicyEngineHalfEnabled = defineCheck({
  id: 'network-policy-engine-half-enabled',
  revision: 2,
  area: 'network',
  title: 'Network policies look switched on and are not',
  severity: 'high',
  rationale: 'Whoever looks at one switch believes in policies that will never be enforced.',
  remediation: 'Set enableNetworkPolicy of the VPC CNI add-on, which turns both switches; of another engine, turn the switch that the finding names.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html', 'https://docs.cilium.io/en/stable/security/network/policyenforcement/'],
  controls: ['cis-eks-1.8.0/4.3.1', 'nsa-1.2/network-separation'],
  needs: ['namespacedPolicies', 'policyEnforcement', 'tierPolicies'],
  identity: { resource: 'the class of node', key: '`half-enabled`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ namespacedPolicies, policyEnforcement, tierPolicies }) {
    if (namespacedPolicies.length + tierPolicies.length > 0) return;
    for (const { resource, label, state, why } of policyEnforcement.classes) {
      if (state !== 'half') continue;
      yield { resource, key: 'half-enabled', message: `Policies would have no effect on ${label}: ${why}`, cause: `half enabled: ${why}`, evidence: { why } };
    }
  },
});
