import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { atLeast } from '../../lambda/model/severity.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { snapshotOf, unreadableSnapshot, type GivenSources } from '../snapshot-of.ts';
import type { CheckCases } from './check-cases.ts';

const here = import.meta.dirname;
const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.cases.ts'))
  .sort();
const all: { file: string; cases: CheckCases }[] = await Promise.all(
  files.map(async (file) => ({ file, cases: ((await import(join(here, file))) as { cases: CheckCases }).cases })),
);

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

function judge(cases: CheckCases, given: GivenSources) {
  // Frozen: a check that changes its input throws, and its outcome is an error.
  const snapshot: Snapshot = deepFreeze(snapshotOf(given));
  const { outcomes, findings } = assess(snapshot, [cases.check]);
  return { outcome: outcomes[0]!, findings };
}

for (const { file, cases } of all) {
  describe(cases.check.id, () => {
    test('has its cases under its own name and area, and they are good cases', () => {
      expect(file).toBe(join(cases.check.area, `${cases.check.id}.cases.ts`));
      expect(cases.pass.length).toBeGreaterThan(0);
      expect(cases.fail.length).toBeGreaterThan(0);
      const names = [...cases.pass, ...cases.fail, ...(cases.notApplicable ?? [])].map((c) => c.name);
      expect(new Set(names).size).toBe(names.length);
      const inputs = [...cases.pass, ...cases.fail].map((c) => JSON.stringify(c.sources));
      expect(new Set(inputs).size).toBe(inputs.length);
      for (const failing of cases.fail) expect(failing.findings.length).toBeGreaterThan(0);
    });

    for (const { name, sources } of cases.pass) {
      test(`passes: ${name}`, () => {
        const { outcome, findings } = judge(cases, sources);
        expect(findings).toEqual([]);
        expect(outcome).toMatchObject({ outcome: 'pass' });
      });
    }

    for (const { name, sources } of cases.notApplicable ?? []) {
      test(`does not apply: ${name}`, () => {
        expect(judge(cases, sources).outcome).toMatchObject({ outcome: 'not-applicable', findings: 0 });
      });
    }

    for (const { name, sources, findings: expected } of cases.fail) {
      test(`fails: ${name}`, () => {
        const { outcome, findings } = judge(cases, sources);
        expect(outcome.reason).toBeUndefined();
        expect(outcome.outcome).toBe('fail');
        // A gate trusts a check that could not look to find nothing worse than it says.
        for (const { severity } of findings) expect(atLeast(cases.check.worstSeverity ?? cases.check.severity, severity)).toBe(true);
        const shown = findings.map(({ resource, key, severity, message, cause }, index) => ({
          resource,
          key,
          severity,
          ...(expected[index]?.message === undefined ? {} : { message }),
          ...(expected[index]?.cause === undefined ? {} : { cause }),
        }));
        expect(shown).toEqual(expected.map((finding) => ({ severity: cases.check.severity, ...finding })));
      });
    }

    test('is silent on a cluster in which there is nothing', () => {
      expect(judge(cases, {}).findings).toEqual([]);
    });

    test('is not evaluated where nothing could be read', () => {
      const { outcomes } = assess(unreadableSnapshot(), [cases.check]);
      expect(outcomes[0]).toMatchObject({ outcome: 'not-evaluated' });
    });

    test('says what it is about', () => {
      const { check } = cases;
      expect(check.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(check.title).not.toMatch(/\.$/);
      expect(check.remediation).toMatch(/\.$/);
      expect(check.rationale.length).toBeGreaterThan(20);
      expect(check.references.length).toBeGreaterThan(0);
      for (const reference of check.references) expect(reference).toMatch(/^https:\/\//);
      for (const control of check.controls) expect(control).toMatch(/^(cis-eks-1\.8\.0|nsa-1\.2|attack|ms-k8s|pss|cve)\/[\w.-]+$/);
      expect(check.needs.length + check.wants.length).toBeGreaterThan(0);
    });
  });
}

describe('the set of checks', () => {
  test('registry, files and cases are the same set, sorted by id', () => {
    const registered = CHECKS.map((check) => check.id);
    expect(registered).toEqual([...new Set(registered)].sort());
    expect(all.map(({ cases }) => cases.check.id).sort()).toEqual(registered);
    const checkFiles = readdirSync(join(here, '../../lambda/checks'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.includes('/') && file.endsWith('.ts'))
      .map((file) => basename(file, '.ts'));
    expect(checkFiles.sort()).toEqual(registered);
  });
});
