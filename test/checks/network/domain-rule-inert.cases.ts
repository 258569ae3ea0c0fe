import { domainRuleInert } from '../../../lambda/checks/network/domain-rule-inert.ts';
import type { CheckCases } from '../check-cases.ts';
import { AUTO_NODE, clusterPolicy, clusterPolicyResource, node } from './objects.ts';

const to = [{ domainNames: ['api.example.com'] }];
const application = { applicationNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to }] } }] };
const cluster = { eksClusterNetworkPolicies: [clusterPolicy('names', { egress: [{ action: 'Accept', to }] })] };
const linux = { nodes: [node('n1')] };

export const cases = {
  check: domainRuleInert,
  pass: [
    { name: 'Auto Mode looks at them', sources: { ...application, nodes: [AUTO_NODE] } },
    { name: 'Auto Mode beside others: which pods run where is not asked', sources: { ...cluster, nodes: [AUTO_NODE, node('n1')] } },
    { name: 'rules by address', sources: { ...linux, applicationNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] } }] } },
    { name: 'no nodes', sources: application },
  ],
  fail: [
    {
      name: 'an ApplicationNetworkPolicy',
      sources: { ...linux, ...application },
      findings: [
        {
          resource: { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ApplicationNetworkPolicy', namespace: 'shop', name: 'web' },
          key: 'egress',
          message: 'ApplicationNetworkPolicy shop/web has egress rules by domain name, and there are Linux nodes alone, which do not look at them',
          cause: 'ApplicationNetworkPolicy shop/web: rules by domain name without Auto Mode',
        },
      ],
    },
    { name: 'a ClusterNetworkPolicy of EKS', sources: { ...linux, ...cluster }, findings: [{ resource: clusterPolicyResource('names'), key: 'egress' }] },
  ],
} satisfies CheckCases;
