import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type { BundledFunction } from './bundled-function.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { RecordBucket } from './record-bucket.ts';
import { RETRY_BUSY, RETRY_ROUTE_BUSY, RETRY_SERVICE, retryFailed } from './retries.ts';

/** A task waits a little longer than its function may run, so that the function's own words arrive first. */
const MARGIN = Duration.seconds(30);

export interface RunWorkflowProps {
  readonly bucket: RecordBucket;
  readonly discover: BundledFunction;
  /** Outside any VPC. */
  readonly audit: BundledFunction;
  /** By the vantage's name. */
  readonly vantages: ReadonlyMap<string, BundledFunction>;
  readonly reconcile: BundledFunction;
  readonly notify: BundledFunction;
  /** Clusters audited at once. */
  readonly concurrency: number;
  /** Of the whole run. */
  readonly timeout: Duration;
  readonly key?: EncryptionKey;
}

/** One run: discover, a child for every cluster, reconcile, notify. What is handed on are names of objects, never what is in them. */
export class RunWorkflow extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, props: RunWorkflowProps) {
    super(scope, id);
    const { bucket, discover, reconcile, notify } = props;
    const payload = sfn.TaskInput.fromObject({ run: sfn.JsonPath.stringAt('$.run') });
    const tell = this.invoke('Notify', notify, { payload, resultPath: sfn.JsonPath.DISCARD, attempts: 3, waits: [RETRY_ROUTE_BUSY] });
    const settle = this.invoke('Reconcile', reconcile, { payload, resultPath: '$.sealed', attempts: 3 }).next(tell);
    const looked = this.auditEach(props);
    looked.next(settle);
    const definition = this.invoke('Discover', discover, { payload: DISCOVER_EVENT, attempts: 2 }).next(
      new sfn.Choice(this, 'AnyTargets').when(sfn.Condition.numberGreaterThan('$.targets', 0), looked).otherwise(settle),
    );
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      comment: 'One audit of every cluster',
      definitionBody: sfn.DefinitionBody.fromChainable(definition),
      timeout: props.timeout,
      tracingEnabled: true,
      // Of execution data only names of clusters and objects would be in it; a log is not where they belong.
      logs: { destination: this.logGroup(props.key), level: sfn.LogLevel.ALL, includeExecutionData: false },
    });
    bucket.grantReadTargets(this.stateMachine);
    this.acknowledge(props);
  }

  /** Lets the principal start a run, and nothing else. */
  grantStart(grantee: iam.IGrantable): void {
    this.stateMachine.grantStartExecution(grantee);
  }

  private auditEach({ bucket, audit, vantages, concurrency }: RunWorkflowProps): sfn.DistributedMap {
    const map = new sfn.DistributedMap(this, 'AuditClusters', {
      label: 'clusters',
      itemReader: new TargetsReader({ bucket: bucket.bucket as IBucket, key: sfn.JsonPath.stringAt('$.targetsKey') }),
      itemSelector: { run: sfn.JsonPath.stringAt('$.run'), target: sfn.JsonPath.objectAt('$$.Map.Item.Value') },
      maxConcurrency: concurrency,
      // A cluster that cannot be audited is news about that cluster, not the end of the run.
      toleratedFailurePercentage: 100,
      mapExecutionType: sfn.StateMachineType.STANDARD,
      resultPath: sfn.JsonPath.DISCARD,
    });
    const notAudited = new sfn.Pass(this, 'NotAudited', { comment: 'reconcile says so of every target without an assessment', result: sfn.Result.fromObject({}) });
    const look = (id: string, fn: BundledFunction): LambdaInvoke => {
      const task = this.invoke(id, fn, { resultSelector: {}, attempts: 1 });
      task.addCatch(notAudited, { errors: [sfn.Errors.ALL] });
      return task;
    };
    const outside = look('Audit', audit);
    if (vantages.size === 0) return map.itemProcessor(outside);
    const from = new sfn.Choice(this, 'Vantage');
    for (const [name, fn] of vantages) {
      from.when(sfn.Condition.and(sfn.Condition.isPresent('$.target.vantage'), sfn.Condition.stringEquals('$.target.vantage', name)), look(`AuditFrom-${name}`, fn));
    }
    return map.itemProcessor(from.otherwise(outside));
  }

  private invoke(id: string, fn: BundledFunction, task: InvokeOptions): LambdaInvoke {
    const { attempts, waits = [], ...props } = task;
    const state = new LambdaInvoke(this, id, {
      lambdaFunction: fn.function,
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
      taskTimeout: sfn.Timeout.duration(fn.timeout.plus(MARGIN)),
      ...props,
    });
    state.addRetry(RETRY_BUSY);
    state.addRetry(RETRY_SERVICE);
    for (const wait of waits) state.addRetry(wait);
    state.addRetry(retryFailed(attempts));
    return state;
  }

  /** The name begins as AWS wants it: otherwise every state machine of the account adds to one policy, which has an end. */
  private logGroup(key: EncryptionKey | undefined): logs.LogGroup {
    return new logs.LogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-runs`,
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(key ? { encryptionKey: key.key } : {}),
    });
  }

  private acknowledge({ bucket, discover, audit, vantages, reconcile, notify }: RunWorkflowProps): void {
    const stack = Stack.of(this);
    const nameOf = (construct: Construct): string => stack.getLogicalId(construct.node.defaultChild as never);
    const because = (resource: string, reason: string): void => Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    because('*', 'Delivery of logs and traces knows no resource.');
    because(`<${nameOf(bucket.bucket)}.Arn>/runs/*`, 'The key of the targets carries the name of the run.');
    for (const fn of [discover, audit, ...vantages.values(), reconcile, notify]) because(`<${nameOf(fn.function)}.Arn>:*`, 'Versions of one function of this stack.');
    const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${nameOf(this.stateMachine)}"}]}]}`;
    for (const ending of [':*', '/clusters:*']) because(`${executions}${ending}`, 'Step Functions makes up the names of the runs and of the children of the map.');
  }
}

interface InvokeOptions {
  /** Absent: the state's whole input. */
  readonly payload?: sfn.TaskInput;
  readonly resultPath?: string;
  readonly resultSelector?: Record<string, unknown>;
  /** Errors of its own that are waited for. */
  readonly waits?: readonly sfn.RetryProps[];
  /** How often it is tried again when the function itself fails. */
  readonly attempts: number;
}

const DISCOVER_EVENT = sfn.TaskInput.fromObject({
  input: sfn.JsonPath.objectAt('$$.Execution.Input'),
  execution: sfn.JsonPath.executionId,
  startedAt: sfn.JsonPath.executionStartTime,
});

/** Reads what `RecordBucket.grantReadTargets` grants. Its own statement would reach every object of the bucket. */
class TargetsReader extends sfn.S3JsonLItemReader {
  override providePolicyStatements(): iam.PolicyStatement[] {
    return [];
  }
}
