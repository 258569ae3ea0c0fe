import { Aws, Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from '../lambda/configuration/configuration.ts';
import type { ExecutionInput } from '../lambda/contract.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import type { RunWorkflow } from './run-workflow.ts';

export interface RunScheduleProps {
  readonly schedule: Configuration['schedule'];
  readonly workflow: RunWorkflow;
}

/** Starts a run when it is time. A start that does not succeed for an hour lies in the queue, and the next one is soon enough. */
export class RunSchedule extends Construct {
  readonly deadLetters: sqs.Queue;

  constructor(scope: Construct, id: string, { schedule, workflow }: RunScheduleProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this);
    const group = new scheduler.ScheduleGroup(this, 'Group', { scheduleGroupName: `${Stack.of(this).stackName}-runs`, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', {
      description: 'Starts the runs of Eksaminer',
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    workflow.grantStart(role);
    new scheduler.Schedule(this, 'Schedule', {
      description: 'Audit every cluster',
      scheduleGroup: group,
      schedule: scheduler.ScheduleExpression.expression(schedule.expression, TimeZone.of(schedule.timezone)),
      target: new targets.StepFunctionsStartExecution(workflow.stateMachine, {
        input: scheduler.ScheduleTargetInput.fromObject({ trigger: 'schedule' } satisfies ExecutionInput),
        role,
        deadLetterQueue: this.deadLetters,
        maxEventAge: Duration.hours(1),
        retryAttempts: 10,
      }),
    });
  }
}
