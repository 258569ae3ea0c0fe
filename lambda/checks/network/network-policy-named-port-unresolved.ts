import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import { unresolvedPortFinder } from '../../facts/network/unresolved-ports.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/** An ingress rule names a port that no container of the workloads that the policy selects has, so that it lets nothing in by it. */
export const networkPolicyNamedPortUnresolved = defineCheck({
  id: 'network-policy-named-port-unresolved',
  revision: 1,
  area: 'network',
  title: 'A network policy names ports that no container has',
  severity: 'low',
  rationale: 'What was to be let in is cut, and a policy that breaks things is soon taken away.',
  remediation: 'Name the port as the container does, or by its number.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  controls: ['cis-eks-1.8.0/4.3.2'],
  needs: [
    'namespacedPolicies',
    'workloadIndex',
    ...(['cronJobs', 'daemonSets', 'deployments', 'jobs', 'pods', 'replicaSets', 'replicationControllers', 'statefulSets'] as const),
  ],
  identity: { resource: 'the policy', key: '`ingress`' },
  *evaluate({ namespacedPolicies, workloadIndex }) {
    for (const { policy, faults: names } of faultyPolicies(namespacedPolicies, unresolvedPortFinder(workloadIndex))) {
      yield {
        resource: policy.resource,
        key: 'ingress',
        message: `${policyName(policy)} lets in on ${listed(names)}, a name of no port of what it selects`,
        cause: `${policyName(policy)}: named port unresolved`,
        evidence: { names },
      };
    }
  },
});
