import { AWS_CONTROLLERS_FIELDS } from '../../facts/identity/aws-controllers.ts';
import { controllerFaults } from '../../facts/identity/controller-faults.ts';
import { GIVEN_ROLES_FIELDS } from '../../facts/identity/given-roles.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A controller that works in AWS has no role but that of its node, or the same as nodes; or its own allows every action of a service on everything, of which it needs some. A role that
 * rules its AWS account, or that other applications have too, has a finding of that itself.
 */
export const controllerOnNodeRole = defineCheck({
  id: 'controller-on-node-role',
  revision: 1,
  area: 'identity',
  title: 'A controller has no AWS rights of its own, or more than it needs',
  severity: 'medium',
  rationale: 'What a controller may do to volumes, load balancers, machines or DNS every pod that reaches the metadata service may do too; and whoever takes over a controller has whole services of the account.',
  remediation: 'Give its ServiceAccount a role of its own with the policy that its maker publishes, and take what only it needs from the role of the nodes.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html', 'https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html'],
  controls: ['cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1078.004', 'attack/T1552.005'],
  needs: ['eksCluster', 'deployments', 'serviceAccounts', 'eksPodIdentityAssociations', 'eksNodegroups', 'eksFargateProfiles', 'ownNodes'],
  wants: ['iamRoles', 'iamPolicies', 'rolePowers'],
  fields: {
    eksCluster: ['computeConfig.nodeRoleArn'],
    deployments: AWS_CONTROLLERS_FIELDS,
    eksNodegroups: ['nodeRole'],
    eksFargateProfiles: ['podExecutionRoleArn'],
    iamRoles: ['Arn', 'RolePolicyList', 'AttachedManagedPolicies', 'PermissionsBoundary'],
    iamPolicies: ['Arn', 'PolicyVersionList'],
    ...GIVEN_ROLES_FIELDS,
  },
  identity: { resource: 'the ServiceAccount', key: '`node-role` or `whole-services`' },
  unjudged: (input) => controllerFaults(input).unclear,
  *evaluate(input) {
    for (const { namespace, serviceAccount, fault, message, cause, controllers } of controllerFaults(input).found) {
      yield {
        resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: serviceAccount },
        key: fault,
        message,
        cause,
        evidence: { controllers },
        restsOn: fault === 'node-role' ? AT_THE_CLUSTER : [...AT_THE_CLUSTER, 'iamRoles', 'iamPolicies'],
      };
    }
  },
});

const AT_THE_CLUSTER = ['deployments', 'eksCluster', 'eksFargateProfiles', 'eksNodegroups', 'eksPodIdentityAssociations', 'nodes', 'serviceAccounts'] as const;
