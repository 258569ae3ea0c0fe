import { policyName } from '../../facts/network/policy-faults.ts';
import { redundancies } from '../../facts/network/redundant-policies.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A policy each of whose rules other policies of the namespace have as well, or wider, for the same pods or for all of them; or some rules of a policy of which that is so, its own
 * other rules among those that say it. To take it away changes nothing, whatever pods come. Of two that say the same, both are found.
 */
export const networkPolicyRedundant = defineCheck({
  id: 'network-policy-redundant',
  revision: 2,
  area: 'network',
  title: 'What a network policy says is said already',
  severity: 'info',
  rationale: 'Who closes something in one place finds it open still, by the other.',
  remediation: 'Keep one of them.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`redundant`; of some of its rules: the direction' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, whole, rules, by } of redundancies(namespacedPolicies)) {
      const { resource, isolates, source } = policy;
      const saidBy = by.map(policyName);
      if (whole) {
        yield {
          resource,
          key: 'redundant',
          message: `${policyName(policy)} says nothing that other policies of ${resource.namespace} do not say of the same pods`,
          // Sets of policies that were made by one template are so everywhere: one thing to look at.
          cause: 'redundant policies',
          evidence: { isolates, saidBy },
          restsOn: [source],
        };
        continue;
      }
      for (const { direction, rules: said } of rules) {
        yield {
          resource,
          key: direction,
          message: `${policyName(policy)} has ${direction} rules that let nothing more through than others for the same pods`,
          cause: `redundant ${direction} rules`,
          evidence: { rules: said.map(({ index }) => index), saidBy },
          restsOn: [source],
        };
      }
    }
  },
});
