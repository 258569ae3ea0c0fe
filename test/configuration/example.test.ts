import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Configuration } from '../../lambda/configuration/configuration.ts';
import { parseConfiguration } from '../../lambda/configuration/parse-configuration.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'examples/eksaminer.yaml'), 'utf8');
const schema = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(JSON.parse(readFileSync(join(ROOT, 'docs/schema/configuration-1.json'), 'utf8')) as object);

const DEFAULTS: Configuration = {
  accounts: { kind: 'self' },
  memberRole: { name: 'EksaminerMember' },
  regions: 'all',
  clusters: { include: ['*'], exclude: [], tags: {} },
  schedule: { expression: 'rate(24 hours)', timezone: 'UTC', intervalHours: 24 },
  routes: [],
  operations: { email: [] },
  concurrency: 40,
  vantages: [],
  endpoints: { suffixes: [], addresses: [] },
  encryption: 'aws',
};

test('the example says the defaults, and somebody to tell', () => {
  expect(parseConfiguration(text, 'examples/eksaminer.yaml')).toEqual({
    ...DEFAULTS,
    routes: [{ name: 'platform', severity: 'high', email: ['platform@example.com'] }],
    operations: { email: ['platform@example.com'] },
  });
  expect(parseConfiguration('{}', 'eksaminer.yaml')).toEqual(DEFAULTS);
});

test('editors find the schema that it names, and accept it', () => {
  const [, path] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)!;
  expect(existsSync(join(ROOT, path!))).toBe(true);
  schema(parse(text));
  expect(schema.errors).toBe(null);
});

test('what it shows in comments is valid too', () => {
  const shown = text
    .replaceAll(/^# (accounts: \[|vantages:|endpoints:|breakGlassRole:)/gm, '$1')
    .replaceAll(/^#( {3,}\S)/gm, '$1')
    .replaceAll(/^( +)# (slack:|externalId:|daily:|timezone:)/gm, '$1$2')
    .replaceAll(/^( +)#( {3}(workspaceId|channelId):)/gm, '$1 $2')
    .replace('accounts: self\n', '')
    .replace('  every: 24h\n', '');
  expect(parseConfiguration(shown, 'eksaminer.yaml')).toEqual({
    ...DEFAULTS,
    accounts: { kind: 'list', ids: ['111122223333', '444455556666'] },
    memberRole: { name: 'EksaminerMember', externalId: 'a-long-word-of-your-own' },
    schedule: { expression: 'cron(0 6 * * ? *)', timezone: 'Europe/Berlin', intervalHours: 25 },
    routes: [{ name: 'platform', severity: 'high', email: ['platform@example.com'], slack: { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' } }],
    operations: { email: ['platform@example.com'] },
    vantages: [
      {
        name: 'private',
        vpcId: 'vpc-0123456789abcdef0',
        availabilityZones: ['eu-west-1a', 'eu-west-1b'],
        subnetIds: ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210'],
        securityGroupIds: ['sg-0123456789abcdef0'],
        clusters: ['*-private'],
      },
    ],
    endpoints: { suffixes: ['.eks.example.internal'], addresses: ['10.0.0.0/16'] },
    breakGlassRole: 'arn:aws:iam::111122223333:role/BreakGlass',
  });
  schema(parse(shown));
  expect(schema.errors).toBe(null);
});

/** An editor reads an unquoted id as a number, and the file keeps its zero. */
test('an account id may stand without quotes', () => {
  expect(parseConfiguration('accounts: [012345678901]', 'eksaminer.yaml').accounts).toEqual({ kind: 'list', ids: ['012345678901'] });
  expect(schema(parse('accounts: [111122223333]\nconcurrency: 10\nclusters: { tags: { audited: true } }'))).toBe(true);
  expect(schema(parse('acounts: self'))).toBe(false);
});
