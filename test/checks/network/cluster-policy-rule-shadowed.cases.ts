import { clusterPolicyRuleShadowed } from '../../../lambda/checks/network/cluster-policy-rule-shadowed.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterPolicy, clusterPolicyResource } from './objects.ts';

const everybody = [{ namespaces: {} }];
const monitoring = [{ namespaces: { matchLabels: { team: 'monitoring' } } }];
const upstream = (spec: object) => ({ clusterNetworkPolicies: [clusterPolicy('p', spec)] });
const resource = { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', name: 'p' };
const deny = { action: 'Deny', from: everybody };

export const cases = {
  check: clusterPolicyRuleShadowed,
  pass: [
    { name: 'the narrower rule first', sources: upstream({ ingress: [{ action: 'Accept', from: monitoring }, deny] }) },
    { name: 'the wider one for one port', sources: upstream({ ingress: [{ ...deny, protocols: [{ tcp: { destinationPort: { number: 22 } } }] }, { action: 'Accept', from: monitoring }] }) },
    { name: 'another namespace', sources: upstream({ ingress: [{ action: 'Deny', from: [{ namespaces: { matchLabels: { team: 'test' } } }] }, { action: 'Accept', from: monitoring }] }) },
    { name: 'domains, of which nobody knows whom they mean', sources: upstream({ egress: [{ action: 'Accept', to: [{ domainNames: ['a.example.com'] }] }, { action: 'Accept', to: [{ domainNames: ['b.example.com'] }] }] }) },
    { name: "in EKS's kind by its order of actions, which is another finding", sources: { eksClusterNetworkPolicies: [clusterPolicy('p', { ingress: [{ action: 'Accept', from: monitoring }, deny] })] } },
  ],
  fail: [
    {
      name: 'everybody is decided about',
      sources: upstream({ ingress: [deny, { action: 'Accept', from: monitoring }] }),
      findings: [{ resource, key: 'ingress', message: 'ClusterNetworkPolicy p has ingress rules about which earlier ones have decided', cause: 'ClusterNetworkPolicy p: ingress rules shadowed' }],
    },
    { name: 'the same peers and ports again', sources: upstream({ ingress: [{ action: 'Accept', from: monitoring }, { action: 'Deny', from: monitoring }] }), findings: [{ resource, key: 'ingress' }] },
    { name: 'a block within two others', sources: upstream({ egress: [{ action: 'Accept', to: [{ networks: ['10.0.0.0/9', '10.128.0.0/9'] }] }, { action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] }] }), findings: [{ resource, key: 'egress' }] },
    { name: "in EKS's kind as written", sources: { eksClusterNetworkPolicies: [clusterPolicy('p', { ingress: [deny, { action: 'Accept', from: monitoring }] })] }, findings: [{ resource: clusterPolicyResource('p'), key: 'ingress' }] },
  ],
} satisfies CheckCases;
