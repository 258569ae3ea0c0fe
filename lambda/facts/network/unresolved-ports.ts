import { objectsOf, textOf } from '../as-read.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Selector } from './label-selector.ts';
import type { NamespacedPolicy } from './policy.ts';
import { RULE_TRAITS } from './rule-traits.ts';
import type { WorkloadIndex } from './workload-index.ts';

/** Names of ports in ingress rules that no container of the workloads that a policy selects has, sorted; none where it selects none. Policies with one selector ask once. */
export function unresolvedPortFinder(index: WorkloadIndex): (policy: NamespacedPolicy) => readonly string[] {
  const known = new Map<string, Map<Selector, ReadonlySet<string>>>();
  return ({ resource: { namespace }, selector, rules, traits }) => {
    if ((traits.ingress & RULE_TRAITS.namedPort) === 0) return NONE;
    const named = new Map<string, string>();
    for (const { ports } of rules.ingress) for (const { protocol, port } of ports) if (typeof port === 'string') named.set(portKey(protocol, port), port);
    let bySelector = known.get(namespace);
    if (!bySelector) known.set(namespace, (bySelector = new Map()));
    let served = bySelector.get(selector);
    if (!served) bySelector.set(selector, (served = portsOf(index.select(namespace, selector))));
    if (served.size === 0) return [];
    const unresolved = [...named].filter(([each]) => !served.has(each)).map(([, name]) => name);
    return [...new Set(unresolved)].sort();
  };
}

const NONE: readonly string[] = [];

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
