import { networkPolicyOpenToInternet } from '../../../lambda/checks/network/network-policy-open-to-internet.ts';
import type { CheckCases } from '../check-cases.ts';
import { deployment, networkPolicy, policyResource, service } from './objects.ts';

const from = (...blocks: [cidr: string, ...except: string[]][]) => blocks.map(([cidr, ...except]) => ({ ipBlock: { cidr, except } }));
const ingress = (...rules: object[]) => ({ networkPolicies: [networkPolicy('shop', 'web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress: rules })] });
const egress = (...rules: object[]) => ({ networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: rules as never })] });
const found = (key: string) => ({ resource: policyResource('shop', 'web'), key });
const published = { deployments: [deployment('shop', 'web')], services: [service('shop', 'web', { type: 'LoadBalancer' })] };

export const cases = {
  check: networkPolicyOpenToInternet,
  pass: [
    { name: 'an office', sources: ingress({ from: from(['198.51.100.0/24']) }) },
    { name: 'private ranges', sources: ingress({ from: from(['10.0.0.0/8'], ['172.16.0.0/12'], ['192.168.0.0/16']) }) },
    { name: 'everywhere, less both halves', sources: ingress({ from: from(['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1']) }) },
    { name: 'a rule that counts for nothing', sources: { networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Ingress'], egress: [{ to: from(['0.0.0.0/0']) }] })] } },
    { name: 'all that it selects stands behind a public load balancer', sources: { ...published, ...ingress({ from: from(['0.0.0.0/0']) }) } },
  ],
  fail: [
    {
      name: 'everywhere',
      sources: ingress({ from: from(['0.0.0.0/0']), ports: [{ port: 443 }] }),
      findings: [{ ...found('ingress'), message: 'NetworkPolicy shop/web admits 0.0.0.0/0, as good as the whole Internet', cause: 'NetworkPolicy shop/web: ingress open to the Internet' }],
    },
    { name: 'two halves in two rules', sources: ingress({ from: from(['0.0.0.0/1']) }, { from: from(['128.0.0.0/1']) }), findings: [found('ingress')] },
    { name: 'everywhere less the VPC', sources: ingress({ from: from(['0.0.0.0/0', '10.0.0.0/8']) }), findings: [found('ingress')] },
    { name: 'what one rule leaves out and another lets in', sources: ingress({ from: from(['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/2'], ['::/0']) }), findings: [found('ingress')] },
    { name: 'one of two that it selects is public, the other is not', sources: { ...published, deployments: [deployment('shop', 'web'), deployment('shop', 'db', {}, { app: 'web', tier: 'db' })], services: [service('shop', 'web', { type: 'LoadBalancer', selector: { tier: 'web' } })], ...ingress({ from: from(['0.0.0.0/0']) }) }, findings: [found('ingress')] },
    { name: 'an internal load balancer', sources: { ...published, services: [service('shop', 'web', { type: 'LoadBalancer' }, { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' })], ...ingress({ from: from(['0.0.0.0/0']) }) }, findings: [found('ingress')] },
    { name: 'egress', sources: egress({ to: from(['0.0.0.0/0']) }), findings: [{ ...found('egress'), severity: 'medium', message: 'NetworkPolicy shop/web lets its pods connect to 0.0.0.0/0, as good as the whole Internet' }] },
    { name: 'egress on HTTPS alone', sources: egress({ to: from(['0.0.0.0/0']), ports: [{ port: 443 }] }), findings: [{ ...found('egress'), severity: 'low' }] },
    { name: 'egress on HTTPS to all and on other ports to some', sources: egress({ to: from(['0.0.0.0/0']), ports: [{ port: 443 }] }, { to: from(['198.51.100.0/24']) }), findings: [{ ...found('egress'), severity: 'medium' }] },
    { name: 'UDP 443 is not HTTPS alone', sources: egress({ to: from(['::/0']), ports: [{ protocol: 'UDP', port: 443 }] }), findings: [{ ...found('egress'), severity: 'medium' }] },
  ],
} satisfies CheckCases;
