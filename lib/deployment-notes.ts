import { CfnOutput, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../lambda/configuration/configuration.ts';
import type { RecordBucket } from './record-bucket.ts';
import type { RunWorkflow } from './run-workflow.ts';

export interface DeploymentNotesProps {
  readonly configuration: Configuration;
  readonly bucket: RecordBucket;
  readonly workflow: RunWorkflow;
  /** ARN of the role that audits. */
  readonly auditRole: string;
}

/** What whoever deployed has still to do, as outputs of the stack. */
export class DeploymentNotes extends Construct {
  constructor(scope: Construct, id: string, { configuration, bucket, workflow, auditRole }: DeploymentNotesProps) {
    super(scope, id);
    const say = (name: string, description: string, value: string): void => {
      new CfnOutput(this, name, { description, value }).overrideLogicalId(name);
    };
    say('RecordBucketName', 'The record', bucket.bucket.bucketName);
    say('AuditRoleArn', 'Principal that audits the clusters of this account', auditRole);
    say('GiveAccessToACluster', 'For each cluster of this account; then apply docs/permissions.yaml in it', accessEntry(auditRole));
    const arn = workflow.stateMachine.stateMachineArn;
    say('StartARunNow', 'Instead of waiting for the schedule', Fn.sub('aws stepfunctions start-execution --state-machine-arn ${arn}', { arn }));
    const addresses = addressesOf(configuration);
    if (addresses.length > 0) {
      say('ConfirmTheseAddresses', 'AWS has written to each; until somebody follows the link in that mail, nothing is sent there', addresses.join(', '));
    }
    for (const [at, { name, subnetIds, securityGroupIds }] of configuration.vantages.entries()) {
      say(
        `Vantage${at + 1}Network`,
        `What the functions of the vantage ${name} need`,
        `Subnets ${subnetIds.join(', ')}: a way to EKS, STS, EC2, IAM and S3 (a NAT gateway, or endpoints and NAT for IAM). ` +
          `API servers: port 443 from ${securityGroupIds.join(', ')}; where public access is limited to addresses, those of the NAT gateway.`,
      );
    }
  }
}

function accessEntry(principal: string): string {
  return Fn.sub('aws eks create-access-entry --cluster-name CLUSTER --principal-arn ${arn} --type STANDARD --kubernetes-groups eksaminer', { arn: principal });
}

/** Sorted; one that several routes have gets a mail for each. */
function addressesOf({ routes, operations }: Configuration): string[] {
  return [...new Set([...routes.flatMap(({ email }) => email), ...operations.email])].sort();
}
