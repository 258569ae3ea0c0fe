import { podModify } from '../../../lambda/checks/rbac/pod-modify.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: podModify,
  pass: [
    { name: 'one named pod', sources: within('shop', user('alice'), rule('patch', '', 'pods', 'web-0')) },
    { name: 'the status of pods', sources: within('shop', user('alice'), rule('patch', '', 'pods/status')) },
  ],
  fail: [
    {
      name: 'patch of pods',
      sources: within('shop', user('alice'), rule('patch', '', 'pods')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'pod-modify@shop',
          severity: 'medium',
          message: 'User alice may change what runs in the pods in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'everywhere',
      sources: everywhere(user('alice'), rule('update', '*', 'pods')),
      findings: [{ resource: subject('User alice'), key: 'pod-modify@cluster' }],
    },
  ],
} satisfies CheckCases;
