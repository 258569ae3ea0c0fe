import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS, type RouteSetting } from '../lambda/contract.ts';
import { ours, unconfirmedRoute, type Alarms } from './alarms.ts';
import type { BundledFunction } from './bundled-function.ts';
import type { RunWorkflow } from './run-workflow.ts';

export interface OverviewProps {
  readonly alarms: Alarms;
  readonly workflow: RunWorkflow;
  readonly functions: ReadonlyMap<string, BundledFunction>;
  readonly routes: readonly RouteSetting[];
}

const WIDE = 12;

/** The dashboard: is it working, whom does it not reach, what does it take. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { alarms, workflow, functions, routes }: OverviewProps) {
    super(scope, id);
    const day = Duration.days(1);
    const machine = workflow.stateMachine;
    const graph = (title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget => new cloudwatch.GraphWidget({ title, left, width: WIDE, leftYAxis: { min: 0 } });
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { dashboardName: `${Stack.of(this).stackName}-overview`, defaultInterval: Duration.days(14) });
    dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: alarms.all, width: 2 * WIDE }));
    dashboard.addWidgets(
      graph('Runs a day', [
        ours(this, METRICS.sealed, day).with({ label: 'sealed' }),
        machine.metricFailed({ period: day }),
        machine.metricTimedOut({ period: day }),
        machine.metricAborted({ period: day }),
      ]),
      graph('Clusters a day', [ours(this, METRICS.audited, day).with({ label: 'audited' }), ours(this, METRICS.missed, day).with({ label: 'not audited' })]),
    );
    // Named one by one: whoever reads it must see which topic waits for somebody to confirm.
    if (routes.length > 0) dashboard.addWidgets(graph('Routes without a confirmed subscription', routes.map(({ name }) => unconfirmedRoute(this, name))));
    dashboard.addWidgets(
      graph('Longest run of each function, ms', [...functions].map(([name, fn]) => fn.function.metricDuration({ statistic: 'Maximum', label: name }))),
      graph('Throttled', [...functions].map(([name, fn]) => fn.function.metricThrottles({ label: name }))),
    );
  }
}
