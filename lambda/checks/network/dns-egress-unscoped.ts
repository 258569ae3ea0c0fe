import { policiesWithRules, policyName } from '../../facts/network/policy-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';

/** An egress rule for port 53 alone, to everybody, to every pod of every namespace or to the Internet. */
export const dnsEgressUnscoped = defineCheck({
  id: 'dns-egress-unscoped',
  revision: 1,
  area: 'network',
  title: 'Pods may ask any name server in the world',
  severity: 'low',
  rationale: 'Whoever takes such a pod over carries data out in questions to a name server of their own, past everything that the policy closes.',
  remediation: 'Let DNS out to the pods of the cluster’s own name servers alone: k8s-app=kube-dns in kube-system.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html', 'https://attack.mitre.org/techniques/T1048/'],
  controls: ['nsa-1.2/network-separation', 'attack/T1048'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`egress`' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, rules } of policiesWithRules(namespacedPolicies, 'egress', RULE_TRAITS.dnsForEverybody)) {
      yield {
        resource: policy.resource,
        key: 'egress',
        message: `${policyName(policy)} lets its pods send anything to port 53 of anybody`,
        cause: `${policyName(policy)}: DNS to everybody`,
        evidence: { rules: rules.map(({ index }) => index) },
        restsOn: [policy.source],
      };
    }
  },
});
