import { unsaid } from '../../facts/unsaid.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * There are policies, and no class of node enforces any: the engine is off, or one of the VPC CNI's two switches is. Where some class enforces,
 * the others are another finding. High where policies of a kind have no effect, as the engine of the nodes does not read it: the VPC CNI knows EKS's ClusterNetworkPolicy and not upstream's of
 * the same name, the others none of EKS's.
 */
export const networkPolicyNotEnforced = defineCheck({
  id: 'network-policy-not-enforced',
  revision: 2,
  area: 'network',
  title: 'Network policies are written and nothing enforces them',
  severity: 'critical',
  rationale: 'The API server takes every policy without a word, so people rely on walls that are not there: every pod reaches every other.',
  remediation: 'Set enableNetworkPolicy of the VPC CNI add-on to true (agent and controller), or install another policy engine; write what must hold in kinds that the engine reads.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  ],
  controls: ['cis-eks-1.8.0/4.3.1', 'cis-eks-1.8.0/5.4.4', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['namespacedPolicies', 'policyEnforcement', 'tierPolicies', 'unreadKinds'],
  identity: { resource: 'the class of node', key: '`not-enforced`; the kind that is not read' },
  applies: ({ policyEnforcement }) => policyEnforcement.classes.length > 0 || 'there are no nodes, and nothing that would run on them',
  unjudged: ({ policyEnforcement, unreadKinds }) => [
    ...policyEnforcement.unjudged,
    ...unreadKinds.filter(({ sure }) => !sure).map(({ nodes, engine, source, kind }) => unsaid(source, `whether ${engine} on ${nodes.label} reads ${kind} depends on its version and settings`)),
  ],
  *evaluate({ namespacedPolicies, policyEnforcement, tierPolicies, unreadKinds }) {
    if (namespacedPolicies.length + tierPolicies.length === 0) return;
    for (const { nodes, engine, kind, policies, sure } of unreadKinds) {
      if (!sure) continue;
      yield {
        resource: nodes.resource,
        key: kind,
        severity: 'high',
        message: `${engine} on ${nodes.label} does not read ${kind}, so that ${listed(policies)} ${policies.length === 1 ? 'has' : 'have'} no effect there`,
        cause: `${engine} does not read ${kind}`,
        evidence: { engine, kind, policies },
      };
    }
    if (policyEnforcement.classes.some(({ state }) => state === 'on' || state === 'unknown')) return;
    for (const { resource, label, state, why } of policyEnforcement.classes) {
      yield {
        resource,
        key: 'not-enforced',
        message: `No policy has any effect on ${label}: ${why}`,
        cause: `not enforced: ${why}`,
        evidence: { state, why },
      };
    }
  },
});
