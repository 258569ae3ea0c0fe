import { accessPolicyUnknown } from '../../../lambda/checks/identity/access-policy-unknown.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries, principal } from './identity-objects.ts';

export const cases = {
  check: accessPolicyUnknown,
  pass: [
    { name: 'documented', sources: entries({ principalArn: `${ROLE}ops`, policies: { AmazonEKSClusterAdminPolicy: [] } }) },
    { name: 'described', sources: entries({ principalArn: `${ROLE}ops`, policies: { AmazonEKSComputePolicy: [] } }) },
    { name: 'nodes of Auto Mode', sources: entries({ principalArn: `${ROLE}node`, type: 'EC2', policies: { AmazonEKSAutoNodePolicy: [] } }) },
  ],
  fail: [
    {
      name: 'a name that nobody knows, in some namespaces',
      sources: entries({ principalArn: `${ROLE}ops`, policies: { AmazonEKSNewPolicy: ['dev-*', 'a'] } }),
      findings: [
        {
          resource: principal('Role', `${ROLE}ops`),
          key: 'AmazonEKSNewPolicy',
          message: 'IAM role ops of account 111122223333 has access policy AmazonEKSNewPolicy in a, dev-*, and nothing is known of what it allows',
          cause: 'access policy AmazonEKSNewPolicy',
        },
      ],
    },
    {
      name: 'known by name alone, and the policy of Auto Mode for somebody else',
      sources: entries({ principalArn: `${ROLE}ops`, policies: { AmazonEKSSecretAdminPolicy: [], AmazonEKSAutoNodePolicy: [] } }),
      findings: [
        { resource: principal('Role', `${ROLE}ops`), key: 'AmazonEKSAutoNodePolicy' },
        { resource: principal('Role', `${ROLE}ops`), key: 'AmazonEKSSecretAdminPolicy' },
      ],
    },
  ],
  notApplicable: [{ name: 'aws-auth alone', sources: awsAuth({}) }],
} satisfies CheckCases;
