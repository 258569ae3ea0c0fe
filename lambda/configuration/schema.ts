import { z } from 'zod';
import { SEVERITIES } from '../model/severity.ts';
import type { Configuration } from './configuration.ts';
import * as field from './fields.ts';
import { scheduleOf } from './schedule.ts';

const accounts = z
  .union([z.literal('self'), field.list(field.accountId, '111122223333', 'Account ids, this account’s among them where it is meant').min(1, 'is empty; name an account, or write self')])
  .default('self')
  .transform((value) => (value === 'self' ? ({ kind: 'self' } as const) : ({ kind: 'list', ids: value } as const)))
  .meta({ description: 'This account alone (`self`), or a list of account ids' });

const memberRole = field
  .mapping({ name: field.roleName.default('EksaminerMember'), externalId: field.externalId.optional() }, 'The role that is assumed in every account of a list but the caller’s own')
  .transform(({ name, externalId }) => ({ name, ...(externalId === undefined ? {} : { externalId }) }))
  .prefault({});

const regions = z
  .union([z.literal('all'), field.list(field.region, 'eu-west-1', 'Regions').min(1, 'is empty; name a region, or write all')])
  .default('all')
  .meta({ description: 'All regions that are enabled in each account (`all`), or a list' });

const clusters = field
  .mapping(
    {
      include: field.list(field.clusterPattern, "'prod-*'", 'Patterns of names or of whole ARNs; a cluster is audited if one of them fits').min(1, 'is empty, so that no cluster would be audited').default(['*']),
      exclude: field.list(field.clusterPattern, "'*-sandbox'", 'And none of these fits').default([]),
      tags: field.tags.default({}),
    },
    'Which clusters of these accounts and regions',
  )
  .prefault({});

const schedule = field
  .mapping(
    { every: field.every.optional(), daily: field.daily.optional(), expression: field.expression.optional(), timezone: field.timezone.default('UTC') },
    'When to look: one of every, daily and expression; every 24h without any',
  )
  .transform((value, context) => {
    const result = scheduleOf(value);
    if (!('message' in result)) return result;
    context.addIssue({ code: 'custom', path: [result.key], message: result.message });
    return z.NEVER;
  })
  .prefault({});

const slack = field.mapping({ workspaceId: field.workspaceId, channelId: field.channelId }, 'A Slack channel, by Amazon Q Developer in chat applications');

const route = field
  .mapping(
    {
      name: field.routeName,
      severity: field.choice(SEVERITIES, 'The least severe finding that it is told of').default('high'),
      email: field.list(field.email, 'security@example.com', 'Each confirms the subscription once, by a link in an e-mail').default([]),
      slack: slack.optional(),
    },
    'A topic, and who is told by it',
  )
  .transform(({ slack: channel, ...rest }) => ({ ...rest, ...(channel === undefined ? {} : { slack: channel }) }));

const vantage = field
  .mapping(
    {
      name: field.routeName.meta({ description: 'Name of the function that runs there' }),
      vpcId: field.vpcId,
      availabilityZones: field.list(field.availabilityZone, 'eu-west-1a, eu-west-1b', 'Those of the subnets, in the same order').min(1, 'is empty; name the zone of each subnet'),
      subnetIds: field.list(field.subnetId, 'subnet-0123456789abcdef0', 'Private subnets with a way to the APIs of AWS').min(1, 'is empty; a function runs in a subnet'),
      securityGroupIds: field.list(field.securityGroupId, 'sg-0123456789abcdef0', 'That the API servers let in').default([]),
      clusters: field.list(field.clusterPattern, "'*-private'", 'Patterns of names or of whole ARNs: these are seen from here').min(1, 'is empty, so that no cluster would be seen from here').default(['*']),
    },
    'A VPC with subnets in which an audit function of its own runs',
  )
  .refine(({ availabilityZones, subnetIds }) => availabilityZones.length === subnetIds.length, { path: ['availabilityZones'], error: 'has not as many entries as subnetIds; name the zone of each subnet, in the same order' });

const endpoints = field
  .mapping(
    {
      suffixes: field.list(field.suffix, '.eks.example.internal', 'Ends of host names').default([]),
      addresses: field.list(field.cidr, '10.0.0.0/16', 'CIDR blocks that would be refused otherwise').default([]),
    },
    'API servers beside those that EKS itself names: nothing that a cluster says can widen this',
  )
  .prefault({});

/** `eksaminer.yaml`: what may be written, with every default. Unknown keys are faults. */
export const configurationSchema = field
  .mapping(
    {
      accounts,
      memberRole,
      regions,
      clusters,
      schedule,
      routes: field.list(route, '{ name: platform, email: [security@example.com] }', 'Who is told what').default([]),
      operations: field.mapping({ email: field.list(field.email, 'platform@example.com', 'E-mail addresses').default([]) }, 'Who is told that Eksaminer itself does not work').prefault({}),
      concurrency: field.concurrency,
      vantages: field.list(vantage, '{ name: private, … }', 'Where private API servers are reached from; the first that fits a cluster is taken').default([]),
      endpoints,
      encryption: field.choice(['aws', 'customer'], 'Of the bucket: keys that S3 manages, or a key of this stack').default('aws'),
      breakGlassRole: field.roleArn.optional(),
    },
    'Configuration of Eksaminer: which clusters, when, and who is told',
  )
  .transform(({ breakGlassRole, ...rest }): Configuration => ({ ...rest, ...(breakGlassRole === undefined ? {} : { breakGlassRole }) }));
