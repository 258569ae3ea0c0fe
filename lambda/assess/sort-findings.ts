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
  let last: { readonly key: K; readonly group: Finding[] } | undefined;
  // By index, as below. They mostly come in groups already.
  for (let i = 0; i < findings.length; i++) {
    const finding = findings[i]!;
    const key = keyOf(finding);
    if (last?.key !== key) {
      let group = groups.get(key);
      if (!group) groups.set(key, (group = []));
      last = { key, group };
    }
    last.group.push(finding);
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([, group]) => group);
}

function compareInNamespace({ resource: a, key: keyOfA }: Finding, { resource: b, key: keyOfB }: Finding): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name) || compareText(keyOfA, keyOfB);
}
