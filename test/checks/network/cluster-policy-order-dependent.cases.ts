import { clusterPolicyOrderDependent } from '../../../lambda/checks/network/cluster-policy-order-dependent.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterPolicy, clusterPolicyResource } from './objects.ts';

const everybody = [{ namespaces: {} }];
const monitoring = [{ namespaces: { matchLabels: { team: 'monitoring' } } }];
const policies = (spec: object) => ({ eksClusterNetworkPolicies: [clusterPolicy('p', spec)] });
const found = { resource: clusterPolicyResource('p'), key: 'ingress' };
const accept = { action: 'Accept', from: monitoring };
const deny = { action: 'Deny', from: everybody };

const two = (first: object, second: object, kind = 'eksClusterNetworkPolicies') => ({ [kind]: [clusterPolicy('p', first), clusterPolicy('q', second)] });
const forWeb = (app: string) => ({ subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app } } } } });
const tied = { ...found, key: 'ingress/priority' };

export const cases = {
  check: clusterPolicyOrderDependent,
  pass: [
    { name: 'the denial first', sources: policies({ ingress: [deny, accept] }) },
    { name: 'a denial of others', sources: policies({ ingress: [accept, { action: 'Deny', from: [{ namespaces: { matchLabels: { team: 'test' } } }] }] }) },
    { name: 'a denial of one port for everybody', sources: policies({ ingress: [{ ...accept, ports: [{ portNumber: { port: 9090 } }] }, { ...deny, ports: [{ portNumber: { port: 22 } }] }] }) },
    { name: 'addresses elsewhere', sources: policies({ egress: [{ action: 'Accept', to: [{ networks: ['10.0.0.0/8'] }] }, { action: 'Deny', to: [{ networks: ['192.168.0.0/16'] }] }] }) },
    { name: 'a denial by a policy of another priority', sources: two({ ingress: [accept] }, { ingress: [deny], priority: 11 }) },
    { name: 'a denial by a policy of the other tier', sources: two({ ingress: [accept] }, { ingress: [deny], tier: 'Baseline' }) },
    { name: 'a denial of the same priority for other pods', sources: two({ ingress: [accept], ...forWeb('web') }, { ingress: [deny], ...forWeb('db') }) },
    { name: 'a denial of the same priority in the other direction', sources: two({ ingress: [accept] }, { egress: [{ action: 'Deny', to: everybody }] }) },
    { name: 'a denial of the same priority and other ports', sources: two({ ingress: [{ ...accept, ports: [{ portNumber: { port: 9090 } }] }] }, { ingress: [{ ...deny, ports: [{ portNumber: { port: 22 } }] }] }) },
    { name: "upstream's kind, for which equal priorities are undefined", sources: two({ ingress: [accept] }, { ingress: [deny] }, 'clusterNetworkPolicies') },
    { name: "upstream's kind keeps the order", sources: { clusterNetworkPolicies: [clusterPolicy('p', { ingress: [accept, deny] })] } },
  ],
  fail: [
    {
      name: 'some are let in, then everybody is denied',
      sources: policies({ ingress: [accept, deny] }),
      findings: [{ ...found, message: 'ClusterNetworkPolicy p denies for ingress what it lets through before, and EKS looks at the denial alone', cause: 'ClusterNetworkPolicy p: ingress by order' }],
    },
    {
      name: 'a denial of everybody by a policy of the same priority',
      sources: two({ ingress: [accept] }, { ingress: [deny] }),
      findings: [{ ...tied, message: 'ClusterNetworkPolicy p lets through for ingress what ClusterNetworkPolicy q of the same priority denies, and the denial wins', cause: 'ClusterNetworkPolicy p: ingress by a priority that two share' }],
    },
    { name: 'a denial of the same priority for some of its pods', sources: two({ ingress: [accept] }, { ingress: [deny], ...forWeb('db') }), findings: [tied] },
    { name: 'a denial of the same priority for the same pods and peer', sources: two({ ingress: [accept], ...forWeb('web') }, { ingress: [{ ...accept, action: 'Deny' }], ...forWeb('web') }), findings: [tied] },
    { name: 'a Pass of addresses, and a denial of all by a policy of the same priority', sources: two({ egress: [{ action: 'Pass', to: [{ networks: ['10.0.0.0/8'] }] }] }, { egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }] }), findings: [{ ...tied, key: 'egress/priority' }] },
    { name: 'the same for Pass', sources: policies({ ingress: [{ ...accept, action: 'Pass' }, deny] }), findings: [found] },
    { name: 'the same peer and port', sources: policies({ ingress: [{ ...accept, ports: [{ portNumber: { port: 22 } }] }, { ...accept, action: 'Deny', ports: [{ portNumber: { port: 22 } }] }] }), findings: [found] },
    {
      name: 'addresses among those denied',
      sources: policies({ egress: [{ action: 'Accept', to: [{ networks: ['10.1.0.0/16'] }] }, { action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] }] }),
      findings: [{ resource: clusterPolicyResource('p'), key: 'egress' }],
    },
  ],
} satisfies CheckCases;
