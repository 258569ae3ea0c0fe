import { accessPolicyPrivileged } from '../../../lambda/checks/identity/access-policy-privileged.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries, principal } from './identity-objects.ts';

const given = (policies: Record<string, readonly string[]>) => entries({ principalArn: `${ROLE}ops`, policies });
const ops = principal('Role', `${ROLE}ops`);

export const cases = {
  check: accessPolicyPrivileged,
  pass: [
    { name: 'groups alone', sources: entries({ principalArn: `${ROLE}ops`, groups: ['ops'] }) },
    { name: 'View, everywhere', sources: given({ AmazonEKSViewPolicy: [] }) },
    { name: 'Edit, in namespaces of applications', sources: given({ AmazonEKSEditPolicy: ['shop', 'dev-*'] }) },
    { name: 'Admin, in a namespace that is called almost like one of the system', sources: given({ AmazonEKSAdminPolicy: ['kube-systems', 'my-kube-*'] }) },
    { name: 'a policy of which nothing is known is another fault', sources: given({ AmazonEKSNewPolicy: [] }) },
    { name: 'leases, as AWS describes it', sources: given({ AmazonEKSNetworkingPolicy: [] }) },
  ],
  fail: [
    {
      name: 'cluster-admin, which contains all else',
      sources: given({ AmazonEKSClusterAdminPolicy: [], AmazonEKSEditPolicy: [], AmazonEKSAdminPolicy: ['kube-system'] }),
      findings: [
        {
          resource: ops,
          key: 'cluster-admin@cluster',
          message: 'IAM role ops of account 111122223333 is cluster-admin, by access policy AmazonEKSClusterAdminPolicy',
          cause: 'access policy AmazonEKSClusterAdminPolicy: cluster-admin',
        },
      ],
    },
    { name: 'reading everything is no less', sources: given({ AmazonEKSAdminViewPolicy: [] }), findings: [{ resource: ops, key: 'read-all@cluster' }] },
    { name: 'Edit everywhere', sources: given({ AmazonEKSEditPolicy: [] }), findings: [{ resource: ops, key: 'namespace-edit@cluster' }] },
    { name: 'all Secrets', sources: given({ AmazonEKSSecretReaderPolicy: [] }), findings: [{ resource: ops, key: 'secrets-read@cluster' }] },
    {
      name: 'a pattern with a namespace of the system in it, Identity Center without its suffix',
      sources: entries({ principalArn: `${ROLE}aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef`, policies: { AmazonEKSEditPolicy: ['kube-*'] } }),
      findings: [
        {
          resource: principal('Role', `${ROLE}aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops`),
          key: 'namespace-edit@kube-system',
          message: 'IAM role aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops of account 111122223333 may run any workload and take or change any Secret in kube-system, by access policy AmazonEKSEditPolicy',
        },
      ],
    },
    {
      name: 'at least, where AWS only describes it',
      sources: given({ AmazonEKSBlockStorageClusterPolicy: [] }),
      findings: [
        { resource: ops, key: 'persistent-volume-create@cluster', severity: 'high' },
        { resource: ops, key: 'storage-write@cluster', severity: 'medium' },
      ],
    },
  ],
  notApplicable: [{ name: 'aws-auth alone', sources: awsAuth({}) }],
} satisfies CheckCases;
