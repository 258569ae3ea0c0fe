import { networkPolicyExceptionLeak } from '../../../lambda/checks/network/network-policy-exception-leak.ts';
import type { CheckCases } from '../check-cases.ts';
import { CALICO, ENFORCED, networkPolicy, policyResource } from './objects.ts';

const web = { podSelector: { matchLabels: { app: 'web' } } };
const to = (cidr: string, ...except: string[]) => ({ to: [{ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }] });
const outside = to('0.0.0.0/0', '10.0.0.0/8', '169.254.0.0/16');
const ports = [{ port: 53, protocol: 'UDP' }];
const egress = (...policies: readonly { readonly podSelector?: object; readonly egress: readonly object[] }[]) => ({
  ...ENFORCED,
  networkPolicies: policies.map((spec, at) => networkPolicy('shop', `p${at}`, { policyTypes: ['Egress'], ...(spec as object) })),
});
const found = (name: string, direction = 'egress') => ({ resource: policyResource('shop', name), key: direction });

export const cases = {
  check: networkPolicyExceptionLeak,
  pass: [
    { name: 'one rule', sources: egress({ ...web, egress: [outside] }) },
    { name: 'the excepted block allowed by itself', sources: egress({ ...web, egress: [outside, { ...to('10.0.0.0/8'), ports }] }) },
    { name: 'a narrower block within it', sources: egress({ ...web, egress: [outside, to('10.0.0.2/32')] }) },
    { name: 'pods within it', sources: egress({ ...web, egress: [outside, { to: [{ namespaceSelector: {} }], ports }] }) },
    { name: 'the same exceptions in another block', sources: egress({ ...web, egress: [outside, { ...to('0.0.0.0/1', '10.0.0.0/8'), ports }] }) },
    { name: 'another direction', sources: egress({ ...web, egress: [outside] }, { ...web, ingress: [{ from: to('0.0.0.0/0').to }], policyTypes: ['Ingress'] } as never) },
    { name: 'other pods', sources: egress({ ...web, egress: [outside] }, { podSelector: { matchLabels: { app: 'db' } }, egress: [to('0.0.0.0/0')] }) },
    { name: 'Calico enforces', sources: { ...egress({ ...web, egress: [outside, { ports }] }), vpcCniConfig: [], daemonSets: [CALICO] } },
  ],
  fail: [
    {
      name: 'DNS to everybody beside the Internet alone',
      sources: egress({ ...web, egress: [outside, { ports }] }),
      findings: [
        {
          ...found('p0'),
          message: 'Exceptions of 0.0.0.0/0 in NetworkPolicy shop/p0 cut what NetworkPolicy shop/p0 allows for egress; by its source the VPC CNI takes them for denials',
          cause: 'exceptions that cut other egress rules',
        },
      ],
    },
    {
      name: 'a wider block of another policy with the same selector',
      sources: egress({ ...web, egress: [outside] }, { ...web, egress: [{ ...to('8.0.0.0/6'), ports }] }),
      findings: [{ ...found('p0'), message: 'Exceptions of 0.0.0.0/0 in NetworkPolicy shop/p0 cut what NetworkPolicy shop/p1 allows for egress; by its source the VPC CNI takes them for denials' }],
    },
    { name: 'an exception for all pods cuts what one has', sources: egress({ egress: [outside] }, { ...web, egress: [to('169.0.0.0/8')] }), findings: [found('p0')] },
    { name: 'an exception of one cuts what all have', sources: egress({ egress: [to('0.0.0.0/0')] }, { ...web, egress: [outside] }), findings: [found('p1')] },
    { name: 'exceptions that differ: both', sources: egress({ ...web, egress: [to('10.0.0.0/8', '10.1.0.0/16')] }, { ...web, egress: [to('10.0.0.0/8', '10.2.0.0/16')] }), findings: [found('p0'), found('p1')] },
    {
      name: 'IPv6, and ingress',
      sources: { ...ENFORCED, networkPolicies: [networkPolicy('shop', 'p0', { ...web, ingress: [{ from: to('::/0', 'fd00::/8').to }, { from: to('fc00::/7').to }] })] },
      findings: [found('p0', 'ingress')],
    },
  ],
} satisfies CheckCases;
