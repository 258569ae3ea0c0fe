import type { Workload } from './workload.ts';
import { compareText } from '../../model/compare-text.ts';

type Pairs = Workload['labels'];

/**
 * Sorted by namespace, kind, name. Several of one identity (pods of one `generateName`) with the same spec become one, with the labels
 * that they share: what differs between them changes with every new one. Different specs stay apart, and each is judged.
 */
export function mergeWorkloads(workloads: Iterable<Workload>): readonly Workload[] {
  const byNamespace = Map.groupBy(workloads, ({ resource }) => resource.namespace);
  return [...byNamespace].sort(([a], [b]) => compareText(a, b)).flatMap(([, own]) => mergeInNamespace(own.sort(compareResources)));
}

/** Those of one identity stand together. */
function mergeInNamespace(sorted: readonly Workload[]): readonly Workload[] {
  const merged: Workload[] = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i + 1;
    while (end < sorted.length && compareResources(sorted[i]!, sorted[end]!) === 0) end++;
    if (end === i + 1) merged.push(sorted[i]!);
    else merged.push(...mergeSame(sorted.slice(i, end)));
    i = end;
  }
  return merged;
}

function mergeSame(workloads: readonly Workload[]): Workload[] {
  const bySpec = new Map<string, Workload>();
  for (const workload of workloads) {
    const spec = canonicalJson([workload.source, workload.spec]);
    const known = bySpec.get(spec);
    if (!known) bySpec.set(spec, workload);
    else bySpec.set(spec, { ...known, labels: shared(known.labels, workload.labels), annotations: shared(known.annotations, workload.annotations) });
  }
  return [...bySpec].sort(([a], [b]) => compareText(a, b)).map(([, workload]) => workload);
}

function shared(a: Pairs, b: Pairs): Pairs {
  return Object.fromEntries(Object.entries(a).filter(([key, value]) => Object.hasOwn(b, key) && b[key] === value));
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareText(a, b)))
      : inner,
  );
}

/** Of one namespace. */
function compareResources({ resource: a }: Workload, { resource: b }: Workload): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name) || compareText(a.apiVersion, b.apiVersion);
}
