import { DIRECTIONS, type NamespacedPolicy } from '../../facts/network/policy.ts';
import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import { namesLabelOfController } from '../../facts/network/names-label-of-controller.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A rule all of whose peers are pods, and none of them is there: no workload that is declared has those labels, scaled to zero or suspended ones included. Every kind
 * that makes pods must have been read to say so; of labels that controllers put on single pods nothing is said. Policies that select nothing themselves are another finding.
 */
export const networkPolicyPeerMatchesNothing = defineCheck({
  id: 'network-policy-peer-matches-nothing',
  revision: 2,
  area: 'network',
  title: 'A network policy names peers that are not there',
  severity: 'low',
  rationale: 'A label that was renamed leaves a rule for nobody: it breaks what it was for, and whoever may make pods anywhere can become its peer.',
  remediation: 'Correct the selectors of the rule, or take it away.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: [
    'declaredPeers',
    'namespacedPolicies',
    ...(['cronJobs', 'daemonSets', 'deployments', 'jobs', 'pods', 'replicaSets', 'replicationControllers', 'statefulSets'] as const),
  ],
  identity: { resource: 'the policy', key: 'direction' },
  *evaluate({ declaredPeers, namespacedPolicies }) {
    const faultsOf = ({ rules, resource }: NamespacedPolicy) =>
      DIRECTIONS.flatMap((direction) => {
        const empty = rules[direction].filter(
          ({ everybody, peers }) => !everybody && peers.every((peer) => peer.type === 'pods' && !isForAll(peer.pods.everything, peer.namespaces?.everything) && !declaredPeers.meansSome(peer, resource.namespace) && !namesLabelOfController(peer.pods)),
        );
        return empty.length === 0 ? [] : [{ direction, empty }];
      });
    for (const { policy, faults } of faultyPolicies(namespacedPolicies, faultsOf)) {
      for (const { direction, empty } of faults) {
        yield {
          resource: policy.resource,
          key: direction,
          message: `${policyName(policy)} has ${direction} rules for pods that no workload makes`,
          cause: `${policyName(policy)}: ${direction} peers match nothing`,
          evidence: { rules: empty.map(({ index }) => index) },
        };
      }
    }
  },
});

/** Everything in the own namespace, or in all, is meant for what comes. */
function isForAll(everyPod: boolean, everyNamespace: boolean | undefined): boolean {
  return everyPod && everyNamespace !== false;
}
