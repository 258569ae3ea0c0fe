import { Aws, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueue } from './dead-letter-queue.ts';
import type { OperationsTopic } from './topics.ts';
import type { RunWorkflow } from './run-workflow.ts';
import type { Runbook } from './runbook.ts';

export interface FailedRunsProps {
  readonly workflow: RunWorkflow;
  readonly operations: OperationsTopic;
  readonly runbook: Runbook;
}

/** Tells operations at once of a run that failed, took too long or was aborted. Children of the map have another ARN and do not match. */
export class FailedRuns extends Construct {
  readonly deadLetters: sqs.Queue;

  constructor(scope: Construct, id: string, { workflow, operations, runbook }: FailedRunsProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this);
    const role = new iam.Role(this, 'Role', {
      description: 'Tells operations of runs of Eksaminer that failed',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    operations.grantPublish(role);
    // By its ARN: given the topic itself, the CDK would open it to the rules of every account.
    const topic = sns.Topic.fromTopicArn(this, 'Topic', operations.topic.topicArn);
    const status = events.EventField.fromPath('$.detail.status');
    const execution = events.EventField.fromPath('$.detail.executionArn');
    new events.Rule(this, 'Rule', {
      description: 'A run of Eksaminer failed, took too long or was aborted',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [workflow.stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [
        new targets.SnsTopic(topic, {
          role,
          message: events.RuleTargetInput.fromText(
            `Eksaminer: a run ended as ${status}. Nothing that it saw is in the record unless it was sealed, and the next run makes good ` +
              `what it left undone. ${runbook('a-run-failed')}  ${execution}`,
          ),
          deadLetterQueue: this.deadLetters,
          maxEventAge: Duration.hours(1),
          retryAttempts: 10,
        }),
      ],
    });
  }
}
