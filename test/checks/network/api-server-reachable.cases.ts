import { apiServerReachable } from '../../../lambda/checks/network/api-server-reachable.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, clusterPolicy, denyAll, deployment, ENFORCED, namespace, networkPolicy, resourceOf } from './objects.ts';

const kubernetes = (addresses: string[]) => ({ metadata: { namespace: 'default', name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } }, addressType: 'IPv4', endpoints: [{ addresses }], ports: [{ port: 443 }] });
const tokenless = deployment('shop', 'web', { automountServiceAccountToken: false });
const shop = { ...ENFORCED, namespaces: [namespace('shop')], endpointSlices: [kubernetes(['10.0.0.5', '10.0.1.5'])], deployments: [tokenless] };
const found = { resource: resourceOf('shop', 'web'), key: 'api-server' };
const egress = (...rules: object[]) => [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: rules as never })];
const to = (cidr: string, ...except: string[]) => ({ to: [{ ipBlock: { cidr, except } }] });
const account = (automountServiceAccountToken: boolean) => ({ metadata: { namespace: 'shop', name: 'web' }, automountServiceAccountToken });
const withAccount = (spec: object = {}) => deployment('shop', 'web', { serviceAccountName: 'web', ...spec });
const tier = (name: string, action: string, cidr: string) => clusterPolicy(name.toLowerCase(), { tier: name, egress: [{ action, to: [{ networks: [cidr] }] }] });

export const cases = {
  check: apiServerReachable,
  pass: [
    { name: 'who has a token has business there', sources: { ...shop, deployments: [deployment('shop', 'web')] } },
    { name: 'the pods take a token that their account would not', sources: { ...shop, serviceAccounts: [account(false)], deployments: [withAccount({ automountServiceAccountToken: true })] } },
    { name: 'egress denied', sources: { ...shop, networkPolicies: [denyAll('shop')] } },
    { name: 'everywhere but the VPC', sources: { ...shop, networkPolicies: egress(to('0.0.0.0/0', '10.0.0.0/16')) } },
    { name: 'everywhere, on another port', sources: { ...shop, networkPolicies: egress({ ...to('0.0.0.0/0'), ports: [{ port: 80 }] }) } },
    { name: 'everywhere, by UDP', sources: { ...shop, networkPolicies: egress({ ports: [{ port: 443, protocol: 'UDP' }] }) } },
    { name: "pods of every namespace: the address is no pod's", sources: { ...shop, networkPolicies: egress({ to: [{ namespaceSelector: {} }] }) } },
    { name: 'denied above all policies', sources: { ...shop, eksClusterNetworkPolicies: [tier('Admin', 'Deny', '10.0.0.0/8')], networkPolicies: egress({}) } },
    { name: 'denied below, where no policy says anything', sources: { ...shop, eksClusterNetworkPolicies: [tier('Baseline', 'Deny', '10.0.0.0/8')] } },
    { name: 'strict mode, no policy', sources: { ...shop, daemonSets: [awsNode(AGENT_ON, 'strict')] } },
    { name: 'let to it by a policy for other pods', sources: { ...shop, networkPolicies: [denyAll('shop'), networkPolicy('shop', 'x', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Egress'], egress: [{}] }), networkPolicy('shop', 'y', { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, policyTypes: ['Egress'], egress: [{}] })] } },
    { name: "the host network is another finding, kube-system is EKS's", sources: { ...shop, deployments: [deployment('shop', 'agent', { hostNetwork: true, automountServiceAccountToken: false }), deployment('kube-system', 'web', { automountServiceAccountToken: false })] } },
  ],
  fail: [
    {
      name: 'no policy',
      sources: shop,
      findings: [{ ...found, message: 'shop/web takes no token of the API server and may reach it: no policy limits its egress', cause: 'API server: no policy limits its egress' }],
    },
    { name: 'its account takes none', sources: { ...shop, serviceAccounts: [account(false)], deployments: [withAccount()] }, findings: [found] },
    { name: 'a policy for ingress alone', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'x', { policyTypes: ['Ingress'] })] }, findings: [found] },
    { name: 'everywhere but one of its addresses', sources: { ...shop, networkPolicies: egress(to('0.0.0.0/0', '10.0.0.5/32')) }, findings: [{ ...found, message: 'shop/web takes no token of the API server and may reach it: a policy lets it through' }] },
    { name: 'the subnet that it stands in, among other ports', sources: { ...shop, networkPolicies: egress({ ...to('10.0.1.0/24'), ports: [{ port: 400, endPort: 500 }] }) }, findings: [found] },
    { name: 'by a policy for all but some', sources: { ...shop, networkPolicies: [denyAll('shop'), networkPolicy('shop', 'y', { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] }, policyTypes: ['Egress'], egress: [{}] })] }, findings: [found] },
    { name: 'denied by policies that nothing enforces', sources: { ...shop, daemonSets: [awsNode()], networkPolicies: [denyAll('shop')] }, findings: [{ ...found, message: 'shop/web takes no token of the API server and may reach it: its nodes enforce no policies' }] },
    { name: 'accepted above a policy that denies', sources: { ...shop, eksClusterNetworkPolicies: [tier('Admin', 'Accept', '10.0.1.5/32')], networkPolicies: [denyAll('shop')] }, findings: [found] },
  ],
} satisfies CheckCases;
