import type { V1NodeSelectorTerm, V1PodSpec } from '@kubernetes/client-node';
import { listOf, objectsOf } from '../as-read.ts';

const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'] as const;

/** True where the pods can run on Windows nodes only: they say so, or select nothing else. */
export function isWindows(spec: V1PodSpec): boolean {
  return spec.os?.name ? spec.os.name === 'windows' : selectsWindows(spec);
}

/** Whether the pods select Windows nodes alone, whatever they say of themselves. */
export function selectsWindows({ nodeSelector, affinity }: V1PodSpec): boolean {
  // Most say nothing of where they run.
  if (!nodeSelector && !affinity) return false;
  if (OS_LABELS.some((label) => nodeSelector?.[label] === 'windows')) return true;
  // Terms are alternatives: all of them must ask for it.
  const terms = objectsOf(affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms);
  return terms.length > 0 && terms.every(asksForWindows);
}

function asksForWindows(term: V1NodeSelectorTerm): boolean {
  return objectsOf(term.matchExpressions).some(
    ({ key, operator, values }) => OS_LABELS.some((label) => label === key) && operator === 'In' && isWindowsAlone(listOf(values)),
  );
}

function isWindowsAlone(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => value === 'windows');
}
