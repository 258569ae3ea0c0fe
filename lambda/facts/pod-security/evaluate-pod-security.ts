import { POD_SECURITY_RULES } from './rules.ts';
import type { Judge, JudgedPod, PodSecurityLevel, PodSecurityRule } from './rule.ts';

export interface PodSecurityVerdict {
  readonly allowed: boolean;
  /** Ids of the rules that refuse the pod: those of baseline first, each level sorted. */
  readonly failed: readonly string[];
}

/**
 * Whether Pod Security admission would let this pod in at a level, as of a version: `v1.35`, `1.35` or `latest`.
 * The pod is judged as written, without defaulting and validation. Throws on a version that is none.
 */
export function evaluatePodSecurity(pod: JudgedPod, level: PodSecurityLevel, version: string): PodSecurityVerdict {
  const minor = minorOf(version);
  const asked = rulesOf(level, minor);
  const failed = asked.filter(({ judge }) => refuses(judge, pod)).map(({ rule }) => rule.id);
  return { allowed: failed.length === 0, failed };
}

function minorOf(version: string): number {
  if (version === 'latest') return Number.POSITIVE_INFINITY;
  const match = /^v?1\.(\d+)$/.exec(version);
  if (!match) throw new Error(`"${version}" is no version of the Pod Security Standards: write v1.35 or latest`);
  return Number(match[1]);
}

function rulesOf(level: PodSecurityLevel, minor: number): { readonly rule: PodSecurityRule; readonly judge: Judge }[] {
  const inForce = POD_SECURITY_RULES.flatMap((rule) => {
    const judge = rule.since.findLast((version) => version.minor <= minor)?.judge;
    return judge && (level === 'restricted' || rule.level === 'baseline') ? [{ rule, judge }] : [];
  });
  const overridden = new Set(inForce.map(({ rule }) => rule.overrides));
  return inForce.filter(({ rule }) => !overridden.has(rule.id));
}

function refuses(judge: Judge, pod: JudgedPod): boolean {
  for (const _offence of judge(pod)) return true;
  return false;
}
