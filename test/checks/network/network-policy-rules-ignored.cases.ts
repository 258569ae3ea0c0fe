import { networkPolicyRulesIgnored } from '../../../lambda/checks/network/network-policy-rules-ignored.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const policy = (spec: object) => ({ networkPolicies: [networkPolicy('shop', 'web', spec)] });
const rules = [{ ports: [{ port: 443 }] }];

export const cases = {
  check: networkPolicyRulesIgnored,
  pass: [
    { name: 'both listed', sources: policy({ policyTypes: ['Ingress', 'Egress'], ingress: rules, egress: rules }) },
    { name: 'types by default: egress rules bring their type', sources: policy({ ingress: rules, egress: rules }) },
    { name: 'no rules for the type that is not listed', sources: policy({ policyTypes: ['Ingress'], ingress: rules, egress: [] }) },
  ],
  fail: [
    {
      name: 'egress rules, and Ingress alone is listed',
      sources: policy({ policyTypes: ['Ingress'], egress: rules }),
      findings: [
        {
          resource: policyResource('shop', 'web'),
          key: 'egress',
          message: 'NetworkPolicy shop/web has egress rules, and its policyTypes does not list Egress',
          cause: 'NetworkPolicy shop/web: egress rules ignored',
        },
      ],
    },
    { name: 'ingress rules, and Egress alone is listed', sources: policy({ policyTypes: ['Egress'], ingress: [{}] }), findings: [{ resource: policyResource('shop', 'web'), key: 'ingress' }] },
  ],
} satisfies CheckCases;
