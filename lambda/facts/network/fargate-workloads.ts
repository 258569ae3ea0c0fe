import type { EksFargateProfile } from '../../model/eks.ts';
import { defineFact } from '../define-fact.ts';
import type { Workload } from '../workloads/workload.ts';
import { objectsOf, pairsOf, textOf } from '../as-read.ts';

/** Workloads that a Fargate profile takes. https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html */
export const fargateWorkloads = defineFact({
  name: 'fargateWorkloads',
  revision: 1,
  needs: ['eksFargateProfiles', 'workloads'],
  fields: { eksFargateProfiles: ['selectors'] },
  derive: ({ eksFargateProfiles, workloads }): readonly Workload[] => {
    const onFargate = fargateMatcher(eksFargateProfiles);
    return workloads.filter(onFargate);
  },
});

/** `*` and `?` stand for characters in the namespaces and labels of a profile; DaemonSets and pods of the host network never run on Fargate. */
export function fargateMatcher(profiles: readonly EksFargateProfile[]): (workload: Workload) => boolean {
  const selectors = profiles
    .flatMap((profile) => objectsOf(profile.selectors))
    .map(({ namespace, labels }) => ({ namespace: globOf(textOf(namespace) ?? ''), labels: Object.entries(pairsOf(labels)).map(([key, value]) => [key, globOf(value)] as const) }));
  return ({ resource, labels, spec }) =>
    resource.kind !== 'DaemonSet' &&
    spec.hostNetwork !== true &&
    selectors.some(
      (selector) => selector.namespace(resource.namespace) && selector.labels.every(([key, matches]) => Object.hasOwn(labels, key) && matches(labels[key]!)),
    );
}

function globOf(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  return (text) => matchesGlob(pattern, text);
}

/** In time of at most both lengths multiplied, whatever the pattern: a regular expression of many stars has no such bound. */
function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      resume = at;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p++;
      at++;
    } else if (star >= 0) {
      p = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
