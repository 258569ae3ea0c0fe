import { awsAuthAccountMapping } from '../../../lambda/checks/identity/aws-auth-account-mapping.ts';
import type { CheckCases } from '../check-cases.ts';
import { awsAuth, entries, principal } from './identity-objects.ts';

export const cases = {
  check: awsAuthAccountMapping,
  pass: [
    { name: 'none', sources: awsAuth({ mapAccounts: '[]' }) },
    { name: 'a key that is none', sources: awsAuth({ mapaccounts: '["111122223333"]' }) },
  ],
  fail: [
    {
      name: 'the own account, twice, and one that begins with a zero',
      sources: awsAuth({ mapAccounts: '- 111122223333\n- "111122223333"\n- 012345678901\n' }),
      findings: [
        { resource: principal('Account', '012345678901'), key: 'mapAccounts', message: 'Everybody of account 012345678901 may sign in under their own ARN, by mapAccounts of aws-auth', cause: 'aws-auth: mapAccounts' },
        { resource: principal('Account', '111122223333'), key: 'mapAccounts' },
      ],
    },
  ],
  notApplicable: [{ name: 'access entries alone', sources: { ...entries(), awsAuth: awsAuth({ mapAccounts: '["111122223333"]' }).awsAuth! } }],
} satisfies CheckCases;
