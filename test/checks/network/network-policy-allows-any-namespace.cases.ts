import { networkPolicyAllowsAnyNamespace } from '../../../lambda/checks/network/network-policy-allows-any-namespace.ts';
import type { CheckCases } from '../check-cases.ts';
import { networkPolicy, policyResource } from './objects.ts';

const ports = [{ port: 8080 }];
const policy = (...rules: object[]) => ({ networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Ingress', 'Egress'], ingress: rules })] });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyAllowsAnyNamespace,
  pass: [
    { name: 'a namespace by name', sources: policy({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'prod' } } }], ports }) },
    { name: 'namespaces that carry a label', sources: policy({ from: [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }], ports }) },
    { name: 'pods of the own namespace', sources: policy({ from: [{ podSelector: {} }], ports }) },
    { name: 'on every port is a graver finding', sources: policy({ from: [{ namespaceSelector: {} }] }) },
    { name: 'egress to DNS wherever it runs', sources: { networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53 }] }] })] } },
  ],
  fail: [
    {
      name: 'an empty namespaceSelector',
      sources: policy({ from: [{ namespaceSelector: {} }], ports }),
      findings: [{ ...found, message: 'NetworkPolicy shop/web admits the pods of every namespace', cause: 'NetworkPolicy shop/web: admits every namespace' }],
    },
    { name: 'a label that every namespace has', sources: policy({ from: [{ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'Exists' }] } }], ports }), findings: [found] },
    { name: 'the second peer of the second rule', sources: policy({ from: [{ podSelector: {} }] }, { from: [{ podSelector: {} }, { namespaceSelector: {}, podSelector: {} }], ports }), findings: [found] },
    {
      name: 'pods with a label, which anybody can set',
      sources: policy({ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'prometheus' } } }], ports }),
      findings: [{ ...found, severity: 'low', message: 'NetworkPolicy shop/web admits pods with the right labels of every namespace' }],
    },
  ],
} satisfies CheckCases;
