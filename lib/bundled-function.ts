import { type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Vantage } from '../lambda/configuration/configuration.ts';
import { ENV } from '../lambda/contract.ts';
import { bundledCode, type BundleFiles, type Handler } from './bundle.ts';
import type { EncryptionKey } from './encryption-key.ts';

/** Longer than the record's runs are kept, shorter than anybody's memory of an incident. */
const LOG_RETENTION = logs.RetentionDays.THREE_MONTHS;

export interface BundledFunctionProps {
  readonly handler: Handler;
  readonly description: string;
  /** MB. One whole processor comes with 1,769 MB. */
  readonly memorySize: number;
  readonly timeout: Duration;
  /** What `ENV.service` and `ENV.version` say. */
  readonly version: string;
  readonly files?: BundleFiles;
  /** Shared where several functions are one principal to others; absent: one of its own. */
  readonly role?: iam.Role;
  /** Absent: outside any VPC. */
  readonly vantage?: Vantage;
  readonly key?: EncryptionKey;
}

/** A function with its code, its log group and its role, which may write that log group and nothing else until it is granted more. */
export class BundledFunction extends Construct implements iam.IGrantable {
  readonly function: lambda.Function;
  readonly role: iam.Role;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { handler, description, memorySize, timeout, version, files, vantage, key } = props;
    this.timeout = timeout;
    this.role = props.role ?? functionRole(this, `Eksaminer's ${handler}`);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.RETAIN, ...(key ? { encryptionKey: key.key } : {}) });
    logGroup.grantWrite(this.role);
    this.function = new lambda.Function(this, 'Function', {
      description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: bundledCode(handler, files),
      memorySize,
      timeout,
      role: this.role,
      logGroup,
      environment: { [ENV.service]: Stack.of(this).stackName, [ENV.version]: version },
    });
    if (vantage) this.enter(vantage);
  }

  get grantPrincipal(): iam.IPrincipal {
    return this.role;
  }

  setEnvironment(name: (typeof ENV)[keyof typeof ENV], value: string): void {
    this.function.addEnvironment(name, value);
  }

  /** Says why the role may reach all objects below a prefix. */
  acknowledgeObjects(bucket: s3.Bucket, pattern: string, reason: string): void {
    const name = Stack.of(this).getLogicalId(bucket.node.defaultChild as s3.CfnBucket);
    Validations.of(this.role).acknowledge({ id: `AwsSolutions-IAM5[Resource::<${name}.Arn>/${pattern}]`, reason });
  }

  /** By its numbers: nothing is looked up, so that no credentials are needed to synthesise. */
  private enter({ subnetIds, securityGroupIds }: Vantage): void {
    const resource = this.function.node.defaultChild as lambda.CfnFunction;
    resource.vpcConfig = { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
    // Lambda makes the network interfaces with the function's role, before the function is there.
    const interfaces = this.role.node.findChild('DefaultPolicy');
    resource.node.addDependency(interfaces);
  }
}

/** A role for one function, or for several that are one principal to others. */
export function functionRole(scope: Construct, description: string, path?: string): iam.Role {
  return new iam.Role(scope, 'Role', { description, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), ...(path === undefined ? {} : { path }) });
}

/**
 * What Lambda itself needs to put functions into subnets. The code that runs in them is denied the same calls: they carry the function's
 * ARN, Lambda's own do not.
 */
export function grantNetworkInterfaces(role: iam.Role): void {
  const actions = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ];
  role.addToPolicy(new iam.PolicyStatement({ sid: 'LambdaMakesNetworkInterfaces', actions, resources: ['*'] }));
  role.addToPolicy(
    new iam.PolicyStatement({
      sid: 'TheCodeDoesNot',
      effect: iam.Effect.DENY,
      actions: actions.filter((action) => action !== 'ec2:DescribeSubnets'),
      resources: ['*'],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': 'arn:*:lambda:*:*:function:*' } },
    }),
  );
}
