import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { runCli } from './run-cli.ts';
import { privilegedPod, writeTinyCapture } from './tiny-capture.ts';

// Each test starts real processes on a machine that may be busy.
const PATIENCE = 60_000;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'eksaminer-audit-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const at = (name: string) => join(directory, name);
/** Times and ids differ from run to run; nothing else may. */
const settled = (text: string) => text.replace(/(today|yesterday) \d\d:\d\d UTC(, (less than a minute|\d+ \w+))?/g, 'MOMENT');

interface Document {
  readonly run: { readonly seq: number };
  readonly clusters: readonly { readonly cluster: string; readonly label: string; readonly findings: readonly { readonly check: string; readonly severity: string }[] }[];
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
  readonly changes: readonly { readonly kind: string; readonly origin: string; readonly finding?: { readonly check: string } }[];
  readonly gate?: { readonly exitCode: number; readonly reasons: readonly string[] };
}

describe('audit', () => {
  test(
    'the first run is a baseline, the second tells only what changed, the third that nothing did',
    async () => {
      const store = ['--store', at('told')];
      writeTinyCapture(at('prod'), 'prod', { pods: [privilegedPod('one')] });
      const first = await runCli(['audit', '--from', 'prod', ...store], { cwd: directory });
      expect(first).toMatchObject({ code: 0, stderr: '' });
      // What the checks say in their own words is theirs; the frame is ours.
      const [clusters, heading, items, kept] = first.stdout.split('\n\n');
      expect(clusters).toBe(`prod  1.35  1 workload   ${checksLine(first.stdout)}`);
      expect(heading).toMatch(/^Baseline of 1 cluster: \d findings {3}1 critical {2}\d low$/);
      expect(items).toMatch(/^critical {2}A privileged container can take over its node +[0-9a-f]{4}\n {10}prod: shop\/one can take over its node/);
      expect(kept).toBe(`Kept in ${at('told')}/. The next run shows only what changed.\n`);
      const found = Number(/(\d) findings/.exec(heading!)![1]);

      writeTinyCapture(at('prod'), 'prod', { pods: [privilegedPod('two')] });
      const second = await runCli(['audit', '--from', 'prod', ...store], { cwd: directory });
      expect(second).toMatchObject({ code: 0, stderr: '' });
      const [, summary, changed, standing] = settled(second.stdout).split('\n\n');
      expect(summary).toBe(`${found} opened  ${found} resolved   (since MOMENT)`);
      expect(changed).toMatch(/^opened {6}critical {2}A privileged container can take over its node +[0-9a-f]{4}\n {22}prod: shop\/two can take over its node/);
      expect(changed).toContain('\nresolved    critical  A privileged container can take over its node   prod shop/one\n');
      expect(changed!.split('\n').filter((line) => line.startsWith('opened'))).toHaveLength(found);
      expect(changed!.split('\n').filter((line) => line.startsWith('resolved'))).toHaveLength(found);
      expect(standing).toBe(`${found} findings open, nothing out of sight.\n`);

      const third = await runCli(['audit', '--from', 'prod', ...store], { cwd: directory });
      expect(settled(third.stdout)).toBe(`prod  1.35  1 workload   ${checksLine(first.stdout)}

No change in 1 cluster since MOMENT. ${found} findings open, nothing out of sight.
`);
    },
    PATIENCE,
  );

  test(
    'exit codes: 0 below the threshold, 1 at it, 2 where it cannot be told',
    async () => {
      writeTinyCapture(at('gate/bad'), 'bad', { pods: [privilegedPod('one')] });
      writeTinyCapture(at('gate/blind'), 'blind', {}, ['pods']);
      const audit = (from: string, ...more: string[]) => runCli(['audit', '--from', at(`gate/${from}`), '--store', at('gate/store'), ...more]);

      const unknown = await audit('bad', '--fail-on', 'new:critical');
      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toBe(
        `eksaminer: could not tell what is new in bad: the record had no earlier run of it. This run is the first; from the next one on it can be told: eksaminer audit --from ${at('gate/bad')} --store ${at('gate/store')}\n`,
      );
      expect(await audit('bad', '--fail-on', 'new:critical')).toMatchObject({ code: 0, stderr: '' });
      expect(await audit('bad', '--fail-on', 'any:critical')).toMatchObject({ code: 1, stderr: 'eksaminer: any:critical is reached: 1 finding open (1 critical)\n' });

      const blind = await audit('blind', '--fail-on', 'any:critical', '--output', 'json');
      expect(blind.code).toBe(2);
      const { gate } = JSON.parse(blind.stdout) as Document;
      expect(gate!.exitCode).toBe(2);
      expect(gate!.reasons.some((reason) => reason.startsWith('could not tell: privileged-container (up to critical) was not wholly evaluated on blind: '))).toBe(true);
      const allowed = gate!.reasons.map((reason) => /--allow-unevaluated (\S+)$/.exec(reason)![1]!);
      expect(await audit('blind', '--fail-on', 'any:critical', '--allow-unevaluated', ...allowed)).toMatchObject({ code: 0, stderr: '' });
      // One fewer than all is not enough.
      expect((await audit('blind', '--fail-on', 'any:critical', '--allow-unevaluated', ...allowed.slice(1))).code).toBe(2);
    },
    PATIENCE,
  );

  test(
    'a target that cannot be audited is 2 and is named; the others are audited; what was open there stays open',
    async () => {
      const store = ['--store', at('missed/store')];
      writeTinyCapture(at('missed/good'), 'good');
      writeTinyCapture(at('missed/lost'), 'lost', { pods: [privilegedPod('one')] });
      mkdirSync(at('missed/empty'));
      const paths = ['good', 'lost'].map((name) => at(`missed/${name}`));
      expect((await runCli(['audit', '--from', ...paths, ...store])).code).toBe(0);

      rmSync(at('missed/lost'), { recursive: true });
      mkdirSync(at('missed/lost'));
      const ran = await runCli(['audit', '--from', ...paths, at('missed/empty'), ...store]);
      expect(ran.code).toBe(2);
      expect(ran.stdout).toContain('good   1.35  0 workloads');
      expect(settled(ran.stdout).replaceAll(/\s+/g, ' ')).toContain('kubectl get <kind> -A -o json > <kind>.json (since MOMENT). ');
      expect(ran.stdout.replaceAll(/\s+/g, ' ')).toMatch(/\. \d findings there stay open, unseen\. /);
      expect(ran.stdout).toMatch(/^empty {2}not audited: /m);
      expect(ran.stderr).toContain('eksaminer: could not tell: empty was not audited: ');
      expect(ran.stderr).toContain('eksaminer: could not tell: lost was not audited: ');

      const json = JSON.parse((await runCli(['findings', '--unseen', '--output', 'json', ...store])).stdout) as { findings: { unseenSince: string }[] };
      expect(json.findings.length).toBeGreaterThan(0);
      for (const { unseenSince } of json.findings) expect(unseenSince).toMatch(/^\d{4}-\d\d-\d\dT/);
    },
    PATIENCE,
  );

  test(
    'two captures of one cluster are one audit: the other is named, and the gate cannot tell',
    async () => {
      writeTinyCapture(at('twice/a/same'), 'same');
      writeTinyCapture(at('twice/b/same'), 'same', { pods: [privilegedPod('one')] });
      const ran = await runCli(['audit', '--from', at('twice/a/same'), at('twice/b/same'), '--store', at('twice/store'), '--fail-on', 'any:critical', '--output', 'json']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toBe('eksaminer: could not tell: b/same was not audited: a/same is the same cluster, and was looked at in this run too\n');
      const document = JSON.parse(ran.stdout) as Document;
      expect(document.clusters).toHaveLength(1);
      expect(document.missed).toEqual([{ label: 'b/same', cluster: document.clusters[0]!.cluster, reason: 'a/same is the same cluster, and was looked at in this run too' }]);
    },
    PATIENCE,
  );

  test(
    'a broken file is told with what to do, and is no pass',
    async () => {
      writeTinyCapture(at('broken'), 'broken', { pods: [privilegedPod('one')] });
      writeFileSync(at('broken/pods.json'), readFileSync(at('broken/pods.json')).subarray(0, -20));
      const { code, stdout, stderr } = await runCli(['audit', '--from', at('broken'), '--store', at('broken-store')]);
      expect(code).toBe(0);
      expect(stderr).toMatch(/^eksaminer: pods\.json: /);
      expect(stdout).toMatch(/^broken {2}1\.35 {2}.*\d+ of \d+ checks assessed; \d+ not: /);
      expect(stdout).not.toContain('\n\nBaseline of 1 cluster: no findings\n\ncritical');
    },
    PATIENCE,
  );

  test(
    'json is one document on standard output that follows its schema; sarif says the same',
    async () => {
      const evil = 'a\u202eb\u001b[31m';
      writeTinyCapture(at('machine'), 'machine', { pods: [privilegedPod('one')], clusterRoleBindings: [{ metadata: { name: evil }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: evil }] }] });
      const from = ['--from', at('machine')];
      const json = await runCli(['audit', ...from, '--store', at('machine-1'), '--output', 'json']);
      expect(json.code).toBe(0);
      expect(json.stdout).toMatch(/^[\n\x20-\x7e]*$/);
      const document = JSON.parse(json.stdout) as Document;
      const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
      (addFormatsModule as unknown as (ajv: Ajv2020) => void)(ajv);
      const valid = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema/audit-1.json'), 'utf8')) as object);
      expect(valid(document) ? [] : valid.errors).toEqual([]);
      expect(document.clusters.map(({ cluster, label }) => [cluster, label])).toEqual([['arn:aws:eks:eu-west-1:111122223333:cluster/machine', 'machine']]);
      expect(document.changes.every(({ kind, origin }) => kind === 'opened' && origin === 'first-look')).toBe(true);
      expect(document.clusters[0]!.findings.map(({ check }) => check)).toContain('privileged-container');

      const sarif = await runCli(['audit', ...from, '--store', at('machine-2'), '--output', 'sarif']);
      const log = JSON.parse(sarif.stdout) as { runs: { results: { ruleId: string; partialFingerprints: object }[] }[] };
      expect(log.runs[0]!.results.map(({ ruleId }) => ruleId)).toEqual(document.clusters[0]!.findings.map(({ check }) => check));

      const table = await runCli(['audit', ...from, '--store', at('machine-3'), '--all']);
      expect(table.stdout).toMatch(/^[\n\x20-\x7e…×→·]*$/);
    },
    PATIENCE,
  );

  test(
    'an interrupted run leaves the record as it was',
    async () => {
      const { createServer } = await import('node:net');
      let press: () => void = () => undefined;
      // Takes connections and never says a word.
      const silent = createServer((socket) => {
        socket.on('error', () => undefined);
        press();
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as { port: number };
      writeFileSync(at('kubeconfig'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'slow', contexts: [{ name: 'slow', context: { cluster: 'slow', user: 'slow' } }], clusters: [{ name: 'slow', cluster: { server: `https://127.0.0.1:${port}` } }], users: [{ name: 'slow', user: { token: 'x' } }] }));
      try {
        const ran = await runCli(['audit', '--kubeconfig', at('kubeconfig'), '--store', at('interrupted')], { onStart: (child) => (press = () => void child.kill('SIGINT')) });
        expect(ran).toEqual({ code: 130, signal: null, stdout: '', stderr: 'eksaminer: interrupted; the record is as it was, and nothing of this run counts\n' });
        expect(existsSync(at('interrupted/seals'))).toBe(false);
      } finally {
        silent.close();
      }
    },
    PATIENCE,
  );

  test(
    'who stops reading gets no complaint, and the exit code is what it would have been',
    async () => {
      writeTinyCapture(at('unread'), 'unread', { pods: [privilegedPod('one')] });
      expect(await runCli(['audit', '--from', at('unread'), '--store', at('unread-store'), '--fail-on', 'any:critical', '--output', 'json'], { unread: true })).toMatchObject({ code: 1, stdout: '' });
      expect(await runCli(['checks'], { unread: true })).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    },
    PATIENCE,
  );
});

function checksLine(text: string): string {
  const [line, assessed, all] = /(\d+) of (\d+) checks assessed/.exec(text)!;
  expect(assessed).toBe(all);
  return line;
}
