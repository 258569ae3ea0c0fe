import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runVectors } from '../../scripts/vectors/run-vectors.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vectors-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function run(kind: string): Promise<{ agreed: boolean; lines: string[] }> {
  const lines: string[] = [];
  const agreed = await runVectors(kind, directory, (line) => lines.push(line));
  return { agreed, lines };
}

const allowed = { 'v1.29': { allowed: true, failed: [] } };
const harmless = {
  name: 'a',
  pod: { spec: { os: { name: 'windows' }, securityContext: { runAsNonRoot: true }, containers: [] } },
  verdicts: { baseline: allowed, restricted: allowed },
};

test('all verdicts of all files count, one by one, in plain and in compressed files', async () => {
  writeFileSync(join(directory, 'README.md'), 'what this is');
  writeFileSync(join(directory, 'a.jsonl'), `${JSON.stringify(harmless)}\n`);
  mkdirSync(join(directory, 'more'));
  writeFileSync(join(directory, 'more', 'b.jsonl.gz'), gzipSync(`${JSON.stringify(harmless)}\n${JSON.stringify(harmless)}`));
  expect(await run('pss')).toEqual({ agreed: true, lines: ['baseline: 30 passed, 0 failed', 'restricted: 30 passed, 0 failed', '60 passed, 0 failed'] });
});

test('each disagreement is told with file and case', async () => {
  const wrong = { ...harmless, verdicts: { baseline: { ...allowed, 'v1.37': { allowed: false, failed: ['privileged'] } }, restricted: allowed } };
  const file = join(directory, 'a.jsonl');
  writeFileSync(file, JSON.stringify(wrong));
  expect(await run('pss')).toEqual({
    agreed: false,
    lines: [
      `${file}: a at v1.37: baseline: expected refused [privileged], got allowed []`,
      `${file}: a at latest: baseline: expected refused [privileged], got allowed []`,
      'baseline: 8 passed, 2 failed',
      'restricted: 10 passed, 0 failed',
      '18 passed, 2 failed',
    ],
  });
});

test('a file that nobody judges is a failure, though all others agree', async () => {
  writeFileSync(join(directory, 'a.jsonl'), JSON.stringify(harmless));
  writeFileSync(join(directory, 'b.json'), '[]');
  const { agreed, lines } = await run('pss');
  expect(agreed).toBe(false);
  expect(lines).toContain(`skipped: ${join(directory, 'b.json')} is no file of pss vectors that this runner knows`);
  expect(lines.at(-1)).toBe('20 passed, 0 failed');
});

test('a broken line fails and is named, and the other files are judged', async () => {
  writeFileSync(join(directory, 'a.jsonl'), `${JSON.stringify(harmless)}\n{"name"`);
  writeFileSync(join(directory, 'b.jsonl.gz'), 'no gzip');
  writeFileSync(join(directory, 'c.jsonl'), JSON.stringify(harmless));
  const { agreed, lines } = await run('pss');
  expect(agreed).toBe(false);
  expect(lines[0]).toContain(`${join(directory, 'a.jsonl')}: line 2: `);
  expect(lines[1]).toContain(`${join(directory, 'b.jsonl.gz')}: line 1: `);
  expect(lines.slice(2)).toEqual(['baseline: 20 passed, 0 failed', 'restricted: 20 passed, 0 failed', 'unreadable: 0 passed, 2 failed', '40 passed, 2 failed']);
});

test('nothing to judge is a failure', async () => {
  expect(await run('pss')).toEqual({ agreed: false, lines: [`vectors: there is no pss vector in ${directory}`, '0 passed, 0 failed'] });
});

test('a directory may hold any part of a kind, and files that hold no verdicts', async () => {
  const world = { seed: 1, objects: [], checks: [{ user: 'a', groups: [], verb: 'get', path: '/x', allowed: false }], whoCan: [], rulesFor: [], covers: [] };
  writeFileSync(join(directory, 'worlds-1.jsonl'), JSON.stringify(world));
  mkdirSync(join(directory, 'bootstrap'));
  writeFileSync(join(directory, 'bootstrap', '1.35.json'), '{}');
  expect(await run('rbac')).toEqual({
    agreed: true,
    lines: [
      `vectors: there are no escalation* files in ${directory}`,
      `vectors: there are no impersonation* files in ${directory}`,
      `no verdicts in ${join(directory, 'bootstrap', '1.35.json')}: default objects of a version of Kubernetes`,
      'check: 1 passed, 0 failed',
      '1 passed, 0 failed',
    ],
  });
});

test('a world of writes stands beside the default objects of its directory, else beside those of Kubernetes 1.35', async () => {
  const object = { kind: 'ClusterRole', metadata: { name: 'x' }, rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }] };
  // By default the aggregation controller may write any ClusterRole.
  const controller = { user: 'system:serviceaccount:kube-system:clusterrole-aggregation-controller', groups: [], op: 'update', object };
  const write = (verdict: object): void => writeFileSync(join(directory, 'escalation-1.jsonl'), JSON.stringify({ seed: 1, objects: [], cases: [{ ...controller, ...verdict }] }));
  write({ allowed: true, reason: '' });
  expect((await run('rbac')).lines.at(-1)).toBe('1 passed, 0 failed');
  writeFileSync(join(directory, 'defaults.json'), JSON.stringify({ objects: [] }));
  expect((await run('rbac')).lines.at(-1)).toBe('0 passed, 1 failed');
  write({ allowed: false, reason: 'authorization' });
  expect((await run('rbac')).lines.at(-1)).toBe('1 passed, 0 failed');
});

test('a wrong verdict of each part is found', async () => {
  const asker = { user: 'a', groups: [] };
  const request = { verb: 'get', path: '/x' };
  const world = {
    seed: 7,
    objects: [],
    checks: [{ ...asker, ...request, allowed: true, rbac: true }],
    whoCan: [{ ...request, subjects: [] }],
    rulesFor: [{ ...asker, namespace: '', rules: [{ verbs: ['get'] }] }],
    covers: [{ owner: [], servant: [{ verbs: ['get'], nonResourceURLs: ['/'] }], covered: false, uncovered: [] }],
  };
  writeFileSync(join(directory, 'worlds-1.jsonl'), JSON.stringify(world));
  const impersonation = { ...asker, impersonate: { username: 'b' }, allowed: true };
  writeFileSync(join(directory, 'impersonation-1.jsonl'), JSON.stringify({ seed: 7, objects: [], cases: [impersonation] }));
  const { agreed, lines } = await run('rbac');
  expect(agreed).toBe(false);
  expect(lines.filter((line) => line.includes(', 1 failed'))).toEqual(['check', 'covers', 'impersonation', 'rbac', 'rulesFor', 'whoCan'].map((of) => `${of}: 0 passed, 1 failed`));
  expect(lines.at(-1)).toBe('0 passed, 6 failed');
});

test('of identity, odd YAML may be called unreadable, and other YAML may not', async () => {
  const arn = 'arn:aws:iam::111122223333:user/a';
  const caller = { arn, account: '111122223333', userId: 'AIDAEXAMPLE', accessKeyId: 'AKIAEXAMPLE', type: 'user', canonical: arn, mapped: true, username: 'a', groups: [] };
  const odd = { seed: 1, data: { mapUsers: '- \u0001' }, parse: { roles: [], users: [{ userarn: arn, username: 'a', groups: [] }], accounts: [] }, callers: [caller] };
  writeFileSync(join(directory, 'aws-auth.jsonl'), `${JSON.stringify(odd)}\n`);
  expect((await run('identity')).lines.at(-1)).toBe('1 passed, 2 failed');
  writeFileSync(join(directory, 'odd-yaml.json'), JSON.stringify({ either: [1] }));
  expect((await run('identity')).lines.slice(-4)).toEqual(['aws-auth said to be unreadable: 1 passed, 0 failed', 'caller said to be unknown: 1 passed, 0 failed', 'canonical ARN: 1 passed, 0 failed', '3 passed, 0 failed']);
});

test('a kind that is none says so and fails', async () => {
  expect(await run('toString')).toEqual({ agreed: false, lines: ['vectors: "toString" is none of rbac, identity, network, pss'] });
});

test('the command says how it is used, and exits by what it found', () => {
  const script = join(import.meta.dirname, '../../scripts/vectors.ts');
  writeFileSync(join(directory, 'a.jsonl'), JSON.stringify(harmless));
  expect(execFileSync(process.execPath, [script, 'pss', directory], { encoding: 'utf8' })).toMatch(/20 passed, 0 failed\n$/);
  expect(() => execFileSync(process.execPath, [script, 'pss'], { stdio: 'pipe' })).toThrow('usage: npm run vectors -- rbac|identity|network|pss DIR');
});
