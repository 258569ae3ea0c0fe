import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { evaluatePodSecurity } from '../../../lambda/facts/pod-security/evaluate-pod-security.ts';
import type { JudgedPod, PodSecurityLevel } from '../../../lambda/facts/pod-security/rule.ts';

interface Vector {
  readonly name: string;
  readonly pod: JudgedPod;
  readonly verdicts: Readonly<Record<PodSecurityLevel, Readonly<Record<string, { readonly allowed: boolean; readonly failed: readonly string[] }>>>>;
}

// Judged by k8s.io/pod-security-admission v0.37.2, the library of the API server.
const file = join(import.meta.dirname, '../../vectors/pss/pods.jsonl.gz');
const vectors: Vector[] = gunzipSync(readFileSync(file))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);
const VERSIONS = ['v1.29', 'v1.30', 'v1.31', 'v1.32', 'v1.33', 'v1.34', 'v1.35', 'v1.36', 'v1.37'];

describe.each(['baseline', 'restricted'] as const)('%s', (level) => {
  test.each([...VERSIONS, 'latest'])('agrees with the library of the API server at %s', (version) => {
    const disagreements = vectors.flatMap(({ name, pod, verdicts }) => {
      // A version is written where its verdict differs from the one before it.
      const written = VERSIONS.slice(0, version === 'latest' ? undefined : VERSIONS.indexOf(version) + 1).findLast((v) => verdicts[level][v]);
      const { allowed, failed } = verdicts[level][written!]!;
      const verdict = evaluatePodSecurity(pod, level, version);
      return JSON.stringify(verdict) === JSON.stringify({ allowed, failed }) ? [] : [{ name, expected: failed, got: verdict.failed }];
    });
    expect(disagreements).toEqual([]);
    expect(vectors).toHaveLength(1500);
  });
});

test('rules that came later are not asked before their time', () => {
  const pod = { spec: { containers: [{ name: 'app', livenessProbe: { httpGet: { port: 80, host: '169.254.169.254' } } }] } };
  expect(evaluatePodSecurity(pod, 'baseline', '1.33')).toEqual({ allowed: true, failed: [] });
  expect(evaluatePodSecurity(pod, 'baseline', '1.34')).toEqual({ allowed: false, failed: ['hostProbesAndHostLifecycle'] });
});

test('a version that is none is refused by name', () => {
  expect(() => evaluatePodSecurity({ spec: { containers: [] } }, 'baseline', '1.x')).toThrow('"1.x" is no version of the Pod Security Standards: write v1.35 or latest');
});
