import { sessionTagsOff } from '../../../lambda/checks/identity/session-tags-off.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, accountResource } from './identity-objects.ts';

const associated = (more: object) => ({ eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'web', roleArn: `${ROLE}s3`, ...more }] });

export const cases = {
  check: sessionTagsOff,
  pass: [
    { name: 'tags are on', sources: associated({ disableSessionTags: false }) },
    { name: 'nothing is said, as before there was a choice', sources: associated({}) },
    { name: 'a text, which is no answer of EKS', sources: associated({ disableSessionTags: 'true' }) },
  ],
  fail: [
    {
      name: 'tags are off',
      sources: associated({ disableSessionTags: true }),
      findings: [
        {
          resource: accountResource('shop/web'),
          key: `${ROLE}s3`,
          message: 'Sessions of ServiceAccount shop/web with IAM role s3 of account 111122223333 carry no tags that say whose they are',
          cause: 'association with disableSessionTags',
        },
      ],
    },
    {
      name: 'with a target role, which pods get',
      sources: associated({ disableSessionTags: true, targetRoleArn: 'arn:aws:iam::444455556666:role/data' }),
      findings: [{ resource: accountResource('shop/web'), key: 'arn:aws:iam::444455556666:role/data' }],
    },
  ],
} satisfies CheckCases;
