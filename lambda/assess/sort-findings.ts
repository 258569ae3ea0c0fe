import type { Finding } from '../model/assessment.ts';
import { compareText } from '../model/compare-text.ts';
import { compareSeverity } from '../model/severity.ts';

/** By severity, check and resource. What they have in common is compared once for all: findings are many, and namespaces few. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const sorted: Finding[] = [];
  for (const graves of inGroups(findings, ({ severity }) => severity, compareSeverity)) {
    for (const ofCheck of inGroups(graves, ({ check }) => check, compareText)) {
      for (const inNamespace of inGroups(ofCheck, ({ resource }) => resource.namespace ?? '', compareText)) {
        if (inNamespace.length > 1) inNamespace.sort(compareInNamespace);
        for (let i = 0; i < inNamespace.length; i++) sorted.push(inNamespace[i]!);
      }
    }
  }
  return sorted;
}

/** In the order of their keys; in each group as they came. */
function inGroups<K>(findings: readonly Finding[], keyOf: (finding: Finding) => K, compare: (a: K, b: K) => number): readonly Finding[][] {
  const groups = new Map<K, Finding[]>();
  // By index, as above: asked of each finding three times.
  for (let i = 0; i < findings.length; i++) {
    const key = keyOf(findings[i]!);
    const group = groups.get(key);
    if (group) group.push(findings[i]!);
    else groups.set(key, [findings[i]!]);
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([, group]) => group);
}

function compareInNamespace({ resource: a, key: keyOfA }: Finding, { resource: b, key: keyOfB }: Finding): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name) || compareText(keyOfA, keyOfB);
}
