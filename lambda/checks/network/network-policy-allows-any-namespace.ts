import { policiesWithRules, policyName } from '../../facts/network/policy-faults.ts';
import { isEveryPod } from '../../facts/network/rule-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An ingress rule for pods of every namespace (`namespaceSelector: {}`) on certain ports. Low where the pods must carry a label: one that is
 * taken over cannot give itself another, though whoever makes pods anywhere chooses theirs.
 */
export const networkPolicyAllowsAnyNamespace = defineCheck({
  id: 'network-policy-allows-any-namespace',
  revision: 1,
  area: 'network',
  title: 'A network policy admits every namespace',
  severity: 'medium',
  rationale: 'Tenants, tests and whatever is taken over first reach these pods as well as the neighbours that the rule was meant for.',
  remediation: 'Name the namespaces that are meant, by kubernetes.io/metadata.name or by a label that only administrators set.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`ingress`' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, rules } of policiesWithRules(namespacedPolicies, 'ingress', RULE_TRAITS.anyNamespace)) {
      const everyPod = rules.some(({ peers }) => peers.some(isEveryPod));
      yield {
        resource: policy.resource,
        key: 'ingress',
        severity: everyPod ? 'medium' : 'low',
        message: `${policyName(policy)} admits ${everyPod ? 'the pods' : 'pods with the right labels'} of every namespace`,
        cause: `${policyName(policy)}: admits every namespace`,
        evidence: { rules: rules.map(({ index }) => index) },
        restsOn: [policy.source],
      };
    }
  },
});
