import { foreignAccountPrincipal } from '../../../lambda/checks/identity/foreign-account-principal.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries, principal } from './identity-objects.ts';

const THEIRS = 'arn:aws:iam::444455556666:role/ci';

export const cases = {
  check: foreignAccountPrincipal,
  pass: [
    { name: 'the own account, by an entry', sources: entries({ principalArn: `${ROLE}ops` }) },
    { name: 'the own account, by aws-auth', sources: awsAuth({ mapRoles: `- {rolearn: "${ROLE}ops", username: ops}`, mapAccounts: '["111122223333"]' }) },
    { name: 'another account in aws-auth that is not looked at', sources: { ...entries(), awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' }, data: { mapRoles: `- rolearn: ${THEIRS}` } }] } },
  ],
  fail: [
    {
      name: 'by an entry',
      sources: entries({ principalArn: THEIRS, groups: ['deploy'] }),
      findings: [
        {
          resource: principal('Role', THEIRS),
          key: 'foreign-account',
          message: 'IAM role ci of account 444455556666 may sign in, by an access entry; the cluster is of account 111122223333',
          cause: 'account 444455556666',
        },
      ],
    },
    {
      name: 'by aws-auth and by mapAccounts',
      sources: awsAuth({ mapRoles: `- rolearn: ${THEIRS}\n`, mapAccounts: '- 012345678901\n- "111122223333"\n' }),
      findings: [
        { resource: principal('Account', '012345678901'), key: 'foreign-account', message: 'Everybody of account 012345678901 may sign in, by mapAccounts of aws-auth; the cluster is of account 111122223333' },
        { resource: principal('Role', THEIRS), key: 'foreign-account', message: 'IAM role ci of account 444455556666 may sign in, by aws-auth; the cluster is of account 111122223333' },
      ],
    },
  ],
} satisfies CheckCases;
