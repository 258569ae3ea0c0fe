import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakeApiServer } from '../collect/kubernetes/fake-api-server.ts';
import { certificate, type TestServer } from '../collect/kubernetes/https-server.ts';
import { runCli } from './run-cli.ts';
import { privilegedPod } from './tiny-capture.ts';

const PATIENCE = 60_000;

interface Document {
  readonly clusters: readonly { readonly cluster: string; readonly label: string; readonly findings: readonly { readonly fingerprint: string }[]; readonly outcomes: readonly { readonly check: string; readonly outcome: string }[] }[];
}

let directory: string;
let server: TestServer;
let kubeconfig: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'eksaminer-live-'));
  server = await fakeApiServer({ objects: { pods: [privilegedPod('one')] } });
  kubeconfig = join(directory, 'kubeconfig');
  const ca = certificate('ca.crt').toString('base64');
  // Nobody listens on port 1.
  const clusters = [['prod', String(server.server)], ['dead', 'https://127.0.0.1:1']].map(([name, url]) => ({ name, cluster: { server: url, 'certificate-authority-data': ca } }));
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod',
      clusters,
      contexts: ['prod', 'dead'].map((name) => ({ name, context: { cluster: name, user: 'auditor' } })),
      users: [{ name: 'auditor', user: { token: 'right' } }],
    }),
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

const at = (name: string) => join(directory, name);

describe('clusters behind a kubeconfig', () => {
  test(
    'the current context is audited; a capture of it, audited elsewhere, gives the same',
    async () => {
      const live = await runCli(['audit', '--kubeconfig', kubeconfig, '--store', at('live'), '--output', 'json']);
      expect(live).toMatchObject({ code: 0, stderr: '' });
      const [seen] = (JSON.parse(live.stdout) as Document).clusters;
      expect(seen).toMatchObject({ cluster: 'uid:uid-of-kube-system', label: 'prod' });
      expect(seen!.findings.length).toBeGreaterThan(0);

      const captured = await runCli(['capture', '--kubeconfig', kubeconfig, '--out', at('prod.json.gz')]);
      expect(captured).toMatchObject({ code: 0, stdout: `${at('prod.json.gz')}\n` });
      expect(captured.stderr).toMatch(/^eksaminer: prod: \d+ sources captured, \d+ could not be read \(the audit will say which\)\. Audit it anywhere: eksaminer audit --from .*prod\.json\.gz\n$/);
      expect(statSync(at('prod.json.gz')).mode & 0o077).toBe(0);

      const later = await runCli(['audit', '--from', at('prod.json.gz'), '--store', at('later'), '--output', 'json']);
      const [again] = (JSON.parse(later.stdout) as Document).clusters;
      expect(again!.findings).toEqual(seen!.findings);
      expect(again!.outcomes.map(({ check, outcome }) => [check, outcome])).toEqual(seen!.outcomes.map(({ check, outcome }) => [check, outcome]));
    },
    PATIENCE,
  );

  test(
    'one that does not answer is named and makes the whole 2; the others are audited',
    async () => {
      const ran = await runCli(['audit', '--kubeconfig', kubeconfig, '--all-contexts', '--store', at('both')]);
      expect(ran.code).toBe(2);
      expect(ran.stdout).toMatch(/^prod {2}1\.35 {2}1 workload {3}\d+ of \d+ checks assessed; \d+ not: /m);
      expect(ran.stdout).toMatch(/^dead {2}not audited: /m);
      expect(ran.stdout).toContain('\nBaseline of 1 cluster: ');
      expect(ran.stderr).toMatch(/^eksaminer: could not tell: dead was not audited: [^\n]+\n$/);
    },
    PATIENCE,
  );

  test(
    'several captures go into a directory; one that cannot be made leaves no file',
    async () => {
      const ran = await runCli(['capture', '--kubeconfig', kubeconfig, '--all-contexts', '--out', `${at('captures')}/`]);
      expect(ran).toMatchObject({ code: 2, stdout: `${at('captures/prod.eksaminer.json.gz')}\n` });
      expect(ran.stderr).toMatch(/eksaminer: dead was not captured: /);
      expect(existsSync(at('captures/dead.eksaminer.json.gz'))).toBe(false);
      expect(await runCli(['capture', '--kubeconfig', kubeconfig, '--all-contexts', '--out', at('one.json.gz')])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: `eksaminer: --out ${at('one.json.gz')}: 2 clusters do not fit into one file; name a directory (${at('one.json.gz')}/)\n`,
      });
    },
    PATIENCE,
  );
});
