import { objectsOf, textOf } from '../as-read.ts';
import type { Workload } from '../workloads/workload.ts';
import type { NamespacedPolicy } from './policy.ts';
import type { WorkloadIndex } from './workload-index.ts';

/** Names of ports in ingress rules that no container of the workloads that a policy selects has, sorted; none where it selects none. Policies with one selector ask once. */
export function unresolvedPortFinder(index: WorkloadIndex): (policy: NamespacedPolicy) => readonly string[] {
  const known = new Map<string, ReadonlySet<string>>();
  return ({ resource, selector, rules }) => {
    const named = new Map<string, string>();
    for (const { ports } of rules.ingress) for (const { protocol, port } of ports) if (typeof port === 'string') named.set(portKey(protocol, port), port);
    if (named.size === 0) return [];
    const key = JSON.stringify([resource.namespace, selector.text]);
    let served = known.get(key);
    if (!served) known.set(key, (served = portsOf(index.select(resource.namespace, selector))));
    if (served.size === 0) return [];
    const unresolved = [...named].filter(([each]) => !served.has(each)).map(([, name]) => name);
    return [...new Set(unresolved)].sort();
  };
}

/** Init containers are not looked up. The empty text stands for a workload without any named port, so that `none selected` stays apart. */
function portsOf(workloads: Iterable<Workload>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { spec } of workloads) {
    found.add('');
    for (const { ports } of objectsOf(spec.containers)) {
      for (const { name, protocol } of objectsOf(ports)) {
        const text = textOf(name);
        if (text !== undefined) found.add(portKey(textOf(protocol) ?? 'TCP', text));
      }
    }
  }
  return found;
}

function portKey(protocol: string, name: string): string {
  return `${protocol} ${name}`;
}
