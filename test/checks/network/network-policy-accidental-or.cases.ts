import { networkPolicyAccidentalOr } from '../../../lambda/checks/network/network-policy-accidental-or.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const ingress = (...from: object[]) => ({ networkPolicies: [networkPolicy('shop', 'web', { ingress: [{ from, ports: [{ port: 8080 }] }] })] });
const pods = { podSelector: { matchLabels: { app: 'prometheus' } } };
const namespaces = { namespaceSelector: { matchLabels: { team: 'monitoring' } } };

export const cases = {
  check: networkPolicyAccidentalOr,
  pass: [
    { name: 'both in one item', sources: ingress({ ...pods, ...namespaces }) },
    { name: 'either alone', sources: { networkPolicies: [...ingress(pods).networkPolicies, networkPolicy('shop', 'db', { ingress: [{ from: [namespaces] }] })] } },
    { name: 'in two rules', sources: { networkPolicies: [networkPolicy('shop', 'web', { ingress: [{ from: [pods] }, { from: [namespaces] }] })] } },
    { name: 'all pods of the own namespace, and those of others', sources: ingress({ podSelector: {} }, namespaces) },
    { name: 'beside every namespace, which is another finding', sources: ingress(pods, { namespaceSelector: {} }) },
  ],
  fail: [
    {
      name: 'one dash too many',
      sources: ingress(namespaces, pods),
      findings: [
        {
          resource: policyResource('shop', 'web'),
          key: 'ingress',
          message: 'NetworkPolicy shop/web lets through all pods of some namespaces or some pods of its own, in one ingress rule',
          cause: 'NetworkPolicy shop/web: ingress by either selector',
        },
      ],
    },
    {
      name: 'the same for egress',
      sources: { networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: [{ to: [pods, namespaces] }] })] },
      findings: [{ resource: policyResource('shop', 'web'), key: 'egress' }],
    },
  ],
} satisfies CheckCases;
