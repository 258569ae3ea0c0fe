import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRICS, type RouteSetting } from '../lambda/contract.ts';
import type { BundledFunction } from './bundled-function.ts';
import type { Runbook, RunbookSection } from './runbook.ts';

/** An alarm looks back seven days at most. */
const MOST_HOURS = 7 * 24;

export interface AlarmsProps {
  readonly operations: sns.Topic;
  readonly runbook: Runbook;
  /** The longest time between two runs. */
  readonly intervalHours: number;
  /** By name. */
  readonly functions: ReadonlyMap<string, BundledFunction>;
  readonly deadLetters: ReadonlyMap<string, sqs.Queue>;
  readonly routes: readonly RouteSetting[];
}

/** What operations is told of. Every description ends with the section of the runbook that helps. */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];
  private readonly operations: sns.Topic;
  private readonly runbook: Runbook;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.operations = props.operations;
    this.runbook = props.runbook;
    this.deadMan(props.intervalHours);
    for (const [name, fn] of props.functions) this.functionFails(name, fn);
    this.throttled([...props.functions.values()]);
    for (const [name, queue] of props.deadLetters) this.lost(name, queue);
    for (const { name } of props.routes) this.unconfirmed(name);
    this.mostMissed();
    this.refused();
  }

  /** Two intervals without a sealed run. A metric that nobody writes is the fault that it is for, so missing data breaches. */
  private deadMan(intervalHours: number): void {
    const periods = Math.min(Math.max(2, Math.ceil(intervalHours * 2)), MOST_HOURS);
    this.alarm('NothingSealed', 'nothing-was-sealed', `No run was sealed in ${periods} hours: what Eksaminer said last is getting old.`, {
      metric: ours(this, METRICS.sealed, Duration.hours(1)),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  private functionFails(name: string, fn: BundledFunction): void {
    this.alarm(`${name}Fails`, 'a-function-fails', `The function ${name} failed.`, { ...ONCE, metric: fn.function.metricErrors({ period: Duration.minutes(5) }) });
  }

  /** A few are usual where an account runs few functions at once: children of the map wait for their turn. */
  private throttled(functions: readonly BundledFunction[]): void {
    if (functions.length === 0) return;
    const usingMetrics = Object.fromEntries(functions.slice(0, 10).map((fn, at) => [`m${at}`, fn.function.metricThrottles({ period: Duration.minutes(5) })]));
    const expression = Object.keys(usingMetrics)
      .map((name) => `FILL(${name}, 0)`)
      .join(' + ');
    this.alarm('Throttled', 'functions-are-throttled', 'Functions were held back for a quarter of an hour: the account runs no more of them at once.', {
      metric: new cloudwatch.MathExpression({ expression, usingMetrics, label: 'Throttles', period: Duration.minutes(5) }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private lost(name: string, queue: sqs.Queue): void {
    this.alarm(`${name}Lost`, 'a-start-or-an-event-was-lost', `${name} could not be delivered and lies in its dead-letter queue.`, {
      ...ONCE,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
    });
  }

  private unconfirmed(route: string): void {
    this.alarm(`Unconfirmed-${route}`, 'a-route-is-not-confirmed', `Nobody has confirmed a subscription of the route ${route}: what it has to say waits.`, {
      ...ONCE,
      metric: unconfirmedRoute(this, route),
    });
  }

  private mostMissed(): void {
    const usingMetrics = { audited: ours(this, METRICS.audited, Duration.hours(1)), missed: ours(this, METRICS.missed, Duration.hours(1)) };
    this.alarm('MostNotAudited', 'most-clusters-were-not-audited', 'More than half of the clusters of a run were not audited.', {
      metric: new cloudwatch.MathExpression({ expression: 'IF(missed > audited, 1, 0)', usingMetrics, label: 'most not audited', period: Duration.hours(1) }),
      ...ONCE,
    });
  }

  private refused(): void {
    this.alarm('Refused', 'an-account-or-a-region-refused', 'An account or a region would not say which clusters it has: whatever is there is not audited.', {
      ...ONCE,
      metric: ours(this, METRICS.refused, Duration.hours(1)),
    });
  }

  private alarm(id: string, section: RunbookSection, sentence: string, props: cloudwatch.AlarmProps): void {
    const alarm = new cloudwatch.Alarm(this, id, { ...props, alarmDescription: `${sentence} ${this.runbook(section)}` });
    alarm.addAlarmAction(new SnsAction(this.operations));
    alarm.addOkAction(new SnsAction(this.operations));
    this.all.push(alarm);
  }
}

/** Rings when it happens once. */
const ONCE = {
  threshold: 0,
  comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  evaluationPeriods: 1,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
} satisfies Partial<cloudwatch.AlarmProps>;

/** One of the metrics that this stack's functions write. */
export function ours(scope: Construct, metricName: string, period: Duration, more: Record<string, string> = {}): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: METRICS.namespace, metricName, period, statistic: 'Sum', dimensionsMap: { service: Stack.of(scope).stackName, ...more } });
}

export function unconfirmedRoute(scope: Construct, route: string): cloudwatch.Metric {
  return ours(scope, METRICS.unconfirmed, Duration.hours(1), { route }).with({ statistic: 'Maximum', label: route });
}
