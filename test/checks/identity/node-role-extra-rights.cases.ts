import { nodeRoleExtraRights } from '../../../lambda/checks/identity/node-role-extra-rights.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, eksCluster, entries, principal } from './identity-objects.ts';

const eksNodegroups = [{ nodegroupName: 'blue', nodeRole: `${ROLE}team/node` }];
const mapped = (groups: string) => ({ ...awsAuth({ mapRoles: `- {rolearn: "${ROLE}node", username: "system:node:{{EC2PrivateDNSName}}", groups: [${groups}]}` }), eksNodegroups });

export const cases = {
  check: nodeRoleExtraRights,
  pass: [
    { name: 'the groups of nodes', sources: mapped('system:nodes, system:bootstrappers, system:node-proxier, eks:kube-proxy-windows') },
    { name: 'more groups, of a role that nodes do not have', sources: { ...entries({ principalArn: `${ROLE}ops`, groups: ['ops'] }), eksNodegroups } },
    {
      name: 'nodes of Auto Mode',
      sources: { ...entries({ principalArn: `${ROLE}auto`, type: 'EC2', policies: { AmazonEKSAutoNodePolicy: [] } }), eksCluster: eksCluster('API', { computeConfig: { enabled: true, nodeRoleArn: `${ROLE}auto` } }) },
    },
  ],
  fail: [
    {
      name: 'another group, by aws-auth',
      sources: mapped('system:nodes, ops'),
      findings: [
        { resource: principal('Role', `${ROLE}node`), key: 'ops', message: 'IAM role node of account 111122223333, which nodes have, gives them group ops besides what nodes need', cause: 'group ops for nodes' },
      ],
    },
    {
      name: 'an access policy, for the pods of Fargate',
      sources: {
        ...entries({ principalArn: `${ROLE}fargate`, policies: { AmazonEKSViewPolicy: ['shop'] } }),
        eksFargateProfiles: [{ fargateProfileName: 'f', podExecutionRoleArn: `${ROLE}fargate` }],
      },
      findings: [{ resource: principal('Role', `${ROLE}fargate`), key: 'AmazonEKSViewPolicy', cause: 'access policy AmazonEKSViewPolicy for nodes' }],
    },
  ],
} satisfies CheckCases;
