import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, Stage, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from '@jest/globals';
import type { Configuration } from '../../lambda/configuration/configuration.ts';
import { METRICS } from '../../lambda/contract.ts';
import { Alarms } from '../../lib/alarms.ts';
import { MemberRoleStack } from '../../lib/member-role-stack.ts';
import { RUNBOOK_SECTIONS, runbookAt } from '../../lib/runbook.ts';
import { RouteTopics } from '../../lib/topics.ts';
import { LARGE, SMALL, givenApp, givenStack } from './given-stack.ts';
import { resolveTemplate, type ResolvedTemplate } from './resolved-template.ts';

const small = resolveTemplate(givenStack(SMALL));
const large = resolveTemplate(givenStack(LARGE));

interface Alarm {
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly string[];
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Period?: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData: string;
}

function alarmsOf(template: ResolvedTemplate): readonly Alarm[] {
  return template.idsOf('AWS::CloudWatch::Alarm').map((id) => template.resources[id]!.Properties as unknown as Alarm);
}

function deadMan(intervalHours: number): Alarm {
  const stack = new Stack();
  const operations = new Topic(stack, 'Operations');
  new Alarms(stack, 'Alarms', { operations, runbook: runbookAt(), intervalHours, functions: new Map(), deadLetters: new Map(), routes: [] });
  return alarmsOf(resolveTemplate(stack)).find(({ MetricName }) => MetricName === METRICS.sealed)!;
}

test.each([
  ['small', SMALL],
  ['large', LARGE],
])('cdk-nag has nothing to say of a %s stack and its member role that is not answered with a reason', (_, configuration) => {
  const app = givenApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  givenStack(configuration, app);
  new MemberRoleStack(new Stage(app, 'Member'), 'Role', configuration);
  expect(() => app.synth()).not.toThrow();
});

test('cdk-nag is asked at all: a topic without reasons is refused', () => {
  const app = givenApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new Topic(new Stack(app, 'Open'), 'Topic');
  expect(() => app.synth()).toThrow('AwsSolutions-SNS3');
});

describe('functions', () => {
  test('run on Node 24 and arm64, without layers, each logging to a group of its own that ends', () => {
    const functions = large.idsOf('AWS::Lambda::Function').map((id) => large.resources[id]!.Properties);
    expect(functions).toHaveLength(5);
    for (const { Runtime, Architectures, Layers, Timeout } of functions) expect([Runtime, Architectures, Layers, Timeout]).toEqual(['nodejs24.x', ['arm64'], undefined, 900]);
    expect(new Set(functions.map(({ LoggingConfig }) => (LoggingConfig as { LogGroup: string }).LogGroup)).size).toBe(5);
    const groups = large.idsOf('AWS::Logs::LogGroup').map((id) => large.resources[id]!.Properties['RetentionInDays']);
    expect(new Set(groups)).toEqual(new Set([90]));
  });

  test('an audit function stands in the subnets of each vantage, and one outside', () => {
    const networks = large.idsOf('AWS::Lambda::Function').map((id) => [id.replace(/[0-9A-F]{8}$/, ''), large.resources[id]!.Properties['VpcConfig']] as const);
    expect(networks.filter(([, network]) => network !== undefined)).toEqual([['RunAuditFromfrankfurtFunction', { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d'] }]]);
  });

  test('all settings together fit into an environment', () => {
    const routes = Array.from({ length: 12 }, (_, at): Configuration['routes'][number] => ({ name: `route-${at}`, severity: 'high', email: [`route-${at}@example.com`] }));
    const template = resolveTemplate(givenStack({ ...SMALL, routes }));
    for (const id of template.idsOf('AWS::Lambda::Function')) {
      expect(JSON.stringify(template.resources[id]!.Properties['Environment']).length).toBeLessThan(4096);
    }
    const many = Array.from({ length: 40 }, (_, at): Configuration['routes'][number] => ({ name: `route-${at}`, severity: 'high', email: [] }));
    expect(() => new RouteTopics(new Stack(), 'Routes', { routes: many })).toThrow('40 are more than the settings of a function can hold');
  });
});

describe('the schedule', () => {
  test('says what the configuration says, in its time zone, and tries again for an hour', () => {
    const { Properties } = small.one('AWS::Scheduler::Schedule');
    expect(Properties).toMatchObject({
      ScheduleExpression: 'cron(0 6 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      GroupName: 'Eksaminer-runs',
      Target: { Input: '{"trigger":"schedule"}', RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 } },
    });
  });
});

describe('topics', () => {
  test('one a route, one for Slack instead where a route has no addresses, one for operations; each refuses plain HTTP', () => {
    const names = large.idsOf('AWS::SNS::Topic').map((id) => large.resources[id]!.Properties['DisplayName']);
    expect(names).toEqual(['Eksaminer: platform', 'Eksaminer: security (Slack)', 'Eksaminer: operations']);
    expect(large.idsOf('AWS::SNS::TopicPolicy')).toHaveLength(3);
  });

  test('subscribe the addresses', () => {
    const addresses = small.idsOf('AWS::SNS::Subscription').map((id) => small.resources[id]!.Properties['Endpoint']);
    expect(addresses.sort()).toEqual(['operations@example.com', 'platform@example.com']);
  });

  test('a Slack channel may do nothing in the account', () => {
    expect(large.one('AWS::Chatbot::SlackChannelConfiguration').Properties['GuardrailPolicies']).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
  });
});

describe('alarms', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
  const anchors = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!.toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-'));

  test('each tells operations, and leads to a section of the runbook that there is', () => {
    for (const { AlarmDescription, AlarmActions } of alarmsOf(large)) {
      const anchor = /docs\/runbook\.md#([\w-]+)$/.exec(AlarmDescription)?.[1];
      expect(anchors).toContain(anchor);
      expect(AlarmActions).toEqual([large.arnOf('AWS::SNS::Topic', 'OperationsTopic')]);
    }
  });

  test('the runbook has exactly the sections that something leads to', () => {
    expect([...anchors].sort()).toEqual([...RUNBOOK_SECTIONS].sort());
  });

  test.each([
    [24, 48],
    [1, 2],
    [6, 12],
    [84, 168],
  ])('the dead man rings after two intervals of %s hours, and when nobody counts at all', (interval, periods) => {
    expect(deadMan(interval)).toMatchObject({ Namespace: METRICS.namespace, Period: 3600, EvaluationPeriods: periods, DatapointsToAlarm: periods, TreatMissingData: 'breaching' });
  });

  test('an alarm looks back seven days at most', () => {
    for (const { Period = 3600, EvaluationPeriods } of alarmsOf(large)) expect(Period * EvaluationPeriods).toBeLessThanOrEqual(7 * 24 * 3600);
  });

  test('there is one for every function, every dead-letter queue and every route', () => {
    const said = alarmsOf(large).map(({ AlarmDescription }) => AlarmDescription.replace(/ What to do.*/, ''));
    expect(said).toEqual([
      'No run was sealed in 48 hours: what Eksaminer said last is getting old.',
      ...['discover', 'audit', 'audit-frankfurt', 'reconcile', 'notify'].map((name) => `The function ${name} failed.`),
      'Functions were held back for a quarter of an hour: the account runs no more of them at once.',
      'AStart could not be delivered and lies in its dead-letter queue.',
      'NewsOfAFailedRun could not be delivered and lies in its dead-letter queue.',
      ...['platform', 'security-chat'].map((route) => `Nobody has confirmed a subscription of the route ${route}: what it has to say waits.`),
      'More than half of the clusters of a run were not audited.',
      'An account or a region would not say which clusters it has: whatever is there is not audited.',
    ]);
  });
});

test('runs that fail, take too long or are aborted are told at once, and children of the map are not', () => {
  const { Properties } = small.one('AWS::Events::Rule');
  expect(Properties['EventPattern']).toEqual({
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { stateMachineArn: [small.arnOf('AWS::StepFunctions::StateMachine')], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
  });
});

test('the outputs name what is left to do', () => {
  expect(Object.keys(large.outputs).sort()).toEqual([
    'AuditRoleArn',
    'ConfirmTheseAddresses',
    'GiveAccessToACluster',
    'RecordBucketName',
    'StartARunNow',
    'Vantage1Network',
  ]);
  expect(large.outputs['ConfirmTheseAddresses']!.Value).toBe('operations@example.com, platform@example.com');
  expect(small.outputs['GiveAccessToACluster']!.Value).toBe(
    `aws eks create-access-entry --cluster-name CLUSTER --principal-arn ${small.arnOf('AWS::IAM::Role', 'RunAuditorRole')} --type STANDARD --kubernetes-groups eksaminer`,
  );
});

test('the dashboard names every route that waits for somebody to confirm', () => {
  const body = large.one('AWS::CloudWatch::Dashboard').Properties['DashboardBody'] as string;
  const widgets = (JSON.parse(body) as { widgets: { properties: { title: string; metrics?: unknown[][] } }[] }).widgets;
  const waiting = widgets.find(({ properties }) => properties.title === 'Routes without a confirmed subscription')!;
  expect(waiting.properties.metrics!.map((metric) => metric.slice(0, 6))).toEqual([
    ['Eksaminer', METRICS.unconfirmed, 'route', 'platform', 'service', 'Eksaminer'],
    ['Eksaminer', METRICS.unconfirmed, 'route', 'security-chat', 'service', 'Eksaminer'],
  ]);
});
