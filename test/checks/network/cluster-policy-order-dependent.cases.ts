import { clusterPolicyOrderDependent } from '../../../lambda/checks/network/cluster-policy-order-dependent.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterPolicy, clusterPolicyResource } from './objects.ts';

const everybody = [{ namespaces: {} }];
const monitoring = [{ namespaces: { matchLabels: { team: 'monitoring' } } }];
const policies = (spec: object) => ({ eksClusterNetworkPolicies: [clusterPolicy('p', spec)] });
const found = { resource: clusterPolicyResource('p'), key: 'ingress' };
const accept = { action: 'Accept', from: monitoring };
const deny = { action: 'Deny', from: everybody };

export const cases = {
  check: clusterPolicyOrderDependent,
  pass: [
    { name: 'the denial first', sources: policies({ ingress: [deny, accept] }) },
    { name: 'a denial of others', sources: policies({ ingress: [accept, { action: 'Deny', from: [{ namespaces: { matchLabels: { team: 'test' } } }] }] }) },
    { name: 'a denial of one port for everybody', sources: policies({ ingress: [{ ...accept, ports: [{ portNumber: { port: 9090 } }] }, { ...deny, ports: [{ portNumber: { port: 22 } }] }] }) },
    { name: 'addresses elsewhere', sources: policies({ egress: [{ action: 'Accept', to: [{ networks: ['10.0.0.0/8'] }] }, { action: 'Deny', to: [{ networks: ['192.168.0.0/16'] }] }] }) },
    { name: "upstream's kind keeps the order", sources: { clusterNetworkPolicies: [clusterPolicy('p', { ingress: [accept, deny] })] } },
  ],
  fail: [
    {
      name: 'some are let in, then everybody is denied',
      sources: policies({ ingress: [accept, deny] }),
      findings: [{ ...found, message: 'ClusterNetworkPolicy p denies for ingress what it lets through before, and EKS looks at the denial alone', cause: 'ClusterNetworkPolicy p: ingress by order' }],
    },
    { name: 'the same for Pass', sources: policies({ ingress: [{ ...accept, action: 'Pass' }, deny] }), findings: [found] },
    { name: 'the same peer and port', sources: policies({ ingress: [{ ...accept, ports: [{ portNumber: { port: 22 } }] }, { ...accept, action: 'Deny', ports: [{ portNumber: { port: 22 } }] }] }), findings: [found] },
    {
      name: 'addresses among those denied',
      sources: policies({ egress: [{ action: 'Accept', to: [{ networks: ['10.1.0.0/16'] }] }, { action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] }] }),
      findings: [{ resource: clusterPolicyResource('p'), key: 'egress' }],
    },
  ],
} satisfies CheckCases;
