import { dnsEgressMissing } from '../../../lambda/checks/network/dns-egress-missing.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterPolicy, denyAll, deployment, namespace, networkPolicy, resourceOf } from './objects.ts';

const shop = {
  namespaces: [namespace('shop'), namespace('kube-system')],
  deployments: [deployment('shop', 'web'), deployment('shop', 'db'), deployment('kube-system', 'coredns', {}, { 'k8s-app': 'kube-dns' })],
};
const web = { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] };
const toDb = { to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [{ port: 5432 }] };
const servers = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }];
const both = [{ port: 53, protocol: 'UDP' }, { port: 53 }];
const dns = (ports: object[] = both, to: object[] = servers) => ({ to, ports }) as never;
const egress = (...rules: object[]) => ({ ...shop, networkPolicies: [networkPolicy('shop', 'web', { ...web, egress: rules as never })] });
const server = {
  metadata: { namespace: 'kube-system', name: 'coredns-x', labels: { 'k8s-app': 'kube-dns' }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'coredns', uid: '1', controller: true }] },
  spec: { containers: [{ name: 'c' }] },
  status: { podIP: '10.0.0.9' },
};
const found = { resource: resourceOf('shop', 'web'), key: 'egress' };
const accepting = (action: string, tier = 'Admin') => ({
  eksClusterNetworkPolicies: [clusterPolicy('dns', { tier, egress: [{ action, to: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } } }], ports: [{ portNumber: { protocol: 'UDP', port: 53 } }, { portNumber: { port: 53 } }] }] })],
});

export const cases = {
  check: dnsEgressMissing,
  pass: [
    { name: 'let out to the name servers by the same policy', sources: egress(toDb, dns()) },
    { name: 'by one for all pods of the namespace', sources: { ...shop, networkPolicies: [...egress(toDb).networkPolicies, networkPolicy('shop', 'dns', { policyTypes: ['Egress'], egress: [dns()] })] } },
    { name: 'by a policy above the namespaces', sources: { ...egress(toDb), ...accepting('Accept') } },
    { name: 'all of kube-system, on every port', sources: egress(toDb, { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }] }) },
    { name: 'every address', sources: egress({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }) },
    { name: 'the block in which the name servers are', sources: { ...egress(toDb, { to: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }), pods: [server] } },
    { name: 'the name server of its node', sources: egress(toDb, dns(both, [{ ipBlock: { cidr: '169.254.20.10/32' } }])) },
    { name: 'let out to nobody', sources: { ...shop, networkPolicies: [denyAll('shop')] } },
    { name: 'let out to one address, which needs no name', sources: egress({ to: [{ ipBlock: { cidr: '198.51.100.7/32' } }] }) },
    { name: 'not isolated', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'web', { ...web, policyTypes: ['Ingress'] })] } },
    { name: "the system's own", sources: { ...shop, networkPolicies: [networkPolicy('kube-system', 'x', { policyTypes: ['Egress'], egress: [toDb as never] })] } },
  ],
  fail: [
    {
      name: 'let out to pods alone',
      sources: egress(toDb),
      findings: [{ ...found, message: 'Policies let shop/web out, and not by UDP or TCP to the name servers of the cluster', cause: 'no egress for DNS' }],
    },
    { name: 'let out to all pods of its namespace', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'x', { policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] as never })] }, findings: [{ ...found, resource: resourceOf('shop', 'db') }, found] },
    { name: 'let out to the Internet', sources: egress({ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443 }] }), findings: [found] },
    { name: 'let out to all addresses but those of the name servers', sources: { ...egress({ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }), pods: [server] }, findings: [found] },
    { name: 'another port of the name servers', sources: egress(toDb, dns([{ port: 9153 }])), findings: [found] },
    { name: 'the name servers by TCP alone', sources: egress(toDb, dns([{ port: 53 }])), findings: [{ ...found, message: 'Policies let shop/web out, and not by UDP to the name servers of the cluster' }] },
    { name: 'pods of that name elsewhere', sources: egress(toDb, dns(both, [{ podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }])), findings: [found] },
    { name: 'denied above the policy that lets it out', sources: { ...egress(toDb, dns()), ...accepting('Deny') }, findings: [found] },
    {
      name: 'by UDP alone: long answers are cut',
      sources: egress(toDb, dns([{ port: 53, protocol: 'UDP' }])),
      findings: [{ ...found, severity: 'info', message: 'Policies let shop/web out, and not by TCP to the name servers of the cluster', cause: 'no egress for DNS by TCP' }],
    },
    { name: 'the policy for addresses is of other pods', sources: { ...shop, networkPolicies: [...egress(toDb).networkPolicies, networkPolicy('shop', 'db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Egress'], egress: [dns(both, [{ ipBlock: { cidr: '10.0.0.2/32' } }])] })] }, findings: [found] },
  ],
} satisfies CheckCases;
