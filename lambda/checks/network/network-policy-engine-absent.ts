import { defineCheck } from '../define-check.ts';

/** No policies, and no engine that would enforce one on this class of node. Windows and Fargate are left out: there is none to install. */
export const networkPolicyEngineAbsent = defineCheck({
  id: 'network-policy-engine-absent',
  revision: 1,
  area: 'network',
  title: 'Nothing could keep pods apart',
  severity: 'high',
  rationale: 'Every pod reaches every other pod and the Internet, and a policy written in an emergency would do nothing.',
  remediation: 'Set enableNetworkPolicy of the VPC CNI add-on to true, then deny by default, namespace by namespace.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html'],
  controls: ['cis-eks-1.8.0/4.3.1', 'cis-eks-1.8.0/5.4.4', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['namespacedPolicies', 'policyEnforcement', 'tierPolicies'],
  identity: { resource: 'the class of node', key: '`engine-absent`' },
  applies: ({ policyEnforcement }) => policyEnforcement.classes.length > 0 || 'there are no nodes, and nothing that would run on them',
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ namespacedPolicies, policyEnforcement, tierPolicies }) {
    if (namespacedPolicies.length + tierPolicies.length > 0) return;
    for (const { resource, label, state, why } of policyEnforcement.classes) {
      if (state !== 'off') continue;
      yield { resource, key: 'engine-absent', message: `No engine enforces policies on ${label}: ${why}`, cause: `engine absent: ${why}`, evidence: { why } };
    }
  },
});
