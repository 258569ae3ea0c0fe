import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Configuration } from '../../lambda/configuration/configuration.ts';
import { EksaminerStack } from '../../lib/eksaminer-stack.ts';

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')) as { readonly context: Record<string, unknown> };

/** The least that can be deployed: this account, daily, one route. */
export const SMALL: Configuration = {
  accounts: { kind: 'self' },
  memberRole: { name: 'eksaminer-member' },
  regions: 'all',
  clusters: { include: ['*'], exclude: [], tags: {} },
  schedule: { expression: 'cron(0 6 * * ? *)', timezone: 'Europe/Berlin', intervalHours: 24 },
  routes: [{ name: 'platform', severity: 'high', email: ['platform@example.com'] }],
  operations: { email: ['operations@example.com'] },
  concurrency: 40,
  vantages: [],
  endpoints: { suffixes: [], addresses: [] },
  encryption: 'aws',
};

/** Everything that can be said: other accounts, Slack, a vantage, a key, a break-glass role. */
export const LARGE: Configuration = {
  ...SMALL,
  accounts: { kind: 'list', ids: ['111122223333', '444455556666'] },
  memberRole: { name: 'eksaminer-member', externalId: 'eksaminer-7f31' },
  routes: [...SMALL.routes, { name: 'security', severity: 'medium', email: [], slack: { workspaceId: 'T012345', channelId: 'C012345' } }],
  vantages: [
    {
      name: 'frankfurt',
      vpcId: 'vpc-0a1b2c3d',
      availabilityZones: ['eu-central-1a'],
      subnetIds: ['subnet-0a1b2c3d'],
      securityGroupIds: ['sg-0a1b2c3d'],
      clusters: ['prod-*'],
    },
  ],
  endpoints: { suffixes: ['.eks.internal.example.com'], addresses: ['100.64.0.0/10'] },
  encryption: 'customer',
  breakGlassRole: 'arn:aws:iam::777788889999:role/break-glass',
};

/** The app as cdk.json sets it up. `bundling`: with the functions' code; without, it is much faster. */
export function givenApp({ bundling = false } = {}): App {
  return new App({ context: { ...context, ...(bundling ? {} : { 'aws:cdk:bundling-stacks': [] }) }, analyticsReporting: false });
}

export function givenStack(configuration: Configuration = SMALL, app: App = givenApp()): Stack {
  return new EksaminerStack(app, 'Eksaminer', { configuration, version: '0.0.0' });
}

export function givenTemplate(configuration: Configuration = SMALL): Template {
  return Template.fromStack(givenStack(configuration));
}
