import type { V1NodeSelectorTerm, V1PodSpec } from '@kubernetes/client-node';
import { listOf, objectsOf } from '../as-read.ts';

const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'] as const;

/** True where the pods can run on Windows nodes only: they say so, or select nothing else. */
export function isWindows(spec: V1PodSpec): boolean {
  if (spec.os?.name) return spec.os.name === 'windows';
  // Most say nothing of where they run.
  if (!spec.nodeSelector && !spec.affinity) return false;
  if (OS_LABELS.some((label) => spec.nodeSelector?.[label] === 'windows')) return true;
  const terms = objectsOf(spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms);
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
