import { instanceMetadataReachable } from '../../../lambda/checks/network/instance-metadata-reachable.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, denyAll, deployment, ENFORCED, engine, namespace, networkPolicy, node, resourceOf } from './objects.ts';

const shop = { ...ENFORCED, namespaces: [namespace('shop')], deployments: [deployment('shop', 'web')] };
const found = { resource: resourceOf('shop', 'web'), key: 'metadata-service' };
const egress = (...rules: object[]) => [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: rules as never })];
const everywhereBut = (...except: string[]) => ({ to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }] });
const IMDS = '169.254.169.254/32';
const UPSTREAM = engine('kube-system', 'kube-network-policies', 'kube-network-policies', 'registry.k8s.io/networking/kube-network-policies:v1');
const podAt = (podIP: string) => ({ metadata: { namespace: 'kube-system', name: 'coredns' }, spec: { containers: [] }, status: { podIP } });
const tier = (tierName: string, action: string, more: object = {}) => ({
  metadata: { name: tierName.toLowerCase() },
  spec: { tier: tierName, priority: 5, subject: { namespaces: {} }, egress: [{ action, to: [{ networks: [IMDS] }], ...more }] },
});

export const cases = {
  check: instanceMetadataReachable,
  pass: [
    { name: 'egress denied', sources: { ...shop, networkPolicies: [denyAll('shop')] } },
    { name: 'everywhere but there, and everywhere by IPv6, which pods have not', sources: { ...shop, pods: [podAt('10.0.0.7')], networkPolicies: egress(everywhereBut(IMDS), { to: [{ ipBlock: { cidr: '::/0' } }] }) } },
    { name: 'everywhere but there', sources: { ...shop, networkPolicies: egress(everywhereBut(IMDS)) } },
    { name: 'everywhere, on another port', sources: { ...shop, networkPolicies: egress({ ...everywhereBut(), ports: [{ port: 443 }] }) } },
    { name: 'everywhere, by UDP', sources: { ...shop, networkPolicies: egress({ ports: [{ protocol: 'UDP' }] }) } },
    { name: 'pods of every namespace: the address is no pod’s', sources: { ...shop, networkPolicies: egress({ to: [{ namespaceSelector: {} }] }) } },
    { name: 'denied above all policies', sources: { ...shop, eksClusterNetworkPolicies: [tier('Admin', 'Deny')], networkPolicies: egress({}) } },
    { name: 'denied by what one of two engines reads', sources: { ...shop, daemonSets: [awsNode(AGENT_ON), UPSTREAM], eksClusterNetworkPolicies: [tier('Admin', 'Deny')] } },
    { name: 'denied below, where no policy says anything', sources: { ...shop, eksClusterNetworkPolicies: [tier('Baseline', 'Deny')] } },
    { name: 'denied on port 80 by AdminNetworkPolicy, where its engine is', sources: { ...shop, daemonSets: [UPSTREAM], vpcCniConfig: [], adminNetworkPolicies: [tier('', 'Deny', { ports: [{ portRange: { start: 1, end: 100 } }] })] } },
    { name: 'strict mode, no policy', sources: { ...shop, daemonSets: [awsNode(AGENT_ON, 'strict')] } },
    { name: 'Auto Mode keeps pods from it', sources: { ...shop, daemonSets: [], nodes: [node('a1', { 'eks.amazonaws.com/compute-type': 'auto' })] } },
    { name: "the host network is another finding, kube-system is EKS's", sources: { ...shop, deployments: [deployment('shop', 'agent', { hostNetwork: true }), deployment('kube-system', 'web')] } },
  ],
  fail: [
    { name: 'everywhere but there, and everywhere by IPv6, which pods have', sources: { ...shop, pods: [podAt('fd00::7')], networkPolicies: egress(everywhereBut(IMDS), { to: [{ ipBlock: { cidr: '::/0' } }] }) }, findings: [found] },
    {
      name: 'no policy',
      sources: shop,
      findings: [{ ...found, message: 'shop/web may fetch the credentials of its node: no policy limits its egress', cause: 'metadata service: no policy limits its egress' }],
    },
    { name: 'a policy for ingress alone', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'x', { policyTypes: ['Ingress'] })] }, findings: [found] },
    { name: 'everywhere but the VPC', sources: { ...shop, networkPolicies: egress(everywhereBut('10.0.0.0/8')) }, findings: [{ ...found, message: 'shop/web may fetch the credentials of its node: a policy lets it reach 169.254.169.254' }] },
    { name: 'left out in one rule and let in by another', sources: { ...shop, networkPolicies: egress(everywhereBut(IMDS), { to: [{ ipBlock: { cidr: '169.254.0.0/16' } }], ports: [{ port: 1, endPort: 1024 }] }) }, findings: [found] },
    { name: 'everybody on port 80', sources: { ...shop, networkPolicies: egress({ ports: [{ port: 80 }] }) }, findings: [found] },
    { name: 'denied by policies that nothing enforces', sources: { ...shop, daemonSets: [awsNode()], networkPolicies: [denyAll('shop')] }, findings: [{ ...found, message: 'shop/web may fetch the credentials of its node: its nodes enforce no policies' }] },
    { name: 'denied by AdminNetworkPolicy, which the VPC CNI does not read', sources: { ...shop, adminNetworkPolicies: [tier('', 'Deny')] }, findings: [found] },
    { name: "denied by EKS's policy, which another engine does not read", sources: { ...shop, daemonSets: [UPSTREAM], vpcCniConfig: [], eksClusterNetworkPolicies: [tier('Admin', 'Deny')] }, findings: [found] },
    { name: 'accepted above a policy that denies', sources: { ...shop, eksClusterNetworkPolicies: [tier('Admin', 'Accept')], networkPolicies: [denyAll('shop')] }, findings: [found] },
    { name: 'denied below a policy that lets it', sources: { ...shop, eksClusterNetworkPolicies: [tier('Baseline', 'Deny')], networkPolicies: egress({}) }, findings: [found] },
    { name: 'denied on another port', sources: { ...shop, eksClusterNetworkPolicies: [tier('Admin', 'Deny', { protocols: [{ tcp: { destinationPort: { number: 443 } } }] })] }, findings: [found] },
    { name: 'a Windows node enforces no policy', sources: { ...shop, deployments: [deployment('shop', 'web', { os: { name: 'windows' } })], networkPolicies: [denyAll('shop')] }, findings: [found] },
  ],
} satisfies CheckCases;
