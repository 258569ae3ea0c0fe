import { compareText } from '../../../model/compare-text.ts';
import { KINDS } from '../../../model/kinds.ts';
import type { Workload } from '../../workloads/workload.ts';
import type { DiffSide } from './reach-diff.ts';

/** A workload of two looks; absent on a side: it was not there. */
export interface PairedWorkload {
  /** `Deployment shop/web`. */
  readonly name: string;
  readonly namespace: string;
  readonly before: Workload | undefined;
  readonly after: Workload | undefined;
}

export interface PairedWorkloads {
  /** Sorted by namespace, kind, name. Those in the network of their node are left out. */
  readonly compared: readonly PairedWorkload[];
  /** Names of those about which nothing can be said, sorted, and why. */
  readonly unknown: readonly string[];
  readonly why: readonly string[];
  readonly hostNetwork: { readonly joined: readonly string[]; readonly left: readonly string[] };
}

/** Workloads by what they are called: a rollout, another image or other labels make no other one. */
export function pairWorkloads(before: DiffSide, after: DiffSide): PairedWorkloads {
  const [were, are] = [byKey(before.ends.workloads), byKey(after.ends.workloads)];
  const compared: (PairedWorkload & { readonly kind: string; readonly title: string })[] = [];
  const unknown: string[] = [];
  const why = new Set<string>();
  const joined: string[] = [];
  const left: string[] = [];
  for (const key of new Set([...were.keys(), ...are.keys()])) {
    const [was, is] = [were.get(key), are.get(key)];
    const { resource, source } = (is ?? was)!;
    const name = `${resource.kind} ${resource.namespace}/${resource.name}`;
    const onNode = [was, is].map((workload) => workload?.spec.hostNetwork === true);
    const unread = !was ? before.unread.has(source) : !is && after.unread.has(source);
    if (unread && !(onNode[0] || onNode[1])) {
      unknown.push(name);
      why.add(`${KINDS[source].plural} were not read on one side`);
      continue;
    }
    if (was && is && onNode[0] !== onNode[1]) (onNode[1] ? joined : left).push(name);
    if (onNode[0] || onNode[1]) continue;
    const undecided = [before, after].filter(({ ends }) => ends.coverage.namespaces.get(resource.namespace)?.otherEngines === true);
    if (undecided.length > 0) {
      unknown.push(name);
      for (const { ends } of undecided) for (const { reason } of ends.coverage.unjudged) why.add(reason.message);
      continue;
    }
    compared.push({ name, namespace: resource.namespace, kind: resource.kind, title: resource.name, before: was, after: is });
  }
  compared.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.kind, b.kind) || compareText(a.title, b.title));
  return { compared, unknown: unknown.sort(compareText), why: [...why], hostNetwork: { joined: joined.sort(compareText), left: left.sort(compareText) } };
}

/** Several of one name differ in their specs, and come in the order of these. */
function byKey(workloads: readonly Workload[]): ReadonlyMap<string, Workload> {
  const found = new Map<string, Workload>();
  const counts = new Map<string, number>();
  for (const workload of workloads) {
    const { apiVersion, kind, namespace, name } = workload.resource;
    const key = JSON.stringify([apiVersion, kind, namespace, name]);
    const place = counts.get(key) ?? 0;
    counts.set(key, place + 1);
    found.set(`${place} ${key}`, workload);
  }
  return found;
}
