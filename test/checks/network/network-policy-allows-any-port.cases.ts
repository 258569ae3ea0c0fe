import { networkPolicyAllowsAnyPort } from '../../../lambda/checks/network/network-policy-allows-any-port.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const ingress = (rule: object) => ({ networkPolicies: [networkPolicy('shop', 'web', { ingress: [rule] })] });
const pods = { podSelector: { matchLabels: { app: 'front' } } };

export const cases = {
  check: networkPolicyAllowsAnyPort,
  pass: [
    { name: 'a port is named', sources: ingress({ from: [pods], ports: [{ port: 8080 }] }) },
    { name: 'everybody, which is another finding', sources: ingress({}) },
    { name: 'all of the own namespace', sources: ingress({ from: [{ podSelector: {} }] }) },
    { name: 'egress', sources: { networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: [{ to: [pods] }] })] } },
    { name: 'a rule that counts for nothing', sources: { networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], ingress: [{ from: [pods] }] })] } },
  ],
  fail: [
    {
      name: 'pods by a label and no port',
      sources: ingress({ from: [pods] }),
      findings: [{ resource: policyResource('shop', 'web'), key: 'ingress', message: 'NetworkPolicy shop/web names who may come in and no ports', cause: 'NetworkPolicy shop/web: ingress on every port' }],
    },
    { name: 'addresses and no port', sources: ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/24' } }], ports: [] }), findings: [{ resource: policyResource('shop', 'web'), key: 'ingress' }] },
  ],
} satisfies CheckCases;
