import { awsAuthMalformed } from '../../../lambda/checks/identity/aws-auth-malformed.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries } from './identity-objects.ts';

const resource = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' };

export const cases = {
  check: awsAuthMalformed,
  pass: [
    { name: 'entries as they should be, a user with a path among them', sources: awsAuth({ mapRoles: `- {rolearn: "${ROLE}node", username: "system:node:{{EC2PrivateDNSName}}", groups: [system:nodes]}\n`, mapUsers: '- {userarn: "arn:aws:iam::111122223333:user/svc/ci", username: ci}\n' }) },
    { name: 'texts that stand for nothing', sources: awsAuth({ mapRoles: '``', mapUsers: '""', mapAccounts: " ''\n" }) },
  ],
  fail: [
    {
      name: 'no YAML: nothing of the list counts',
      sources: awsAuth({ mapRoles: `- rolearn: ${ROLE}a\n  username: {{SessionName}}\n`, mapUsers: '- userarn: arn:aws:iam::111122223333:user/a\n\tusername: a\n' }),
      findings: [
        {
          resource,
          key: 'mapRoles: unreadable',
          message: 'mapRoles is no YAML (a list or mapping stands in the place of a key, as {{...}} without quotes does): nothing of mapRoles counts',
          cause: 'mapRoles cannot be read',
        },
        { resource, key: 'mapUsers: unreadable', message: 'mapUsers is no YAML (line 2: a tab stands in the indentation): nothing of mapUsers counts' },
      ],
    },
    {
      name: 'values of the wrong type, and entries without an ARN',
      sources: awsAuth({ mapRoles: `- {rolearn: "${ROLE}a", username: a, groups: devs}\n- {role_arn: "${ROLE}b", username: b}\n- {userarn: "${ROLE}c", username: c}\n` }),
      findings: [
        { resource, key: 'mapRoles: an entry without rolearn maps nobody', message: 'In mapRoles an entry without rolearn maps nobody: the entry does not count' },
        { resource, key: 'mapRoles: groups takes a list, and is taken for empty', message: 'In mapRoles groups takes a list, and is taken for empty: the rest of the entry counts without it' },
      ],
    },
    {
      name: 'entries that fit nobody, or stand twice',
      sources: awsAuth({ mapRoles: `- rolearn: ${ROLE}path/a\n- rolearn: ${ROLE}b\n- rolearn: ${ROLE}B\n- rolearn: arn:aws:iam::1:role/c\n- sso: {accountID: "111122223333", permissionSetName: Ops}\n` }),
      findings: [
        { resource, key: `mapRoles: ${ROLE}B again`, message: `mapRoles has ${ROLE}B twice, of which one counts`, cause: 'an ARN stands twice' },
        { resource, key: `mapRoles: ${ROLE}path/a fits nobody`, message: `mapRoles has ${ROLE}path/a, which fits nobody: the ARN of a role stands there without its path` },
        { resource, key: 'mapRoles: arn:aws:iam::1:role/c fits nobody', cause: 'this is no ARN of a role, a user or an account' },
        { resource, key: 'mapRoles: sso 111122223333 Ops', cause: 'sso entry' },
      ],
    },
    {
      name: 'what IAM shows in place of somebody who was deleted',
      sources: awsAuth({ mapRoles: `- rolearn: ${ROLE}AROA1234567890EXAMPLE\n- rolearn: AROA1234567890EXAMPLE\n` }),
      findings: [
        { resource, key: 'mapRoles: AROA1234567890EXAMPLE fits nobody', cause: 'this is the id of somebody who was deleted' },
        { resource, key: `mapRoles: ${ROLE}AROA1234567890EXAMPLE fits nobody`, cause: 'this is the id of somebody who was deleted' },
      ],
    },
  ],
  notApplicable: [{ name: 'access entries alone', sources: { ...entries(), awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' }, data: { mapRoles: '{' } }] } }],
} satisfies CheckCases;
