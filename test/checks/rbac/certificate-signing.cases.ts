import { certificateSigning } from '../../../lambda/checks/rbac/certificate-signing.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: certificateSigning,
  pass: [
    { name: 'a signer without signing requests', sources: everywhere(user('alice'), rule('sign', 'certificates.k8s.io', 'signers')) },
    { name: 'approval, which is another right', sources: everywhere(user('alice'), rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval'), rule('approve,attest', 'certificates.k8s.io', 'signers')) },
    { name: 'the requests themselves without their status', sources: everywhere(user('alice'), rule('update', 'certificates.k8s.io', 'certificatesigningrequests'), rule('sign', 'certificates.k8s.io', 'signers')) },
    { name: 'inert in a RoleBinding', sources: within('shop', user('alice'), rule('update', 'certificates.k8s.io', 'certificatesigningrequests/status,clustertrustbundles'), rule('sign', 'certificates.k8s.io', 'signers')) },
    { name: 'one trust bundle by name, and creation by a name that a creation has not', sources: everywhere(user('alice'), rule('create,update', 'certificates.k8s.io', 'clustertrustbundles', 'mine')) },
  ],
  fail: [
    {
      name: 'status with a signer of its own',
      sources: everywhere(user('alice'), rule('patch', 'certificates.k8s.io', 'certificatesigningrequests/status'), rule('sign', 'certificates.k8s.io', 'signers', 'example.com/mine')),
      findings: [
        { resource: subject('User alice'), key: 'csr-signing@cluster', severity: 'medium', message: 'User alice may put certificates of its own making into signing requests, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'trust bundles',
      sources: everywhere(user('alice'), rule('create', 'certificates.k8s.io', 'clustertrustbundles')),
      findings: [
        { resource: subject('User alice'), key: 'trust-bundle-write@cluster', message: 'User alice may decide which certificate authorities pods trust, by ClusterRoleBinding ops', cause: 'ClusterRole ops: trust-bundle-write' },
      ],
    },
  ],
} satisfies CheckCases;
