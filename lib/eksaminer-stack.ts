import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../lambda/configuration/configuration.ts';
import { Alarms } from './alarms.ts';
import { DeploymentNotes } from './deployment-notes.ts';
import { EncryptionKey } from './encryption-key.ts';
import { FailedRuns } from './failed-runs.ts';
import { Overview } from './overview.ts';
import { RecordBucket } from './record-bucket.ts';
import { RunFunctions } from './run-functions.ts';
import { RunSchedule } from './run-schedule.ts';
import { RunWorkflow } from './run-workflow.ts';
import { runbookAt } from './runbook.ts';
import { OperationsTopic, RouteTopics } from './topics.ts';

export interface EksaminerStackProps extends StackProps {
  readonly configuration: Configuration;
  /** Version of Eksaminer. */
  readonly version: string;
  /** Where docs/runbook.md is found by those who get the alarms. */
  readonly runbook?: string;
}

/** Everything that audits: one deploy. */
export class EksaminerStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, version, runbook: page, ...props }: EksaminerStackProps) {
    super(scope, id, { description: 'Audits EKS clusters and tells people what changed', ...props });
    const runbook = runbookAt(page);
    const key = configuration.encryption === 'customer' ? new EncryptionKey(this, 'Encryption') : undefined;
    key?.grantLogs();
    const encrypted = key ? { key } : {};

    const { breakGlassRole } = configuration;
    const bucket = new RecordBucket(this, 'Record', { ...encrypted, ...(breakGlassRole === undefined ? {} : { breakGlassRole }) });
    const routes = new RouteTopics(this, 'Routes', { routes: configuration.routes, ...encrypted });
    const operations = new OperationsTopic(this, 'Operations', { email: configuration.operations.email, ...encrypted });

    const functions = new RunFunctions(this, 'Run', { configuration, version, bucket, routes, ...encrypted });
    // A run that is not through when the next one begins will not get through.
    const timeout = Duration.hours(Math.max(1, Math.ceil(configuration.schedule.intervalHours)));
    const { concurrency, schedule } = configuration;
    const workflow = new RunWorkflow(this, 'Workflow', {
      bucket,
      discover: functions.discover,
      audit: functions.audit,
      vantages: functions.vantages,
      reconcile: functions.reconcile,
      notify: functions.notify,
      concurrency,
      timeout,
      ...encrypted,
    });
    const { deadLetters: starts } = new RunSchedule(this, 'Schedule', { schedule, workflow });
    const { deadLetters: failures } = new FailedRuns(this, 'FailedRuns', { workflow, operations, runbook });

    const watched = { functions: functions.all, routes: routes.routes };
    const deadLetters = new Map([['AStart', starts], ['NewsOfAFailedRun', failures]]);
    const alarms = new Alarms(this, 'Alarms', { operations: operations.topic, runbook, intervalHours: schedule.intervalHours, deadLetters, ...watched });
    new Overview(this, 'Overview', { alarms, workflow, ...watched });
    new DeploymentNotes(this, 'Notes', { configuration, bucket, workflow, auditRole: functions.auditRole.roleArn });
  }
}
