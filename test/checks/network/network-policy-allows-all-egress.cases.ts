import { networkPolicyAllowsAllEgress } from '../../../lambda/checks/network/network-policy-allows-all-egress.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const policy = (spec: object) => ({ networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], ...spec })] });
const found = { resource: policyResource('shop', 'web'), key: 'egress' };

export const cases = {
  check: networkPolicyAllowsAllEgress,
  pass: [
    { name: 'no rules: nothing is let through', sources: policy({}) },
    { name: 'an empty list of rules', sources: policy({ egress: [] }) },
    { name: 'everybody on one port', sources: policy({ egress: [{ ports: [{ port: 443 }] }] }) },
    { name: 'every pod of the own namespace', sources: policy({ egress: [{ to: [{ podSelector: {} }] }] }) },
    { name: 'one namespace', sources: policy({ egress: [{ to: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }] }) },
    { name: 'every namespace, for certain pods', sources: policy({ egress: [{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'x' } } }] }] }) },
    { name: 'a rule that counts for nothing, as its type is not listed', sources: policy({ policyTypes: ['Ingress'], egress: [{}] }) },
    { name: 'the other direction', sources: policy({ policyTypes: ['Ingress'], ingress: [{}] }) },
  ],
  fail: [
    {
      name: 'the empty rule',
      sources: policy({ egress: [{}] }),
      findings: [{ ...found, message: 'NetworkPolicy shop/web lets its pods connect to everything on every port', cause: 'NetworkPolicy shop/web: allows all egress' }],
    },
    { name: 'empty lists mean the same as none', sources: policy({ egress: [{ to: [], ports: [] }] }), findings: [found] },
    { name: 'beside a narrow rule', sources: policy({ egress: [{ to: [{ podSelector: {} }] }, {}] }), findings: [found] },
    { name: 'every pod of every namespace', sources: policy({ egress: [{ to: [{ namespaceSelector: {} }] }] }), findings: [found] },
    { name: 'the same with an empty podSelector and empty lists', sources: policy({ egress: [{ to: [{ namespaceSelector: { matchLabels: {} }, podSelector: { matchExpressions: [] } }] }] }), findings: [found] },
    { name: 'types by default', sources: policy({ policyTypes: [], egress: [{}] }), findings: [found] },
    {
      name: "an ApplicationNetworkPolicy of EKS's",
      sources: { applicationNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] } }] },
      findings: [{ resource: { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ApplicationNetworkPolicy', namespace: 'shop', name: 'web' }, key: 'egress' }],
    },
  ],
} satisfies CheckCases;
