import { nodeNameSpoofing } from '../../../lambda/checks/identity/node-name-spoofing.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries, principal } from './identity-objects.ts';

const role = (...principals: readonly object[]) => [
  { Arn: `${ROLE}node`, RoleName: 'node', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: principals.map((Principal) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' })) } },
];
const node = entries({ principalArn: `${ROLE}node`, type: 'FARGATE_LINUX', username: 'system:node:{{SessionName}}', groups: ['system:nodes'] });

export const cases = {
  check: nodeNameSpoofing,
  pass: [
    { name: 'a role that services alone may take', sources: { ...node, iamRoles: role({ Service: ['eks-fargate-pods.amazonaws.com', 'ec2.amazonaws.com'] }) } },
    { name: 'a name that no session chooses', sources: { ...entries({ principalArn: `${ROLE}node`, username: 'system:node:one' }), iamRoles: role({ AWS: '*' }) } },
    { name: 'a session that chooses no name of a node', sources: { ...entries({ principalArn: `${ROLE}node`, username: 'dev:{{SessionName}}' }), iamRoles: role({ AWS: '*' }) } },
  ],
  fail: [
    {
      name: 'people, by an entry of nodes',
      sources: { ...node, iamRoles: role({ Service: 'ec2.amazonaws.com' }, { AWS: ['arn:aws:iam::111122223333:root', `${ROLE}ops`] }) },
      findings: [
        {
          resource: principal('Role', `${ROLE}node`),
          key: 'node-name',
          message: `Whoever of ${ROLE}ops, arn:aws:iam::111122223333:root takes IAM role node of account 111122223333 may name its session after any node and be that node`,
          cause: 'a role of nodes lets in more than services',
        },
      ],
    },
    {
      name: 'people, by aws-auth',
      sources: { ...awsAuth({ mapRoles: `- {rolearn: "${ROLE}node", username: "system:node:{{EC2PrivateDNSName}}", groups: [system:nodes]}` }), iamRoles: role({ AWS: '*' }) },
      findings: [{ resource: principal('Role', `${ROLE}node`), key: 'node-name' }],
    },
  ],
} satisfies CheckCases;
