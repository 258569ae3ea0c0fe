import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import type { Direction } from '../../facts/network/policy.ts';
import { tierPolicyName } from '../../facts/network/tier-faults.ts';
import type { TierPolicy } from '../../facts/network/tier-policies.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A Baseline denial of EKS in one direction for workloads that NetworkPolicies isolate in the other alone, where the VPC CNI enforces. That its agent then lets
 * everything through before the Baseline is asked is inferred from its source: medium.
 */
export const baselinePolicyBypassed = defineCheck({
  id: 'baseline-policy-bypassed',
  revision: 1,
  area: 'network',
  title: 'A baseline denial does not reach some workloads',
  severity: 'medium',
  rationale: 'A NetworkPolicy for one direction takes a pod out of the Baseline in the other as well: the more is closed, the more is open.',
  remediation: 'Isolate these workloads in both directions by their own NetworkPolicies, or deny in the Admin tier.',
  references: ['https://github.com/aws/amazon-network-policy-controller-k8s', 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['policyCoverage', 'policyEnforcement', 'policySelection'],
  identity: { resource: 'the policy', key: 'direction' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ policyCoverage, policyEnforcement, policySelection }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI)) return;
    const bypassed = { ingress: new Map<TierPolicy, string[]>(), egress: new Map<TierPolicy, string[]>() };
    for (const [{ resource, labels, spec }, selection] of policySelection.of) {
      if (selection.ingress === selection.egress || spec.hostNetwork === true) continue;
      const direction: Direction = selection.ingress ? 'egress' : 'ingress';
      for (const policy of policyCoverage.namespaces.get(resource.namespace)?.tiers ?? []) {
        if (policy.tier !== 'baseline' || policy.source !== 'eksClusterNetworkPolicies' || (policy.pods && !policy.pods.matches(labels))) continue;
        if (!policy.rules[direction].some(({ action }) => action === 'deny')) continue;
        const list = bypassed[direction].get(policy);
        const name = `${resource.namespace}/${resource.name}`;
        if (list) list.push(name);
        else bypassed[direction].set(policy, [name]);
      }
    }
    for (const direction of ['egress', 'ingress'] as const) {
      for (const [policy, unsorted] of bypassed[direction]) {
        const names = [...new Set(unsorted)].sort();
        yield {
          resource: policy.resource,
          key: direction,
          message: `${tierPolicyName(policy)} denies ${direction}, and by its source the VPC CNI does not ask it about ${listed(names)}`,
          cause: `${tierPolicyName(policy)}: ${direction} bypassed`,
          evidence: { workloads: names, inferred: true },
        };
      }
    }
  },
});
