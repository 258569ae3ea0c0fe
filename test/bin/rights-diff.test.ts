import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { account, bind, bindCluster, clusterRole, group, role, rule, user } from '../checks/rbac/rbac-objects.ts';
import { inTemporaryDirectory, type Ran } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema/rights-diff-1.json'), 'utf8')) as object;
const valid = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(schema);
const NOTE = "powers of the catalogue and ways to them are compared, as this program's checks find them; rights\nthat are no power are not.\n";

const READER = clusterRole('reader', rule('get,list,watch', '', 'secrets'));
const SHELL = clusterRole('shell', rule('create', '', 'pods/exec'));
const BEFORE: GivenObjects = {
  clusterRoles: [READER, SHELL],
  roleBindings: [bind('shop', 'readers', 'ClusterRole reader', user('alice'), group('devs')), bind('shop', 'shells', 'ClusterRole shell', user('alice'))],
};

interface Document {
  readonly clusters: readonly { readonly counts: Record<string, number>; readonly same: number; readonly changes: readonly { difference: string; cause: string; reason: string | null; rights: readonly { holder: string; power: string; namespace: string | null }[] }[] }[];
}

interface Given {
  readonly before?: GivenObjects;
  readonly after?: GivenObjects;
  readonly without?: { readonly before?: readonly KubernetesSource[]; readonly after?: readonly KubernetesSource[] };
}

function diff({ before = BEFORE, after = BEFORE, without = {} }: Given, ...args: readonly string[]): Promise<Ran> {
  return inTemporaryDirectory((directory) =>
    runHere(['rights', '--diff', writeTinyCapture(join(directory, 'old'), 'prod', before, without.before), writeTinyCapture(join(directory, 'new'), 'prod', after, without.after), '--quiet', ...args]),
  );
}

/** `gained User alice secrets-read@shop`, sorted. */
async function told(given: Given): Promise<readonly string[]> {
  const document = JSON.parse((await diff(given, '--output', 'json')).stdout) as Document;
  expect(valid(document) ? [] : valid.errors).toEqual([]);
  return document.clusters.flatMap(({ changes }) => changes.flatMap(({ difference, rights }) => rights.map(({ holder, power, namespace }) => `${difference} ${holder} ${power}@${namespace ?? 'cluster'}`))).sort();
}

describe('between two captures', () => {
  test('who gained and who lost, by cause', async () => {
    const after: GivenObjects = {
      clusterRoles: [READER, SHELL],
      clusterRoleBindings: [bindCluster('all', 'shell', group('ops'))],
      roleBindings: [bind('shop', 'readers', 'ClusterRole reader', user('alice'), group('devs'), account('ci', 'bot')), bind('web', 'readers', 'ClusterRole reader', user('alice'))],
    };
    const { code, stdout } = await diff({ after });
    expect(code).toBe(0);
    expect(stdout.replaceAll(/from \S+ to \S+/g, 'from A to B').replace(/from A\n/, 'from A ')).toBe(
      'prod: rights from A to B\n' +
        '  gained  high  ClusterRole reader: secrets-read\n' +
        '    ServiceAccount ci/bot in shop\n' +
        '    User alice in web\n' +
        '  gained  high  Group ops may run commands in the pods in every namespace, by ClusterRoleBinding all\n' +
        '  lost  high  User alice may run commands in the pods in shop, by RoleBinding shop/shells\n' +
        '  3 rights gained, 1 lost; 2 rights as before\n\n' +
        NOTE,
    );
  });

  test('nothing is said of renamed bindings, of other orders, of roles that say the same', async () => {
    const after: GivenObjects = {
      clusterRoles: [SHELL, clusterRole('looker', rule('watch,list,get', '', 'secrets'))],
      roles: [role('shop', 'local', rule('create', '', 'pods/exec'))],
      roleBindings: [bind('shop', 'of-others', 'Role local', user('alice')), bind('shop', 'again', 'ClusterRole looker', group('devs'), user('alice'))],
    };
    expect(await told({ after })).toEqual([]);
    expect((await diff({ after })).stdout).toContain('  Nobody gained or lost a power; 3 rights as before\n');
  });

  test('what a stronger right has in it was not lost, and was not gained with it', async () => {
    const everywhere: GivenObjects = { clusterRoles: [READER], clusterRoleBindings: [bindCluster('all', 'reader', user('alice'))] };
    const here: GivenObjects = { clusterRoles: [READER], roleBindings: [bind('shop', 'one', 'ClusterRole reader', user('alice'))] };
    expect(await told({ before: here, after: everywhere })).toEqual(['gained User alice secrets-read@cluster']);
    expect(await told({ before: everywhere, after: here })).toEqual(['lost User alice secrets-read@cluster']);
    const admin: GivenObjects = { clusterRoles: [clusterRole('all', rule('*', '*', '*'))], roleBindings: [bind('shop', 'one', 'ClusterRole all', user('alice'))] };
    expect(await told({ before: here, after: admin })).toEqual(['gained User alice namespace-admin@shop']);
  });

  test('what the groups of an account give it, it has', async () => {
    const own: GivenObjects = { clusterRoles: [READER], roleBindings: [bind('shop', 'one', 'ClusterRole reader', account('shop', 'web'))] };
    const byGroup: GivenObjects = { clusterRoles: [READER], roleBindings: [bind('shop', 'one', 'ClusterRole reader', group('system:serviceaccounts:shop'))] };
    expect(await told({ before: own, after: byGroup })).toEqual(['gained Group system:serviceaccounts:shop secrets-read@shop']);
    expect(await told({ before: byGroup, after: own })).toEqual(['lost Group system:serviceaccounts:shop secrets-read@shop']);
  });

  test('ways to more are told, and not beside cluster-admin', async () => {
    const wayTo: GivenObjects = {
      clusterRoles: [clusterRole('cluster-admin', rule('*', '*', '*')), clusterRole('minter', rule('create', '', 'serviceaccounts/token'))],
      serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' } }],
      clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss'))],
      roleBindings: [bind('shop', 'mint', 'ClusterRole minter', user('alice'))],
    };
    const without: GivenObjects = { ...wayTo, roleBindings: [] };
    const direct: GivenObjects = { ...wayTo, clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss'), user('alice'))] };
    expect(await told({ before: without, after: wayTo })).toEqual(['gained User alice a way to cluster-admin@cluster', 'gained User alice service-account-token-create@shop']);
    expect(await told({ before: wayTo, after: direct })).toEqual(['gained User alice cluster-admin@cluster']);
  });

  test('strangers are followed power by power', async () => {
    const open = (...verbs: string[]): GivenObjects => ({ clusterRoles: [clusterRole('open', rule(verbs.join(), '', 'configmaps,secrets'))], clusterRoleBindings: [bindCluster('open', 'open', group('system:unauthenticated'))] });
    expect(await told({ before: {}, after: open('delete') })).toEqual(['gained Group system:unauthenticated access@cluster']);
    expect(await told({ before: open('delete'), after: open('delete', 'list') })).toEqual(['gained Group system:unauthenticated secrets-read@cluster']);
  });
});

describe('which cluster', () => {
  const header = async (...[before, after]: readonly [{ readonly name: string; readonly uid?: string; readonly arn?: boolean }, { readonly name: string; readonly uid?: string; readonly arn?: boolean }]): Promise<string> =>
    inTemporaryDirectory(async (directory) => {
      const path = (side: string, { name, uid, arn = true }: typeof before): string => {
        const capture = writeTinyCapture(join(directory, side, 'prod'), name, uid === undefined ? {} : { namespaces: [{ metadata: { name: 'kube-system', uid } }] });
        if (!arn) rmSync(join(capture, 'describe-cluster.json'));
        return capture;
      };
      return (await runHere(['rights', '--diff', path('old', before), path('new', after), '--quiet'])).stdout.split(': rights from')[0]!;
    });

  test('two clusters whose captures are called alike are two', async () => {
    expect(await header({ name: 'prod' }, { name: 'prod' })).toBe('prod');
    expect(await header({ name: 'prod' }, { name: 'test' })).toBe('prod and prod, two clusters');
    expect(await header({ name: 'prod', uid: 'a' }, { name: 'prod', uid: 'b' })).toBe('prod and prod, two clusters');
  });

  test('one of which a capture tells less is one', async () => {
    expect(await header({ name: 'prod', uid: 'a' }, { name: 'prod', uid: 'a', arn: false })).toBe('prod');
    expect(await header({ name: 'prod', uid: 'a' }, { name: 'test', uid: 'b', arn: false })).toBe('prod and prod, two clusters');
  });
});

describe('what one side did not read', () => {
  const after: GivenObjects = { ...BEFORE, clusterRoleBindings: [bindCluster('all', 'shell', group('ops'))], roleBindings: [...(BEFORE.roleBindings ?? []), bind('web', 'readers', 'ClusterRole reader', group('devs'))] };

  test('is neither gained nor lost', async () => {
    const unread = await diff({ after, without: { before: ['roleBindings'] } });
    expect(unread.code).toBe(2);
    expect(unread.stdout).toContain('  not known whether gained  high  ClusterRole reader: secrets-read\n');
    expect((await diff({ without: { before: ['roleBindings'], after: ['roleBindings'] } })).stdout).toContain('  No power is known to have been gained or lost; 0 rights as before. There may be more:\n');
    expect(unread.stdout).toContain('There may be more:\n    then: not in the capture: rolebindings (');
    // What counts in the whole cluster stands in no RoleBinding.
    expect(await told({ after, without: { before: ['roleBindings'] } })).toEqual([
      'gained Group ops pod-exec@cluster',
      'seen-later Group devs secrets-read@shop',
      'seen-later Group devs secrets-read@web',
      'seen-later User alice pod-exec@shop',
      'seen-later User alice secrets-read@shop',
    ]);
    expect(await told({ before: after, after, without: { after: ['clusterRoleBindings'] } })).toEqual(['seen-before Group ops pod-exec@cluster']);
  });

  test('is a reason for exit code 2 where nothing was seen to change', async () => {
    expect((await diff({ without: { before: ['clusterRoles'], after: ['clusterRoles'] } })).code).toBe(2);
  });

  test('a capture that is not there', async () => {
    const { code, stdout, stderr } = await inTemporaryDirectory((directory) => runHere(['rights', '--diff', join(directory, 'none'), writeTinyCapture(join(directory, 'new'), 'prod'), '--quiet']));
    expect(code).toBe(2);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/^none: rights from \S+none to \S+new are not known \S+none does not exist powers of the catalogue /);
    expect(stderr).toContain('none was not looked at');
  });
});

describe('between two runs of a record', () => {
  /** Audits what is given, one after the other, into one store; answers the runs. */
  async function audited(directory: string, ...given: readonly GivenObjects[]): Promise<{ readonly store: string; readonly runs: readonly string[] }> {
    const store = join(directory, 'store');
    const runs: string[] = [];
    for (const objects of given) {
      const { stdout } = await runHere(['audit', '--from', writeTinyCapture(join(directory, 'prod'), 'prod', objects), '--store', store, '--quiet', '--output', 'json']);
      runs.push((JSON.parse(stdout) as { run: { id: string } }).run.id);
    }
    return { store, runs };
  }

  test('by their ids and by days', async () => {
    await inTemporaryDirectory(async (directory) => {
      const { store, runs } = await audited(directory, BEFORE, { ...BEFORE, clusterRoleBindings: [bindCluster('all', 'shell', group('ops'))] }, BEFORE);
      const ask = async (before: string, after: string): Promise<Ran> => runHere(['rights', '--store', store, '--output', 'json', '--diff', before, after]);
      const said = async (before: string, after: string): Promise<readonly string[]> => {
        const { code, stdout } = await ask(before, after);
        const document = JSON.parse(stdout) as Document;
        expect([code, valid(document) ? [] : valid.errors]).toEqual([0, []]);
        return document.clusters.flatMap(({ changes }) => changes.flatMap(({ difference, rights }) => rights.map(({ holder, power }) => `${difference} ${holder} ${power}`)));
      };
      expect(await said(runs[0]!, runs[1]!)).toEqual(['gained Group ops pod-exec']);
      expect(await said(runs[1]!.toLowerCase(), '2100-01-01')).toEqual(['lost Group ops pod-exec']);
      expect(await said(runs[0]!, runs[2]!)).toEqual([]);
      expect((await ask(runs[2]!, runs[0]!)).stderr).toContain('the earlier one comes first');
      expect((await ask('2000-01-01', runs[0]!)).stderr).toContain('2000-01-01: the record has no run that had begun by then');
      expect((await ask('01JCYZ0000000000000000000A', runs[0]!)).stderr).toContain('the record has no such run');
      expect((await ask('yesterday', runs[0]!)).stderr).toContain('"yesterday" is no run of the record');
    });
  });

  test('a cluster that only one of them knows is not compared', async () => {
    await inTemporaryDirectory(async (directory) => {
      const store = join(directory, 'store');
      const run = async (name: string): Promise<string> => {
        const { stdout } = await runHere(['audit', '--from', writeTinyCapture(join(directory, name), name, BEFORE), '--store', store, '--quiet', '--output', 'json']);
        return (JSON.parse(stdout) as { run: { id: string } }).run.id;
      };
      const [first, second] = [await run('one'), await run('two')];
      const { code, stdout, stderr } = await runHere(['rights', '--store', store, '--diff', first, second]);
      expect(code).toBe(2);
      expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/two: rights from run \S+ \(.*\) to run \S+ \(.*\) are not known it had not been looked at in run /);
      expect(stderr).toContain('eksaminer: two: it had not been looked at in run ');
      const third = await run('one');
      const narrowed = await runHere(['rights', '--store', store, '--cluster', 'one', '--diff', first, third]);
      expect([narrowed.code, narrowed.stdout.includes('Nobody gained or lost a power; 3 rights as before')]).toEqual([0, true]);
      // The second run did not look at it.
      const unseen = await runHere(['rights', '--store', store, '--cluster', 'one', '--diff', first, second]);
      expect([unseen.code, unseen.stdout.includes('  No power is known to have been gained or lost; 3 rights as before. There may be more:\n    now: it was not looked at between these runs (')]).toEqual([2, true]);
      const same = await runHere(['rights', '--store', store, '--cluster', 'one', '--diff', second, second]);
      expect([same.code, same.stdout.includes('Nobody gained or lost a power; 3 rights as before')]).toEqual([0, true]);
    });
  });
});

test.each([
  [['--diff', 'one'], '--diff takes two'],
  [['--diff', 'one', 'two', 'three'], '--diff takes two'],
  [['--diff', 'one', 'two', '--cluster', 'prod'], '--cluster has no meaning between two captures'],
])('%j is refused', async (args, words) => {
  const { code, stderr } = await runHere(['rights', ...args]);
  expect([code, stderr.includes(words)]).toEqual([2, true]);
});
