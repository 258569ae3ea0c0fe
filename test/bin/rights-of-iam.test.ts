import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bind, clusterRole, group, rule, user } from '../checks/rbac/rbac-objects.ts';
import { inTemporaryDirectory, type Ran } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture } from './tiny-capture.ts';

const ARN = 'arn:aws:iam::111122223333:role';

interface GivenEntry {
  readonly name: string;
  readonly username?: string;
  readonly groups?: readonly string[];
  readonly type?: string;
  /** By policy, its namespaces; empty: the cluster. */
  readonly policies?: Readonly<Record<string, readonly string[]>>;
}

/** A capture with these access entries, as the AWS CLI prints them. `without`: the file of entries is missing. */
function capture(directory: string, entries: readonly GivenEntry[], without = false): string {
  const place = writeTinyCapture(join(directory, 'prod'), 'prod', {
    clusterRoles: [clusterRole('reader', rule('get,list', '', 'secrets'))],
    roleBindings: [bind('shop', 'readers', 'ClusterRole reader', user('alice'), group('devs'))],
  });
  const write = (name: string, value: object): void => writeFileSync(join(place, `${name}.json`), JSON.stringify(value));
  if (without) for (const file of ['aws-1', 'aws-2']) rmSync(join(place, `${file}.json`));
  entries.forEach(({ name, username = name, groups = [], type = 'STANDARD', policies = {} }, index) => {
    const principalArn = `${ARN}/${name}`;
    write(`entry-${index}`, { accessEntry: { clusterName: 'prod', principalArn, username, kubernetesGroups: groups, type } });
    const associatedAccessPolicies = Object.entries(policies).map(([policy, namespaces]) => ({
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
      accessScope: namespaces.length === 0 ? { type: 'cluster', namespaces: [] } : { type: 'namespace', namespaces },
    }));
    write(`policies-${index}`, { clusterName: 'prod', principalArn, associatedAccessPolicies });
  });
  return place;
}

function ask(entries: readonly GivenEntry[], ...args: readonly string[]): Promise<Ran> {
  return inTemporaryDirectory((directory) => runHere([...args, '--from', capture(directory, entries), '--quiet']));
}

const ENTRIES: readonly GivenEntry[] = [
  { name: 'boss', policies: { AmazonEKSClusterAdminPolicy: [] } },
  { name: 'dev', username: 'alice', groups: ['devs'], policies: { AmazonEKSACKPolicy: ['shop'], AmazonARCRegionSwitchScalingPolicy: ['dev-*'] } },
  { name: 'web', policies: { AmazonEKSViewPolicy: [] } },
];

describe('who-can', () => {
  test('names those of IAM whose access policies allow it, and those of whom nobody knows', async () => {
    const { code, stdout } = await ask(ENTRIES, 'who-can', 'list', 'secrets', '-n', 'shop');
    expect(code).toBe(2);
    expect(stdout).toContain(
      'prod: who can list secrets in shop\n' +
        '  Group devs  by RoleBinding shop/readers, ClusterRole reader\n' +
        '  Group system:masters  whatever is bound to it\n' +
        '  User alice  by RoleBinding shop/readers, ClusterRole reader\n' +
        '  IAM role boss of account 111122223333  by access policy AmazonEKSClusterAdminPolicy\n' +
        '  IAM role dev of account 111122223333  unknown: what AmazonEKSACKPolicy allows is not known\n' +
        '  4 subjects, and 1 of whom it is unknown; it is denied to all others\n',
    );
  });

  test('elsewhere the answer is sure', async () => {
    const { code, stdout } = await ask(ENTRIES, 'who-can', 'list', 'secrets', '-n', 'web', '--output', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      clusters: [{ others: 'denied', principals: [{ arn: `${ARN}/boss`, username: 'boss', groups: [], answer: 'allowed', accessPolicies: ['AmazonEKSClusterAdminPolicy'], doubts: [] }], nodes: 'none', unread: [] }],
    });
  });

  test('entries that were not read could hold more', async () => {
    const { code, stdout } = await inTemporaryDirectory((directory) => runHere(['who-can', 'get', '/metrics', '--from', capture(directory, [], true), '--quiet']));
    expect(code).toBe(2);
    expect(stdout).toContain('  1 subject at least. Whether others can is unknown: not in the capture:');
  });
});

describe('what-can', () => {
  test('a user that an access entry maps has its groups and its policies', async () => {
    const { code, stdout } = await ask(ENTRIES, 'what-can', 'alice', '-n', 'dev-1');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'prod: what User alice can do, with the groups system:authenticated, devs\n' +
        '  as IAM role dev of account 111122223333, by its access entry\n' +
        '    access policy AmazonARCRegionSwitchScalingPolicy in dev-*\n' +
        '      get, patch: autoscaling/horizontalpodautoscalers\n' +
        '      get, update: */*/scale\n' +
        '      get: */*/status\n' +
        '  No rule of RBAC that was read reaches it; everything else is denied\n',
    );
  });

  test('a principal is asked about by its ARN, with its path or without', async () => {
    const { code, stdout } = await ask(ENTRIES, 'what-can', `${ARN}/team/dev`, '--output', 'json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      clusters: [
        {
          others: 'unknown',
          identity: { user: 'alice', groups: ['system:authenticated', 'devs'] },
          scopes: [{ namespace: 'shop', rules: [{ binding: 'RoleBinding shop/readers' }] }],
          principals: [
            {
              arn: `${ARN}/dev`,
              certain: true,
              accessPolicies: [
                { name: 'AmazonEKSACKPolicy', contents: 'unknown', scope: 'namespaces', namespaces: ['shop'], rules: [] },
                { name: 'AmazonARCRegionSwitchScalingPolicy', contents: 'documented' },
              ],
            },
          ],
          node: null,
        },
      ],
    });
  });

  test('where only a session would be called so, it says that', async () => {
    const { stdout } = await ask([{ name: 'ci', username: 'ci:{{SessionName}}', groups: ['robots'], policies: { AmazonEKSViewPolicy: [] } }], 'what-can', 'ci:build-7');
    expect(stdout).toContain('prod: what User ci:build-7 can do, with the groups system:authenticated\n  as IAM role ci of account 111122223333, by its access entry, where a session of it is called so\n');
  });

  test('a node may at least what every node may', async () => {
    const { code, stdout } = await ask([], 'what-can', 'User', 'system:node:ip-10-0-0-1');
    expect(code).toBe(2);
    expect(stdout).toContain('Whether it can do more is unknown: a node may what its\n  pods need, and settings of the API server add to it\n');
    expect(stdout).toContain('  as a node, at least, by the Node authorizer\n');
    expect(stdout).toContain('    create: serviceaccounts/token of the accounts of its pods\n');
  });
});

describe('path', () => {
  test('a user comes to what the principal behind it comes to', async () => {
    const { code, stdout } = await ask(ENTRIES, 'path', 'boss', 'cluster-admin');
    expect(code).toBe(0);
    expect(stdout).toContain('  cluster-admin: yes, signed in as IAM role boss of account 111122223333\n');
    expect((await ask(ENTRIES, 'path', `${ARN}/boss`, 'cluster-admin')).stdout).toContain('  cluster-admin: yes\n');
  });

  test('what is not known of its policies, or of entries, leaves it open', async () => {
    const { code, stdout } = await ask(ENTRIES, 'path', 'alice', 'cluster-admin');
    expect(code).toBe(2);
    expect(stdout).toContain('  cluster-admin: no way was found; whether there is one is unknown: not all that AmazonEKSACKPolicy\n  allows is known\n');
    const unread = await inTemporaryDirectory((directory) => runHere(['path', 'alice', 'cluster-admin', '--from', capture(directory, [], true), '--quiet']));
    expect([unread.code, unread.stdout.replaceAll(/\s+/g, ' ').includes('is unknown: not in the capture: ')]).toEqual([2, true]);
    expect(await ask(ENTRIES, 'path', 'web', 'cluster-admin')).toMatchObject({ code: 0, stdout: expect.stringContaining('  cluster-admin: no way\n') as unknown });
  });

  test('a node takes what is on it', async () => {
    expect((await ask([], 'path', 'User', 'system:node:a', 'cluster-admin')).stdout).toContain('is unknown: a node takes the accounts of the\n  pods that are on it');
  });
});
