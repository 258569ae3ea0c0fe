import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, role, rule, user } from '../checks/rbac/rbac-objects.ts';
import { inTemporaryDirectory, type Ran } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { privilegedPod, writeTinyCapture } from './tiny-capture.ts';

const PATIENCE = 60_000;

interface Found {
  readonly fingerprint: string;
  readonly item: string;
  readonly check: string;
  readonly cluster: string;
  readonly label: string;
  readonly since: string;
  readonly resource: { readonly name: string };
}

let directory: string;
let store: readonly string[];
let findings: readonly Found[];

/** A report with its lines joined: a long path wraps. */
const oneLine = ({ stdout }: Ran): string => stdout.replaceAll(/\s+/g, ' ');
const listed = async (...args: string[]) => (JSON.parse((await runHere(['findings', ...store, '--output', 'json', ...args])).stdout) as { findings: Found[] }).findings;
const explain = (id: string, ...args: string[]): Promise<Ran> => runHere(['explain', id, ...store, ...args]);

/** Two clusters: `one` has lost a pod since yesterday's look, both have another. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'eksaminer-explain-'));
  store = ['--store', join(directory, 'store')];
  const from = ['one', 'two'].map((name) => join(directory, name));
  for (const pods of [[privilegedPod('stays'), privilegedPod('goes')], [privilegedPod('stays')]]) {
    writeTinyCapture(from[0]!, 'one', { pods });
    writeTinyCapture(from[1]!, 'two', { pods: [privilegedPod('stays', 'other')] });
    expect((await runHere(['audit', '--from', ...from, ...store])).code).toBe(0);
  }
  findings = await listed();
}, PATIENCE);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('findings', () => {
  test(
    'the open ones of the record, filtered',
    async () => {
      expect(new Set(findings.map(({ label, resource }) => `${label} ${resource.name}`))).toEqual(new Set(['one stays', 'two stays']));
      const only = await listed('--cluster', 'two', '--severity', 'critical');
      expect(only.map(({ check, label }) => [check, label])).toEqual([['privileged-container', 'two']]);
      expect(await listed('--namespace', 'nowhere')).toEqual([]);
      expect(await listed('--unseen')).toEqual([]);
      expect((await listed('--check', 'privileged-container')).length).toBe(2);
      const table = await runHere(['findings', ...store, '--severity', 'critical']);
      expect(table).toMatchObject({ code: 0, stderr: '' });
      expect(oneLine(table)).toContain(` What one means and what to do: eksaminer explain ID ${store.join(' ')} `);
      expect(table.stdout).toMatch(/^2 findings open {3}2 critical\n\ncritical {2}A privileged container can take over its node\n {10}one: .* [0-9a-f]{4}\n {10}two: .* [0-9a-f]{4}\n {10}Remove/);
    },
    PATIENCE,
  );

  test(
    'a filter that cannot mean anything is 2',
    async () => {
      expect(await runHere(['findings', ...store, '--cluster', 'three'])).toMatchObject({ code: 2, stderr: 'eksaminer: --cluster "three": the record has no such cluster; it has: one, two\n' });
      expect(await runHere(['findings', ...store, '--severity', 'grave'])).toMatchObject({ code: 2, stderr: 'eksaminer: --severity "grave": it is one of critical, high, medium, low, info\n' });
      expect((await runHere(['findings', ...store, '--check', 'nothing-such'])).code).toBe(2);
    },
    PATIENCE,
  );
});

describe('explain', () => {
  const privileged = () => findings.filter(({ check }) => check === 'privileged-container');

  test(
    'an item in one place tells all about it: evidence, what to do, history',
    async () => {
      const { item, fingerprint } = privileged()[0]!;
      for (const id of [item.slice(0, 8), item, fingerprint, fingerprint.toUpperCase()]) {
        const { code, stdout, stderr } = await explain(id);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toMatch(/^critical {2}A privileged container can take over its node\n {10}(one|two), open since /);
        for (const part of ['\nWhy it matters ', '\nWhat to do ', '\nControls ', '\nSee ', '\nHistory ', ' opened  critical  (at the first look)\n', fingerprint]) expect(stdout).toContain(part);
      }
    },
    PATIENCE,
  );

  test(
    'what was resolved is still told, by its history',
    async () => {
      // The same resource gives the same fingerprint in any store: the pod that went is found by a capture that still has it.
      writeTinyCapture(join(directory, 'before'), 'one', { pods: [privilegedPod('goes')] });
      const before = JSON.parse((await runHere(['audit', '--from', join(directory, 'before'), '--store', join(directory, 'before-store'), '--output', 'json'])).stdout) as { clusters: { findings: Found[] }[] };
      const gone = before.clusters[0]!.findings.find(({ check }) => check === 'privileged-container')!;
      const { code, stdout } = await explain(gone.fingerprint.slice(0, 10));
      expect(code).toBe(0);
      expect(stdout).toMatch(/^critical {2}.*\n {10}one, resolved (today|yesterday) \d\d:\d\d UTC; it was open for /);
      expect(stdout).toMatch(/ opened {2}critical {2}\(at the first look\)\n +(today|yesterday) \d\d:\d\d UTC {2}resolved {2}critical\n/);
    },
    PATIENCE,
  );

  test(
    'a check, with and without a record',
    async () => {
      const open = await explain('privileged-container');
      expect(open).toMatchObject({ code: 0, stderr: '' });
      expect(oneLine(open)).toContain(` 2 findings of it open in 2 clusters: eksaminer findings --check privileged-container ${store.join(' ')} `);
      const bare = await runHere(['explain', 'privileged-container', '--store', join(directory, 'nowhere')]);
      expect(bare).toMatchObject({ code: 0, stderr: '' });
      expect(bare.stdout).not.toContain('findings of it');
    },
    PATIENCE,
  );

  test(
    'an id that nothing begins with, and what is no id, are 2',
    async () => {
      const taken = new Set(findings.flatMap(({ item, fingerprint }) => [item.slice(0, 4), fingerprint.slice(0, 4)]));
      const free = Array.from({ length: 65_536 }, (_, number) => number.toString(16).padStart(4, '0')).find((id) => !taken.has(id))!;
      const none = await explain(`${free}00000000000000000000000000ff`);
      expect(none).toMatchObject({ code: 2, stdout: '' });
      expect(none.stderr).toMatch(/the record in .*store\/ has no item and no finding whose id begins so\. /);
      expect(none.stderr).toContain(`What is open: eksaminer findings ${store.join(' ')}\n`);
      const neither = await explain('abc');
      expect(neither.stderr).toBe(`eksaminer: "abc" is neither a check nor the id of an item or a finding (four hex digits or more). The checks: eksaminer checks. What is open: eksaminer findings ${store.join(' ')}\n`);
      expect((await runHere(['explain', 'abc'])).stderr).toMatch(/What is open: eksaminer findings\n$/);
    },
    PATIENCE,
  );
});

test(
  'checks: the catalogue for people and for machines',
  async () => {
    const table = await runHere(['checks']);
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout).toContain(`\n${CHECKS.length} checks. What one means and what to do: eksaminer explain ID\n`);
    const json = await runHere(['checks', '--output', 'json']);
    expect((JSON.parse(json.stdout) as { checks: { id: string }[] }).checks.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
  },
  PATIENCE,
);

describe('a finding about rights', () => {
  test(
    'shows the chain and what cuts it, from the record',
    async () => {
      await inTemporaryDirectory(async (own) => {
        const place = writeTinyCapture(join(own, 'prod'), 'prod', {
          clusterRoles: [CLUSTER_ADMIN],
          roles: [role('shop', 'mint', rule('create', '', 'serviceaccounts/token'))],
          clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss'))],
          roleBindings: [bind('shop', '--all', 'Role mint', user('alice')), bind('shop', 'mint', 'Role mint', user('alice'), user('bob'))],
          serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' } }],
        });
        const record = ['--store', join(own, 'store')];
        await runHere(['audit', '--from', place, '--quiet', ...record]);
        const { findings: found } = JSON.parse((await runHere(['findings', ...record, '--output', 'json'])).stdout) as { findings: Found[] };
        const explained = async (check: string): Promise<string> => (await runHere(['explain', found.find((each) => each.check === check && each.resource.name === 'alice')!.fingerprint, ...record])).stdout;
        const right = await explained('service-account-token-create');
        expect(right).toContain('    RoleBinding shop/--all → Role shop/mint\n      create: serviceaccounts/token\n    RoleBinding shop/mint → Role shop/mint\n');
        expect(right).toContain('Cut it here      kubectl delete rolebinding -n shop -- --all\n                 kubectl edit rolebinding -n shop mint   (take out User alice)\n');
        const way = await explained('privilege-escalation-path');
        expect(way).toContain('    → is then cluster-admin\n');
        expect(way).toMatch(/Cut it here {6}kubectl .+\n(?: {17}kubectl .+\n)* {17}\(checked: without (?:it|all of these together) no way is left/);
      });
    },
    PATIENCE,
  );
});

test(
  'where to cut a way from the Internet is said as the check says it',
  async () => {
    await inTemporaryDirectory(async (own) => {
      const record = ['--store', join(own, 'store')];
      await runHere(['audit', '--from', join(import.meta.dirname, '../../examples/fleet/day-1/vulnerable'), '--quiet', ...record]);
      const { findings: found } = JSON.parse((await runHere(['findings', ...record, '--output', 'json'])).stdout) as { findings: Found[] };
      const way = found.find(({ check, resource }) => check === 'internet-to-sensitive-path' && resource.name === 'intranet')!;
      expect((await runHere(['explain', way.fingerprint, ...record])).stdout).toContain('Cut it here      the way in: no other leads to it\n');
    });
  },
  PATIENCE,
);
