import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/**
 * The customer's own key, for the record, the topics and the logs. It outlives the stack as the record does: without it nobody could
 * read the record again. Grants name single actions: the usual sets of the CDK hold wildcards.
 */
export class EncryptionKey extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const description = 'Eksaminer: the record, its topics and its logs';
    this.key = new kms.Key(this, 'Key', { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  }

  grantRead(grantee: iam.IGrantable): void {
    this.key.grant(grantee, 'kms:Decrypt');
  }

  /** A put under a bucket key asks for a data key alone. */
  grantWrite(grantee: iam.IGrantable): void {
    this.key.grant(grantee, 'kms:GenerateDataKey');
  }

  /** Alarms publish as their service, which says to a key in no condition whom it works for; the topic's policy does that. */
  grantAlarms(): void {
    this.allowService('cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  /** CloudWatch Logs: for the log groups of this account and region alone. */
  grantLogs(): void {
    const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'];
    this.allowService(`logs.${Aws.REGION}.amazonaws.com`, actions, {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*` },
    });
  }

  private allowService(service: string, actions: string[], conditions?: Record<string, unknown>): void {
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({ principals: [new iam.ServicePrincipal(service)], actions, resources: ['*'], ...(conditions ? { conditions } : {}) }),
    );
  }
}
