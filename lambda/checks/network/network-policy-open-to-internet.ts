import { faultyPolicies, internetReachFinder, policyName } from '../../facts/network/policy-faults.ts';
import { unsaid } from '../../facts/unsaid.ts';
import { listed } from '../../model/listed.ts';
import type { Workload } from '../../facts/workloads/workload.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The ipBlocks of a policy in one direction, less their exceptions and all rules together, are as good as the Internet. For ingress not where all
 * that it selects stands behind a public load balancer, which is meant. Egress is medium, and low on HTTPS alone.
 */
export const networkPolicyOpenToInternet = defineCheck({
  id: 'network-policy-open-to-internet',
  revision: 2,
  area: 'network',
  title: 'A network policy is open to the Internet',
  severity: 'high',
  rationale: 'Admitted from everywhere, pods are one load balancer away from strangers; let out to everywhere, whoever takes one over carries off what it finds.',
  remediation: 'Name the address blocks that are needed; on the VPC CNI a block admits the pods and nodes in it as well.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'attack/T1190'],
  needs: ['namespacedPolicies', 'workloadIndex'],
  wants: ['exposures'],
  identity: { resource: 'the policy', key: 'direction' },
  unjudged: ({ namespacedPolicies }) =>
    namespacedPolicies
      .filter(({ malformed }) => malformed.length > 0)
      .map((policy) => unsaid(policy.source, `${policyName(policy)} names ${JSON.stringify(policy.malformed[0])}, which is no address block`)),
  *evaluate({ exposures, namespacedPolicies, workloadIndex }) {
    // Behind a load balancer that was not read it would be meant.
    const exposed = exposures.ok && exposures.unread.length === 0 ? new Set(exposures.value.all.map(({ workload }) => workload)) : undefined;
    for (const { policy, faults } of faultyPolicies(namespacedPolicies, internetReachFinder())) {
      for (const { direction, reach } of faults) {
        if (direction === 'ingress') {
          if (!exposed || isAllExposed(workloadIndex.select(policy.resource.namespace, policy.selector), exposed)) continue;
        }
        yield {
          resource: policy.resource,
          key: direction,
          severity: direction === 'ingress' ? 'high' : reach.onlyHttps ? 'low' : 'medium',
          message: `${policyName(policy)} ${direction === 'ingress' ? 'admits' : 'lets its pods connect to'} ${listed(reach.cidrs)}, as good as the whole Internet`,
          cause: `${policyName(policy)}: ${direction} open to the Internet`,
          evidence: { cidrs: reach.cidrs, families: reach.families, onlyHttps: reach.onlyHttps },
          restsOn: [policy.source],
        };
      }
    }
  },
});

/** Whether there are any, and the Internet reaches each. Stops at the first that it does not. */
function isAllExposed(selected: Iterable<Workload>, exposed: ReadonlySet<Workload | undefined>): boolean {
  let any = false;
  for (const workload of selected) {
    if (!exposed.has(workload)) return false;
    any = true;
  }
  return any;
}
