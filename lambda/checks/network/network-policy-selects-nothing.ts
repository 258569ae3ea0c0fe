import type { NamespacedPolicy } from '../../facts/network/policy.ts';
import { policyName } from '../../facts/network/policy-faults.ts';
import { namesLabelOfController } from '../../facts/network/names-label-of-controller.ts';
import type { WorkloadIndex } from '../../facts/network/workload-index.ts';
import { defineCheck } from '../define-check.ts';

/** Of names as the API server takes them: lower case, words by dashes and dots. */
const CALLED_DENY = /(^|[-.])deny/;

/**
 * A podSelector that no workload of the namespace matches, scaled to zero or suspended ones included. An empty selector is a default and is meant.
 * Every kind that makes pods must have been read to say so; of labels that controllers put on single pods nothing is said. Medium where the policy is called a denial: somebody relies on it.
 */
export const networkPolicySelectsNothing = defineCheck({
  id: 'network-policy-selects-nothing',
  revision: 3,
  area: 'network',
  title: 'A network policy selects nothing',
  severity: 'low',
  worstSeverity: 'medium',
  rationale: 'A label that was renamed or mistyped leaves the pods that were meant open, and the policy looks as if it guarded them.',
  remediation: 'Correct the podSelector, or delete the policy.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: [
    'namespacedPolicies',
    'workloadIndex',
    ...(['cronJobs', 'daemonSets', 'deployments', 'jobs', 'pods', 'replicaSets', 'replicationControllers', 'statefulSets'] as const),
  ],
  identity: { resource: 'the policy', key: '`selects-nothing`' },
  *evaluate({ namespacedPolicies, workloadIndex }) {
    for (const policy of namespacedPolicies.filter((each) => selectsNothing(each, workloadIndex))) {
      yield {
        resource: policy.resource,
        key: 'selects-nothing',
        severity: CALLED_DENY.test(policy.resource.name) ? 'medium' : 'low',
        message: `${policyName(policy)} selects no workload of ${policy.resource.namespace}`,
        cause: `${policyName(policy)}: selects nothing`,
        evidence: { isolates: policy.isolates },
      };
    }
  },
});

function selectsNothing({ resource, selector }: NamespacedPolicy, workloadIndex: WorkloadIndex): boolean {
  return !selector.everything && !workloadIndex.has(resource.namespace, selector) && !namesLabelOfController(selector);
}
