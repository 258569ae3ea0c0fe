import { baselinePolicyBypassed } from '../../../lambda/checks/network/baseline-policy-bypassed.ts';
import type { CheckCases } from '../check-cases.ts';
import { CALICO, clusterPolicy, clusterPolicyResource, denyAll, deployment, ENFORCED, namespace, networkPolicy } from './objects.ts';

const baseline = (spec: object = {}) => ({ eksClusterNetworkPolicies: [clusterPolicy('base', { tier: 'Baseline', egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }], ...spec })] });
const shop = { ...ENFORCED, namespaces: [namespace('shop')], deployments: [deployment('shop', 'web')] };
const inOnly = { networkPolicies: [networkPolicy('shop', 'web', { podSelector: { matchLabels: { app: 'web' } } })] };

export const cases = {
  check: baselinePolicyBypassed,
  pass: [
    { name: 'isolated both ways', sources: { ...shop, ...baseline(), networkPolicies: [denyAll('shop')] } },
    { name: 'not isolated at all: the Baseline is asked', sources: { ...shop, ...baseline() } },
    { name: 'a denial in the direction that is isolated', sources: { ...shop, ...inOnly, ...baseline({ egress: [], ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] }) } },
    { name: 'in the Admin tier', sources: { ...shop, ...inOnly, ...baseline({ tier: 'Admin' }) } },
    { name: 'a subject that it is not', sources: { ...shop, ...inOnly, ...baseline({ subject: { pods: { podSelector: { matchLabels: { app: 'db' } } } } }) } },
    { name: 'under Calico', sources: { ...shop, ...inOnly, ...baseline(), vpcCniConfig: [], daemonSets: [CALICO] } },
  ],
  fail: [
    {
      name: 'isolated for ingress alone',
      sources: { ...shop, ...inOnly, ...baseline() },
      findings: [
        {
          resource: clusterPolicyResource('base'),
          key: 'egress',
          message: 'ClusterNetworkPolicy base denies egress, and by its source the VPC CNI does not ask it about shop/web',
          cause: 'ClusterNetworkPolicy base: egress bypassed',
        },
      ],
    },
  ],
} satisfies CheckCases;
