import type { DeclaredPeers } from '../../facts/network/declared-peers.ts';
import type { PolicyRule } from '../../facts/network/policy.ts';
import { policyName } from '../../facts/network/policy-faults.ts';
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
    for (const policy of namespacedPolicies) {
      const { resource, rules } = policy;
      for (const direction of policy.isolates) {
        const empty = rules[direction].filter((rule) => isForNobody(rule, resource.namespace, declaredPeers));
        if (empty.length === 0) continue;
        const name = policyName(policy);
        yield {
          resource,
          key: direction,
          message: `${name} has ${direction} rules for pods that no workload makes`,
          cause: `${name}: ${direction} peers match nothing`,
          evidence: { rules: empty.map(({ index }) => index) },
        };
      }
    }
  },
});

function isForNobody({ everybody, peers }: PolicyRule, namespace: string, declaredPeers: DeclaredPeers): boolean {
  if (everybody) return false;
  // By index: asked of each rule.
  for (let i = 0; i < peers.length; i++) {
    const peer = peers[i]!;
    if (peer.type !== 'pods' || isForAll(peer.pods.everything, peer.namespaces?.everything) || declaredPeers.meansSome(peer, namespace) || namesLabelOfController(peer.pods)) return false;
  }
  return true;
}

/** Everything in the own namespace, or in all, is meant for what comes. */
function isForAll(everyPod: boolean, everyNamespace: boolean | undefined): boolean {
  return everyPod && everyNamespace !== false;
}
