import { clusterPolicyOverridesNetworkPolicy } from '../../../lambda/checks/network/cluster-policy-overrides-network-policy.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterPolicy, clusterPolicyResource, denyAll, deployment, namespace, networkPolicy } from './objects.ts';

const shop = { namespaces: [namespace('shop'), namespace('prod')], deployments: [deployment('shop', 'web')], networkPolicies: [denyAll('shop')] };
const everybody = [{ action: 'Accept', from: [{ namespaces: {} }] }];
const policies = (...specs: object[]) => ({ ...shop, eksClusterNetworkPolicies: specs.map((spec, at) => clusterPolicy(`p${at}`, { priority: at, ...spec })) });
const found = { resource: clusterPolicyResource('p0'), key: 'ingress' };

export const cases = {
  check: clusterPolicyOverridesNetworkPolicy,
  pass: [
    { name: 'some may always come', sources: policies({ ingress: [{ action: 'Accept', from: [{ namespaces: { matchLabels: { team: 'monitoring' } } }] }] }) },
    { name: 'everybody may, on one port', sources: policies({ ingress: [{ ...everybody[0], ports: [{ portNumber: { port: 9090 } }] }] }) },
    { name: 'over a namespace that closes nothing', sources: policies({ subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'prod' } } }, ingress: everybody }) },
    { name: 'over one that isolates in the other direction', sources: { ...policies({ ingress: everybody }), networkPolicies: [networkPolicy('shop', 'out', { policyTypes: ['Egress'] })] } },
    { name: 'Pass leaves it to them', sources: policies({ ingress: [{ ...everybody[0], action: 'Pass' }] }) },
    { name: 'in the Baseline tier, which stands below', sources: policies({ tier: 'Baseline', ingress: everybody }) },
    { name: 'behind a policy that denies everything', sources: policies({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] }, { ingress: everybody }) },
  ],
  fail: [
    {
      name: 'everybody, on every port',
      sources: policies({ ingress: everybody }),
      findings: [{ ...found, message: 'ClusterNetworkPolicy p0 lets everybody through for ingress, whatever the policies of shop say', cause: 'ClusterNetworkPolicy p0: overrides ingress' }],
    },
    { name: 'to all addresses', sources: policies({ egress: [{ action: 'Accept', to: [{ networks: ['0.0.0.0/0'] }] }] }), findings: [{ ...found, key: 'egress' }] },
  ],
} satisfies CheckCases;
