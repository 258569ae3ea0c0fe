import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A policy selects a pod that no controller made, where the VPC CNI enforces: it supports pods with an owner alone, and by its source keeps one set of rules for
 * all pods of a node and namespace whose names are alike up to the last dash.
 */
export const standalonePodSharesPolicy = defineCheck({
  id: 'standalone-pod-shares-policy',
  revision: 1,
  area: 'network',
  title: 'A pod without a controller may stand under another pod’s policies',
  severity: 'medium',
  rationale: 'Beside nginx-a, nginx-b gets what that one may do: the policy that was written for it does not hold.',
  remediation: 'Let a Deployment, StatefulSet or Job make the pod.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html', 'https://github.com/aws/aws-network-policy-agent/issues/327'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['policyEnforcement', 'policySelection'],
  wants: ['pods'],
  identity: { resource: 'the workload', key: '`standalone`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ policyEnforcement, policySelection }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI)) return;
    for (const { resource, source, spec } of policySelection.of.keys()) {
      if (source !== 'pods' || resource.kind !== 'Pod' || resource.apiVersion !== 'v1' || spec.hostNetwork === true) continue;
      yield {
        resource,
        key: 'standalone',
        message: `Pod ${resource.namespace}/${resource.name} has no controller, and the VPC CNI enforces policies only on pods that have one`,
        cause: `Pod ${resource.namespace}/${resource.name}: no controller`,
        evidence: {},
        restsOn: ['pods', 'networkPolicies', 'applicationNetworkPolicies', 'daemonSets'],
      };
    }
  },
});
