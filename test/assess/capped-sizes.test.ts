import { describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { cappedAssessment, cappedFinding } from '../../lambda/assess/capped-sizes.ts';
import { fingerprintOf } from '../../lambda/assess/fingerprint.ts';
import type { Finding } from '../../lambda/model/assessment.ts';
import { cappedName, cappedText } from '../../lambda/model/capped-text.ts';
import { clusterIdentity } from '../../lambda/model/cluster-identity.ts';
import { refused } from '../../lambda/model/collected.ts';
import { snapshotOf } from '../snapshot-of.ts';

const LONG = 'x'.repeat(1_000_000);

describe('texts', () => {
  test('up to the cap stay as they are', () => {
    const name = 'n'.repeat(1_000);
    expect([cappedText(name), cappedName(name), cappedText('abc', 3)]).toEqual([name, name, 'abc']);
  });

  test('over it keep their beginning, and no half of a character', () => {
    expect(cappedText('abcd', 3)).toBe('ab…');
    expect(cappedText('a\u{1f600}bc', 3)).toBe('a…');
    expect(cappedText(LONG)).toBe(`${'x'.repeat(999)}…`);
  });

  test('that are names stay apart, whatever they begin with', () => {
    const names = [`${LONG}a`, `${LONG}b`, `${LONG}\ud800`, `${LONG}\ud801`].map(cappedName);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^x{982}…#[0-9a-f]{16}$/);
  });
});

test('a cluster of which nothing but a name is known is not taken for one whose name begins alike', () => {
  const [a, b] = ['a', 'b'].map((end) => clusterIdentity({ label: 'prod', uid: LONG + end }));
  expect(a!.id).not.toBe(b!.id);
  expect(a!.id.length).toBe(1_004);
  expect(clusterIdentity({ label: LONG }).id).toBe(`name:${cappedName(LONG)}`);
  expect(clusterIdentity({ label: 'x', arn: `arn:aws:eks:${LONG}:111122223333:cluster/a` })).toEqual({ id: 'name:x', label: 'x' });
});

describe('an assessment', () => {
  const bound = (name: string) => ({
    metadata: { name: LONG },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name }],
  });
  const pod = (name: string) => ({ metadata: { name, namespace: LONG, labels: { [LONG]: LONG } }, spec: { serviceAccountName: LONG, containers: [{ name: LONG, image: LONG, securityContext: { privileged: true } }] } });
  const given = snapshotOf(
    { pods: [pod(`${LONG}a`), pod(`${LONG}b`)], clusterRoleBindings: [bound(`${LONG}a`)], services: refused('unreadable', LONG), kubernetesVersion: LONG },
    { problems: [LONG] },
  );

  test('of names of a million letters is small, and two of them are two findings', () => {
    const assessment = assess(given);
    const { findings } = assessment;
    expect(findings.length).toBeGreaterThan(4);
    for (const finding of findings) expect(JSON.stringify(finding).length).toBeLessThan(20_000);
    expect(JSON.stringify(assessment).length).toBeLessThan(200_000);
    const privileged = findings.filter(({ check }) => check === 'privileged-container');
    expect(privileged.map(({ resource }) => resource.name).sort()).toEqual([cappedName(`${LONG}a`), cappedName(`${LONG}b`)].sort());
    expect(new Set(privileged.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(assessment.kubernetesVersion).toBe(cappedText(LONG));
    expect(assessment.problems).toEqual([cappedText(LONG)]);
  });

  test('says how many problems there are where it does not tell them all', () => {
    const { problems } = cappedAssessment({ ...assess(snapshotOf({}), []), problems: Array.from({ length: 1_002 }, (_, index) => `file ${index}`) });
    expect([problems.length, problems[999], problems[1_000]]).toEqual([1_001, 'file 999', 'and 2 more']);
  });
});

describe('a finding', () => {
  const resource = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' };
  const finding = (more: Partial<Finding>): Finding => ({ fingerprint: fingerprintOf('c', 'x', { resource, key: 'k' }), item: 'i', check: 'x', severity: 'high', resource, key: 'k', message: 'm', cause: 'c', evidence: {}, status: 'open', restsOn: ['pods'], ...more });

  test('that an API server would accept stays as it is', () => {
    const sane = finding({ resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'r'.repeat(253) }, key: `${'k'.repeat(63)}@${'n'.repeat(63)}`, evidence: { rules: ['a', 'b'], deep: { list: Array.from({ length: 20 }, () => 'v'.repeat(253)) } } });
    expect(cappedFinding(sane)).toEqual({ ...sane, evidence: { deep: sane.evidence['deep'], rules: ['a', 'b'] } });
  });

  test('with evidence of lists in lists of long texts keeps the beginning of each fact', () => {
    const lists = Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => LONG));
    const { evidence } = cappedFinding(finding({ evidence: { rules: lists, why: 'short' } }));
    expect(evidence).toEqual({ rules: cappedText(JSON.stringify(lists.map((list) => list.map((text) => cappedText(text))))), why: '"short"' });
  });

  test.each(['name', 'namespace', 'kind', 'apiVersion'] as const)('keeps two %s apart that begin alike', (field) => {
    const [a, b] = ['a', 'b'].map((end) => cappedFinding(finding({ resource: { ...resource, [field]: LONG + end } })).resource[field]!);
    expect(a).not.toBe(b);
    expect([a!.length, b!.length]).toEqual([1_000, 1_000]);
  });
});
