import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { readCapture } from '../../lambda/collect/capture/read-capture.ts';
import type { Assessment, Finding } from '../../lambda/model/assessment.ts';
import { refused } from '../../lambda/model/collected.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { SOURCE_NAMES, type SourceName } from '../../lambda/model/sources.ts';

const CLUSTERS = ['hardened', 'typical', 'vulnerable'] as const;
const snapshots = new Map<string, { readonly snapshot: Snapshot; readonly whole: Assessment }>();

beforeAll(async () => {
  for (const cluster of CLUSTERS) {
    const read = await readCapture(join(import.meta.dirname, '../../examples/fleet/day-1', cluster), { plan: collectionPlan(), now: '2026-11-20T06:00:00.000Z' });
    if (!read.ok) throw new Error(read.reason.message);
    snapshots.set(cluster, { snapshot: read.snapshot, whole: assess(read.snapshot) });
  }
}, 60_000);

function without(snapshot: Snapshot, ...sources: readonly SourceName[]): Assessment {
  const denied = Object.fromEntries(sources.map((source) => [source, refused('forbidden', 'may not list')]));
  return assess({ ...snapshot, sources: { ...snapshot.sources, ...denied } });
}

function shown({ check, resource, key, severity }: Finding): string {
  return `${severity} ${check} ${resource.namespace ?? ''}/${resource.name} ${key}`;
}

/** What the whole picture contradicts: calm where something is wrong, or a fault that is none or a graver one than it is. */
function contradictions({ outcomes, findings }: Assessment, whole: Assessment): string[] {
  const before = new Map(whole.outcomes.map(({ check, outcome }) => [check, outcome]));
  const known = new Set(whole.findings.map(shown));
  return [
    ...outcomes.filter(({ outcome }) => outcome === 'error').map(({ check }) => `error: ${check}`),
    ...outcomes.filter(({ check, outcome }) => before.get(check) === 'fail' && (outcome === 'pass' || outcome === 'not-applicable')).map(({ check, outcome }) => `calm: ${check} ${outcome}`),
    ...outcomes.filter(({ outcome, unread }) => outcome === 'pass' && unread.length > 0).map(({ check }) => `calm: ${check} passes though something was not read`),
    ...findings.filter((finding) => !known.has(shown(finding))).map((finding) => `not so: ${shown(finding)}`),
  ];
}

/** Graver or weaker, and told to be: of `aws-auth` alone the mode is inferred; of a namespace the workloads that are left are selected one by one. */
const WEAKER = new Set(['aws-auth-writable', 'default-deny-ingress-missing', 'default-deny-egress-missing']);
function eased(assessment: Assessment, whole: Assessment): Assessment {
  const severities = new Map(whole.findings.map(({ fingerprint, severity }) => [fingerprint, severity]));
  const findings = assessment.findings.map((finding) => (WEAKER.has(finding.check) ? { ...finding, severity: severities.get(finding.fingerprint) ?? finding.severity } : finding));
  return { ...assessment, findings };
}

describe.each(CLUSTERS)('%s, with a source that could not be read', (cluster) => {
  test.each(SOURCE_NAMES)('%s: nothing is calmer and nothing is worse than it is', (source) => {
    const { snapshot, whole } = snapshots.get(cluster)!;
    expect(contradictions(eased(without(snapshot, source), whole), whole)).toEqual([]);
  });
});

test('no two sources together hide what each of them would not', () => {
  const { snapshot, whole } = snapshots.get('vulnerable')!;
  for (const [index, source] of SOURCE_NAMES.entries()) {
    const other = SOURCE_NAMES[(index * 7 + 3) % SOURCE_NAMES.length]!;
    expect(contradictions(eased(without(snapshot, source, other), whole), whole)).toEqual([]);
  }
});
