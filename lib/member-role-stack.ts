import { Aws, BootstraplessSynthesizer, CfnOutput, CfnParameter, Fn, Stack, type IStackSynthesizer } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { auditActions, discoverActions } from '../lambda/access/aws-actions.ts';
import type { Configuration } from '../lambda/configuration/configuration.ts';
import { AUDITOR_PATH, grantReads } from './auditor-access.ts';

/** The role that Eksaminer assumes in another account: a plain template without assets, for CloudFormation, StackSets or as a model for anything else. */
export class MemberRoleStack extends Stack {
  constructor(scope: Construct, id: string, { memberRole, regions }: Pick<Configuration, 'memberRole' | 'regions'>) {
    super(scope, id, {
      description: 'Lets Eksaminer read the EKS clusters of this account',
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
      analyticsReporting: false,
    });
    const hub = new CfnParameter(this, 'HubAccountId', { type: 'String', allowedPattern: '\\d{12}', description: 'Account in which Eksaminer is deployed' });
    // An account as the principal and its roles by a path: a trust in one role holds that role's own id, and breaks when it is made anew.
    const trust = new iam.PrincipalWithConditions(new iam.ArnPrincipal(`arn:${Aws.PARTITION}:iam::${hub.valueAsString}:root`), {
      ArnLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${hub.valueAsString}:role${AUDITOR_PATH}*` },
      ...(memberRole.externalId === undefined ? {} : { StringEquals: { 'sts:ExternalId': this.externalId(memberRole.externalId) } }),
    });
    const role = new iam.Role(this, 'Role', { roleName: memberRole.name, description: 'Read only: audits of EKS clusters by Eksaminer', assumedBy: trust });
    grantReads(role, [...auditActions(), ...discoverActions({ regions })]);
    new CfnOutput(this, 'RoleArn', { value: role.roleArn, description: 'Principal of the access entry that each cluster of this account needs' });
    new CfnOutput(this, 'GiveAccessToACluster', {
      description: 'For each cluster; then apply docs/permissions.yaml in it',
      value: Fn.sub('aws eks create-access-entry --cluster-name CLUSTER --principal-arn ${arn} --type STANDARD --kubernetes-groups eksaminer', { arn: role.roleArn }),
    });
  }

  private externalId(set: string): string {
    const parameter = new CfnParameter(this, 'ExternalId', {
      type: 'String',
      default: set,
      allowedPattern: '[\\w+=,.@:/-]{2,1224}',
      description: 'memberRole.externalId of eksaminer.yaml',
    });
    return parameter.valueAsString;
  }
}
