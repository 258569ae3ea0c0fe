import { networkPolicyWrite } from '../../../lambda/checks/rbac/network-policy-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: networkPolicyWrite,
  pass: [
    { name: 'reading', sources: within('shop', user('alice'), rule('get,list', 'networking.k8s.io', 'networkpolicies')) },
    { name: 'one policy by name', sources: within('shop', user('alice'), rule('patch', 'networking.k8s.io', 'networkpolicies', 'web')) },
    {
      name: 'policies of the cluster are inert in a RoleBinding',
      sources: within('shop', user('alice'), rule('delete', 'policy.networking.k8s.io', 'adminnetworkpolicies')),
    },
  ],
  fail: [
    {
      name: 'in a namespace',
      sources: within('shop', user('alice'), rule('delete', 'networking.k8s.io', 'networkpolicies')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'network-policy-write@shop',
          severity: 'medium',
          message: 'User alice may change or remove network policies in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'of the cluster',
      sources: everywhere(user('alice'), rule('create', 'policy.networking.k8s.io', 'clusternetworkpolicies')),
      findings: [{ resource: subject('User alice'), key: 'network-policy-write@cluster' }],
    },
    {
      name: "EKS's own kind, in kube-system",
      sources: within('kube-system', user('alice'), rule('create', 'networking.k8s.aws', 'applicationnetworkpolicies')),
      findings: [{ resource: subject('User alice'), key: 'network-policy-write@kube-system' }],
    },
  ],
} satisfies CheckCases;
