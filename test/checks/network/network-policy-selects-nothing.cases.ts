import { networkPolicySelectsNothing } from '../../../lambda/checks/network/network-policy-selects-nothing.ts';
import type { CheckCases } from '../check-cases.ts';
import { deployment, networkPolicy, policyResource } from './objects.ts';

const policy = (podSelector: object) => ({ networkPolicies: [networkPolicy('shop', 'web', { podSelector })] });
const found = { resource: policyResource('shop', 'web'), key: 'selects-nothing', severity: 'low' } as const;
const called = (name: string) => ({ networkPolicies: [networkPolicy('shop', name, { podSelector: { matchLabels: { app: 'wbe' } } })] });
const web = { deployments: [deployment('shop', 'web')] };

export const cases = {
  check: networkPolicySelectsNothing,
  pass: [
    { name: 'a workload', sources: { ...web, ...policy({ matchLabels: { app: 'web' } }) } },
    { name: 'a pod of its own', sources: { pods: [{ metadata: { namespace: 'shop', name: 'p', labels: { app: 'web' } }, spec: { containers: [] } }], ...policy({ matchLabels: { app: 'web' } }) } },
    { name: 'the empty selector in an empty namespace', sources: policy({}) },
    { name: 'by what is absent', sources: { ...web, ...policy({ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }) } },
    { name: 'by one of several values', sources: { ...web, ...policy({ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }) } },
    { name: 'by the presence of a label', sources: { ...web, ...policy({ matchExpressions: [{ key: 'app', operator: 'Exists' }] }) } },
    { name: 'one pod, by a label that its controller puts on it', sources: { ...web, ...policy({ matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } }) } },
  ],
  fail: [
    {
      name: 'a label that nothing has',
      sources: { ...web, ...policy({ matchLabels: { app: 'wbe' } }) },
      findings: [{ ...found, message: 'NetworkPolicy shop/web selects no workload of shop', cause: 'NetworkPolicy shop/web: selects nothing' }],
    },
    { name: 'one that is called a denial', sources: { ...web, ...called('web.default-deny') }, findings: [{ ...found, resource: policyResource('shop', 'web.default-deny'), severity: 'medium' }] },
    { name: 'one whose name only holds the letters', sources: { ...web, ...called('sydenyards') }, findings: [{ ...found, resource: policyResource('shop', 'sydenyards') }] },
    { name: 'a workload of another namespace', sources: { deployments: [deployment('prod', 'web')], ...policy({ matchLabels: { app: 'web' } }) }, findings: [found] },
    { name: 'one of two labels', sources: { ...web, ...policy({ matchLabels: { app: 'web', tier: 'front' } }) }, findings: [found] },
    { name: 'a name that every object has from JavaScript', sources: { ...web, ...policy({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }) }, findings: [found] },
    { name: 'an operator that there is not', sources: { ...web, ...policy({ matchExpressions: [{ key: 'app', operator: 'Like', values: ['web'] }] }) }, findings: [found] },
  ],
} satisfies CheckCases;
