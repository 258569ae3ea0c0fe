import { iamUserPrincipal } from '../../../lambda/checks/identity/iam-user-principal.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries, principal } from './identity-objects.ts';

const USER = 'arn:aws:iam::111122223333:user/svc/jenkins';

export const cases = {
  check: iamUserPrincipal,
  pass: [
    { name: 'a role under mapUsers is a role', sources: awsAuth({ mapUsers: `- userarn: ${ROLE}ops` }) },
    { name: 'roles', sources: entries({ principalArn: `${ROLE}user/ops` }) },
  ],
  fail: [
    {
      name: 'a user under mapRoles is a user',
      sources: awsAuth({ mapRoles: `- rolearn: ${USER}` }),
      findings: [{ resource: principal('User', USER), key: 'iam-user', message: 'IAM user svc/jenkins of account 111122223333 may sign in, by aws-auth', cause: 'IAM user' }],
    },
    {
      name: 'the root user, by an entry',
      sources: entries({ principalArn: 'arn:aws:iam::111122223333:root' }),
      findings: [{ resource: principal('Root', 'arn:aws:iam::111122223333:root'), key: 'iam-user', message: 'the root user of account 111122223333 may sign in, by an access entry', cause: 'root user' }],
    },
  ],
} satisfies CheckCases;
