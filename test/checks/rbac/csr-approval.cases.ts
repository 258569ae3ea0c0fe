import { csrApproval } from '../../../lambda/checks/rbac/csr-approval.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: csrApproval,
  pass: [
    { name: 'approval without a signer', sources: everywhere(user('alice'), rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval')) },
    {
      name: 'a signer of its own',
      sources: everywhere(
        user('alice'),
        rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval'),
        rule('approve', 'certificates.k8s.io', 'signers', 'example.com/mine'),
      ),
    },
    {
      name: 'inert in a RoleBinding',
      sources: within(
        'shop',
        user('alice'),
        rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval'),
        rule('approve', 'certificates.k8s.io', 'signers'),
      ),
    },
  ],
  fail: [
    {
      name: 'for the signer of client certificates',
      sources: everywhere(
        user('alice'),
        rule('patch', 'certificates.k8s.io', 'certificatesigningrequests/approval'),
        rule('approve', 'certificates.k8s.io', 'signers', 'kubernetes.io/kube-apiserver-client'),
      ),
      findings: [
        {
          resource: subject('User alice'),
          key: 'csr-approval@cluster',
          message: 'User alice may approve certificates that name any user, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'for all signers of a domain',
      sources: everywhere(
        user('alice'),
        rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval'),
        rule('approve', 'certificates.k8s.io', 'signers', 'kubernetes.io/*'),
      ),
      findings: [{ resource: subject('User alice'), key: 'csr-approval@cluster' }],
    },
  ],
} satisfies CheckCases;
