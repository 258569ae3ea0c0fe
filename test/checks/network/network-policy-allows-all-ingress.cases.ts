import { networkPolicyAllowsAllIngress } from '../../../lambda/checks/network/network-policy-allows-all-ingress.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const policy = (spec: object) => ({ networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Ingress'], ...spec })] });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyAllowsAllIngress,
  pass: [
    { name: 'no rules: nothing is let through', sources: policy({}) },
    { name: 'an empty list of rules', sources: policy({ ingress: [] }) },
    { name: 'everybody on one port', sources: policy({ ingress: [{ ports: [{ port: 443 }] }] }) },
    { name: 'every pod of the own namespace', sources: policy({ ingress: [{ from: [{ podSelector: {} }] }] }) },
    { name: 'one namespace', sources: policy({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }] }) },
    { name: 'every namespace, for certain pods', sources: policy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'x' } } }] }] }) },
    { name: 'a rule that counts for nothing, as its type is not listed', sources: policy({ policyTypes: ['Egress'], ingress: [{}] }) },
    { name: 'the other direction', sources: policy({ policyTypes: ['Egress'], egress: [{}] }) },
  ],
  fail: [
    {
      name: 'the empty rule',
      sources: policy({ ingress: [{}] }),
      findings: [{ ...found, message: 'NetworkPolicy shop/web admits everybody on every port', cause: 'NetworkPolicy shop/web: allows all ingress' }],
    },
    { name: 'empty lists mean the same as none', sources: policy({ ingress: [{ from: [], ports: [] }] }), findings: [found] },
    { name: 'beside a narrow rule', sources: policy({ ingress: [{ from: [{ podSelector: {} }] }, {}] }), findings: [found] },
    { name: 'every pod of every namespace', sources: policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] }), findings: [found] },
    { name: 'the same with an empty podSelector and empty lists', sources: policy({ ingress: [{ from: [{ namespaceSelector: { matchLabels: {} }, podSelector: { matchExpressions: [] } }] }] }), findings: [found] },
    { name: 'types by default', sources: policy({ policyTypes: [], ingress: [{}] }), findings: [found] },
    {
      name: "an ApplicationNetworkPolicy of EKS's",
      sources: { applicationNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] } }] },
      findings: [{ resource: { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ApplicationNetworkPolicy', namespace: 'shop', name: 'web' }, key: 'ingress' }],
    },
  ],
} satisfies CheckCases;
