import { networkPolicyPortLimitExceeded } from '../../../lambda/checks/network/network-policy-port-limit-exceeded.ts';
import type { CheckCases } from '../check-cases.ts';
import { CALICO, ENFORCED, networkPolicy, policyResource } from './objects.ts';

const ports = (count: number, from = 8000) => Array.from({ length: count }, (_, at) => ({ port: from + at }));
const from = [{ ipBlock: { cidr: '10.0.0.0/24' } }];
const ingress = (...rules: object[]) => ({ ...ENFORCED, networkPolicies: [networkPolicy('shop', 'web', { ingress: rules })] });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyPortLimitExceeded,
  pass: [
    { name: 'as many as it holds', sources: ingress({ from, ports: ports(24) }) },
    { name: 'the same ports twice', sources: ingress({ from, ports: ports(24) }, { from, ports: ports(24) }) },
    { name: 'more, for different peers', sources: ingress({ from, ports: ports(20) }, { from: [{ ipBlock: { cidr: '10.0.1.0/24' } }], ports: ports(20, 9000) }) },
    { name: 'a range', sources: ingress({ from, ports: [{ port: 8000, endPort: 9000 }] }) },
    { name: 'under Calico', sources: { ...ingress({ from, ports: ports(25) }), vpcCniConfig: [], daemonSets: [CALICO] } },
  ],
  fail: [
    {
      name: 'one more in a rule',
      sources: ingress({ from, ports: ports(25) }),
      findings: [{ ...found, message: 'NetworkPolicy shop/web gives one ingress peer more than 24 ports; by its source the VPC CNI leaves out the rest', cause: 'NetworkPolicy shop/web: more than 24 ports for ingress' }],
    },
    { name: 'one more in two rules for one peer', sources: ingress({ from, ports: ports(24) }, { from, ports: [{ port: 443 }] }), findings: [found] },
  ],
} satisfies CheckCases;
