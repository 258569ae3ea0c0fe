import { readOf } from '../../facts/identity/doors.ts';
import { GROUPS_OF_NODES, nodeRoles } from '../../facts/identity/node-roles.ts';
import { principalOf, principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

const AUTO_NODE = 'AmazonEKSAutoNodePolicy';

/** The role of nodes is mapped to groups besides those of nodes, or has access policies. Every pod that reaches the metadata service of its node has the credentials of that role. */
export const nodeRoleExtraRights = defineCheck({
  id: 'node-role-extra-rights',
  revision: 1,
  area: 'identity',
  title: 'Every pod may borrow rights that the role of its node was given',
  severity: 'high',
  rationale: 'A pod that reaches the instance metadata service signs in as its node, with all groups and policies of that role and unhindered by what limits nodes.',
  remediation: 'Map the role of the nodes to the groups of nodes alone, and whoever needs more to a role of their own.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html', 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1552.005'],
  needs: ['eksCluster', 'clusterIdentities'],
  wants: ['eksNodegroups', 'eksFargateProfiles'],
  fields: { eksCluster: ['computeConfig.nodeRoleArn'], eksNodegroups: ['nodeRole'], eksFargateProfiles: ['podExecutionRoleArn'] },
  identity: { resource: 'the IAM role', key: 'group or access policy' },
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid,
  *evaluate({ eksCluster, clusterIdentities, eksNodegroups, eksFargateProfiles }) {
    const roles = nodeRoles(eksCluster, readOf(eksNodegroups), readOf(eksFargateProfiles));
    for (const { arn, via, groups, policies } of clusterIdentities.principals) {
      if (!roles.has(principalOf(arn)?.compared ?? '')) continue;
      const extra = [...groups.filter((group) => !GROUPS_OF_NODES.has(group)), ...policies.map(({ policy }) => policy.name).filter((name) => name !== AUTO_NODE)];
      for (const right of new Set(extra)) {
        const what = groups.includes(right) ? `group ${right}` : `access policy ${right}`;
        yield {
          resource: principalResource(arn),
          key: right,
          message: `${principalText(arn)}, which nodes have, gives them ${what} besides what nodes need`,
          cause: `${what} for nodes`,
          evidence: { by: via },
        };
      }
    }
  },
});
