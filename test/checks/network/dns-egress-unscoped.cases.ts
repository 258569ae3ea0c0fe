import { dnsEgressUnscoped } from '../../../lambda/checks/network/dns-egress-unscoped.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const egress = (rule: object) => ({ networkPolicies: [networkPolicy('shop', 'dns', { policyTypes: ['Egress'], egress: [rule] })] });
const found = { resource: policyResource('shop', 'dns'), key: 'egress' };
const ports = [{ port: 53, protocol: 'UDP' }, { port: 53 }];

export const cases = {
  check: dnsEgressUnscoped,
  pass: [
    { name: "the cluster's name servers", sources: egress({ ports, to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }] }) },
    { name: 'the resolver of the VPC', sources: egress({ ports, to: [{ ipBlock: { cidr: '169.254.169.253/32' } }] }) },
    { name: 'other ports besides, which other findings are about', sources: egress({ ports: [...ports, { port: 443 }] }) },
    { name: 'a range that begins at 53', sources: egress({ ports: [{ port: 53, endPort: 80 }] }) },
  ],
  fail: [
    { name: 'everybody', sources: egress({ ports }), findings: [{ ...found, message: 'NetworkPolicy shop/dns lets its pods send anything to port 53 of anybody', cause: 'NetworkPolicy shop/dns: DNS to everybody' }] },
    { name: 'every pod of every namespace', sources: egress({ ports: [{ port: 53, protocol: 'UDP' }], to: [{ namespaceSelector: {} }] }), findings: [found] },
    { name: 'the Internet in two halves', sources: egress({ ports, to: [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1' } }] }), findings: [found] },
  ],
} satisfies CheckCases;
