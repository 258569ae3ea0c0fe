import { evaluatePodSecurity, type PodSecurityVerdict } from '../../lambda/facts/pod-security/evaluate-pod-security.ts';
import type { JudgedPod } from '../../lambda/facts/pod-security/rule.ts';
import type { JudgedVerdict, VectorKind } from './vector-kind.ts';

/** The versions that the vectors were judged at. A version's verdict is written only where it differs from the one before. */
const VERSIONS = ['v1.29', 'v1.30', 'v1.31', 'v1.32', 'v1.33', 'v1.34', 'v1.35', 'v1.36', 'v1.37', 'latest'] as const;
const LEVELS = ['baseline', 'restricted'] as const;

interface PodVector {
  readonly name: string;
  readonly pod: JudgedPod;
  readonly verdicts: { readonly [level: string]: { readonly [version: string]: PodSecurityVerdict } };
}

/** Pods and what Pod Security admission says of them, by level and version. */
export const pss: VectorKind = {
  isCaseFile: (name) => name.endsWith('.jsonl') || name.endsWith('.jsonl.gz'),
  judge: function* (line) {
    const { name, pod, verdicts } = line as PodVector;
    for (const level of LEVELS) {
      const written = verdicts[level];
      if (!written?.['v1.29']) throw new Error(`${name}: no verdict of ${level} at v1.29`);
      let expected = written['v1.29'];
      for (const version of VERSIONS) {
        expected = written[version] ?? expected;
        yield judged(level, `${name} at ${version}`, expected, evaluatePodSecurity(pod, level, version));
      }
    }
  },
};

function judged(kind: string, of: string, expected: PodSecurityVerdict, got: PodSecurityVerdict): JudgedVerdict {
  return { kind, case: of, expected: told(expected), got: told(got) };
}

function told({ allowed, failed }: PodSecurityVerdict): string {
  return `${allowed ? 'allowed' : 'refused'} [${failed.join(', ')}]`;
}
