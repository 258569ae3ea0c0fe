import { awsAuthSystemMasters } from '../../../lambda/checks/identity/aws-auth-system-masters.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, eksCluster, entries, principal } from './identity-objects.ts';

const MASTERS = `- {rolearn: "${ROLE}ops", username: ops, groups: [system:masters]}\n`;

export const cases = {
  check: awsAuthSystemMasters,
  pass: [
    { name: 'other groups, spelt almost so', sources: awsAuth({ mapRoles: `- {rolearn: "${ROLE}ops", username: system:masters, groups: [System:Masters, "system:masters:{{SessionName}}", "masters{{SessionName}}"]}\n` }) },
    { name: 'an earlier entry of the same role does not count', sources: awsAuth({ mapRoles: `${MASTERS}- {rolearn: "${ROLE}OPS", username: ops}\n` }) },
    { name: 'the path of a role makes it fit nobody', sources: awsAuth({ mapRoles: MASTERS.replace('role/ops', 'role/team/ops') }) },
    {
      name: 'an access entry goes before it',
      sources: { ...awsAuth({ mapRoles: MASTERS }), eksCluster: eksCluster('API_AND_CONFIG_MAP'), eksAccessEntries: [{ principalArn: `${ROLE}team/ops`, type: 'STANDARD', kubernetesGroups: [] }] },
    },
  ],
  fail: [
    {
      name: 'beside access entries',
      sources: { ...awsAuth({ mapRoles: MASTERS }), eksCluster: eksCluster('API_AND_CONFIG_MAP') },
      findings: [{ resource: principal('Role', `${ROLE}ops`), key: 'system:masters', message: 'IAM role ops of account 111122223333 is a member of system:masters, by aws-auth', cause: 'aws-auth: system:masters' }],
    },
    {
      name: 'by a name of the session',
      sources: awsAuth({ mapRoles: `- {rolearn: "${ROLE}ops", username: ops, groups: ["system:{{SessionName}}"]}\n` }),
      findings: [
        {
          resource: principal('Role', `${ROLE}ops`),
          key: 'system:masters',
          message: 'IAM role ops of account 111122223333 is a member of system:masters, by aws-auth, if its session is named so that system:{{SessionName}} becomes that',
        },
      ],
    },
    {
      name: 'a user, by either of two spellings',
      sources: awsAuth({ mapUsers: '- {userarn: "arn:aws:iam::111122223333:user/al", groups: []}\n- {userarn: "arn:aws:iam::111122223333:user/AL", groups: [system:masters]}\n' }),
      findings: [{ resource: principal('User', 'arn:aws:iam::111122223333:user/AL'), key: 'system:masters' }],
    },
  ],
  notApplicable: [{ name: 'access entries alone', sources: { ...entries(), awsAuth: awsAuth({ mapRoles: MASTERS }).awsAuth! } }],
} satisfies CheckCases;
