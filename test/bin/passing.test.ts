import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CALICO, node } from '../checks/network/objects.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture } from './tiny-capture.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'eksaminer-passing-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const CHECK = 'policy-agent-not-ready';

interface Document {
  readonly clusters: readonly { readonly outcomes: readonly { readonly check: string; readonly outcome: string; readonly findings: number }[]; readonly findings: readonly { readonly check: string }[] }[];
  readonly changes: readonly { readonly kind: string; readonly origin: string; readonly finding?: { readonly check: string } }[];
  readonly gate: { readonly exitCode: number; readonly reasons: readonly string[] };
}

/** One run of many over a cluster whose agents are ready on so many of two nodes. */
async function auditWith(numberReady: number) {
  const from = writeTinyCapture(join(directory, 'prod'), 'prod', { daemonSets: [{ ...CALICO, status: { desiredNumberScheduled: 2, numberReady } }], nodes: [node('n1'), node('n2')] });
  const { stdout } = await runHere(['audit', '--from', from, '--store', join(directory, 'store'), '--output', 'json', '--fail-on', 'any:medium']);
  const { clusters, changes, gate } = JSON.parse(stdout) as Document;
  const { outcome, findings } = clusters[0]!.outcomes.find(({ check }) => check === CHECK)!;
  return {
    outcome: `${outcome} ${findings}`,
    shown: clusters[0]!.findings.filter(({ check }) => check === CHECK).length,
    told: changes.filter(({ finding }) => finding?.check === CHECK).map(({ kind, origin }) => `${kind} (${origin})`),
    unsure: gate.reasons.filter((reason) => reason.includes(CHECK)).length,
  };
}

test('what may pass by itself is in no report before two runs in a row saw it, and until the first look is confirmed nobody says that it is well', async () => {
  expect(await auditWith(1)).toEqual({ outcome: 'not-evaluated 0', shown: 0, told: [], unsure: 1 });
  expect(await auditWith(1)).toEqual({ outcome: 'fail 1', shown: 1, told: ['opened (first-look)'], unsure: 0 });
  expect(await auditWith(2)).toEqual({ outcome: 'pass 0', shown: 0, told: ['resolved (cluster)'], unsure: 0 });
  expect(await auditWith(1)).toEqual({ outcome: 'pass 0', shown: 0, told: [], unsure: 0 });
  expect(await auditWith(2)).toEqual({ outcome: 'pass 0', shown: 0, told: [], unsure: 0 });
}, 60_000);
