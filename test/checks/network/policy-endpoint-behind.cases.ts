import { policyEndpointBehind } from '../../../lambda/checks/network/policy-endpoint-behind.ts';
import type { CheckCases } from '../check-cases.ts';
import { AUTO_NODE, CALICO, clusterPolicy, clusterPolicyResource, denyAll, ENFORCED, networkPolicy, node, policyResource, vpcCniConfig } from './objects.ts';

const web = { matchLabels: { app: 'web' } };
const policy = networkPolicy('shop', 'web', { podSelector: web, policyTypes: ['Ingress', 'Egress'] });
const written = (name: string, spec: object = {}) => ({
  metadata: { namespace: 'shop', name: `${name}-x7k2p` },
  spec: { policyRef: { namespace: 'shop', name }, podSelector: web, podIsolation: ['Ingress', 'Egress'], ...spec },
});
const writtenForCluster = (name: string, spec: object = {}) => ({ metadata: { name: `${name}-x7k2p` }, spec: { policyRef: { name }, tier: 'Admin', priority: 10, ...spec } });
const application = { metadata: { namespace: 'shop', name: 'web' }, spec: { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Egress'] } };
const found = (name: string, key: string) => ({ resource: policyResource('shop', name), key });
const deny = clusterPolicy('deny', {});

export const cases = {
  check: policyEndpointBehind,
  pass: [
    { name: 'what is written is what the policy says', sources: { ...ENFORCED, networkPolicies: [policy], policyEndpoints: [written('web')] } },
    { name: 'in pieces, directions in another order', sources: { ...ENFORCED, networkPolicies: [policy], policyEndpoints: [written('web', { podIsolation: ['Egress', 'Ingress'] }), written('web')] } },
    { name: 'selectors of the same meaning', sources: { ...ENFORCED, networkPolicies: [denyAll('shop')], policyEndpoints: [written('deny-all', { podSelector: { matchLabels: {}, matchExpressions: [] } })] } },
    { name: 'a NetworkPolicy and an ApplicationNetworkPolicy of one name', sources: { ...ENFORCED, networkPolicies: [policy], applicationNetworkPolicies: [application], policyEndpoints: [written('web'), written('web', { podSelector: { matchLabels: { app: 'api' } }, podIsolation: ['Egress'] })] } },
    { name: 'an ordinary cluster policy', sources: { ...ENFORCED, eksClusterNetworkPolicies: [deny], clusterPolicyEndpoints: [writtenForCluster('deny')] } },
    { name: 'another engine, which writes none', sources: { nodes: [node('n1')], daemonSets: [CALICO], networkPolicies: [policy] } },
    { name: 'an engine that is off is another finding', sources: { nodes: [AUTO_NODE], vpcCniConfig: [vpcCniConfig('false')], networkPolicies: [policy] } },
    { name: 'upstream’s cluster policies, which the VPC CNI does not read', sources: { ...ENFORCED, clusterNetworkPolicies: [deny] } },
  ],
  fail: [
    { name: 'nothing is written', sources: { ...ENFORCED, networkPolicies: [policy] }, findings: [{ ...found('web', 'missing'), message: 'NetworkPolicy shop/web is enforced nowhere: the controller has written nothing for it' }] },
    { name: 'nothing is written in Auto Mode', sources: { nodes: [AUTO_NODE], vpcCniConfig: [vpcCniConfig('true')], networkPolicies: [policy] }, findings: [found('web', 'missing')] },
    {
      name: 'an earlier selector',
      sources: { ...ENFORCED, networkPolicies: [policy], policyEndpoints: [written('web', { podSelector: { matchLabels: { app: 'old' } } })] },
      findings: [{ ...found('web', 'stale'), message: 'An earlier NetworkPolicy shop/web is enforced: what the controller has written differs in podSelector' }],
    },
    { name: 'earlier directions', sources: { ...ENFORCED, networkPolicies: [policy], policyEndpoints: [written('web', { podIsolation: ['Ingress'] })] }, findings: [found('web', 'stale')] },
    { name: 'one piece of two', sources: { ...ENFORCED, networkPolicies: [policy], policyEndpoints: [written('web'), written('web', { podIsolation: ['Egress'] })] }, findings: [found('web', 'stale')] },
    { name: 'the policy is gone', sources: { ...ENFORCED, policyEndpoints: [written('old')] }, findings: [{ ...found('old', 'orphaned'), message: 'NetworkPolicy shop/old is gone, and is enforced as it was' }] },
    { name: 'nothing is written for a cluster policy', sources: { ...ENFORCED, eksClusterNetworkPolicies: [deny] }, findings: [{ resource: clusterPolicyResource('deny'), key: 'missing' }] },
    { name: 'an earlier priority of a cluster policy', sources: { ...ENFORCED, eksClusterNetworkPolicies: [deny], clusterPolicyEndpoints: [writtenForCluster('deny', { priority: 11 })] }, findings: [{ resource: clusterPolicyResource('deny'), key: 'stale' }] },
  ],
} satisfies CheckCases;
