import { podCertificateSigning } from '../../../lambda/checks/rbac/pod-certificate-signing.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, bindCluster, clusterRole, everywhere, role, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: podCertificateSigning,
  pass: [
    { name: 'status without a signer', sources: { ...everywhere(user('alice'), rule('update', 'certificates.k8s.io', 'podcertificaterequests/status')), kubernetesVersion: '1.36' } },
    { name: 'a signer in a RoleBinding, where it is inert', sources: { ...within('shop', user('alice'), rule('update', 'certificates.k8s.io', 'podcertificaterequests/status'), rule('sign', 'certificates.k8s.io', 'signers')), kubernetesVersion: '1.36' } },
    { name: 'requests that are made for oneself', sources: { ...everywhere(user('alice'), rule('create', 'certificates.k8s.io', 'podcertificaterequests'), rule('sign', 'certificates.k8s.io', 'signers')), kubernetesVersion: '1.36' } },
  ],
  fail: [
    {
      name: 'status in a namespace with a signer cluster-wide',
      sources: { ...{ clusterRoles: [clusterRole('signer', rule('sign', 'certificates.k8s.io', 'signers', 'example.com/*'))], clusterRoleBindings: [bindCluster('signer', 'signer', user('alice'))], roles: [role('shop', 'issuer', rule('update', 'certificates.k8s.io', 'podcertificaterequests/status'))], roleBindings: [bind('shop', 'issuer', 'Role issuer', user('alice'))] }, kubernetesVersion: '1.35' },
      findings: [
        { resource: subject('User alice'), key: 'pod-certificate-signing@shop', message: 'User alice may issue the certificates that pods in shop identify themselves by, by ClusterRoleBinding signer and 1 more', cause: 'ClusterRole signer + Role shop/issuer: pod-certificate-signing' },
      ],
    },
    {
      name: 'everywhere',
      sources: { ...everywhere(user('alice'), rule('patch', 'certificates.k8s.io', 'podcertificaterequests/status'), rule('sign', 'certificates.k8s.io', 'signers')), kubernetesVersion: '1.36' },
      findings: [
        { resource: subject('User alice'), key: 'pod-certificate-signing@cluster' },
      ],
    },
  ],
  notApplicable: [
    { name: 'before 1.35', sources: { ...everywhere(user('alice'), rule('update', 'certificates.k8s.io', 'podcertificaterequests/status'), rule('sign', 'certificates.k8s.io', 'signers')), kubernetesVersion: '1.34' } },
  ],
} satisfies CheckCases;
