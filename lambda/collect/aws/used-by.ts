import type { EksAddon, EksCluster, EksFargateProfile, EksNodegroup, EksPodIdentityAssociation, IamRole } from '../../model/eks.ts';
import type { WholeSource } from './aws-answers.ts';

/** What is known of a cluster so far. */
export interface Known {
  readonly cluster?: EksCluster | undefined;
  readonly addons?: readonly EksAddon[] | undefined;
  readonly nodegroups?: readonly EksNodegroup[] | undefined;
  readonly fargateProfiles?: readonly EksFargateProfile[] | undefined;
  readonly podIdentityAssociations?: readonly EksPodIdentityAssociation[] | undefined;
  readonly roles?: readonly IamRole[] | undefined;
}

/** Names of the things that EC2 and IAM must know if their answer is all of what the cluster uses: an answer to a narrower question is not taken for all. */
export function usedBy(source: WholeSource, known: Known): readonly string[] {
  const vpc = known.cluster?.resourcesVpcConfig;
  switch (source) {
    case 'ec2Subnets':
      return given(vpc?.subnetIds ?? []);
    case 'ec2SecurityGroups':
      return given([...(vpc?.securityGroupIds ?? []), vpc?.clusterSecurityGroupId]);
    case 'ec2LaunchTemplateVersions':
      return given((known.nodegroups ?? []).map(({ launchTemplate }) => (launchTemplate?.id && launchTemplate.version ? `${launchTemplate.id}:${launchTemplate.version}` : undefined)));
    case 'iamRoles':
      // Its own role alone is sure to exist: what else names a role may name one that was deleted.
      return given([known.cluster?.roleArn]);
    case 'iamPolicies': {
      const used = new Set(rolesOf(known));
      return given((known.roles ?? []).filter(({ Arn }) => used.has(Arn)).flatMap(({ AttachedManagedPolicies }) => (AttachedManagedPolicies ?? []).map(({ PolicyArn }) => PolicyArn)));
    }
    case 'ec2RouteTables':
    case 'eksClusterVersions':
      return [];
  }
}

/** Roles of the cluster, its nodes, Fargate pods and add-ons, and those that pods are associated with: all that AWS's side of it names. */
export function rolesOf({ cluster, addons = [], nodegroups = [], fargateProfiles = [], podIdentityAssociations = [] }: Known): readonly string[] {
  return given([
    cluster?.roleArn,
    cluster?.computeConfig?.nodeRoleArn,
    ...nodegroups.map(({ nodeRole }) => nodeRole),
    ...fargateProfiles.map(({ podExecutionRoleArn }) => podExecutionRoleArn),
    ...addons.map(({ serviceAccountRoleArn }) => serviceAccountRoleArn),
    ...podIdentityAssociations.flatMap(({ roleArn, targetRoleArn }) => [roleArn, targetRoleArn]),
  ]);
}

function given(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
