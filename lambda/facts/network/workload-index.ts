import { defineFact } from '../define-fact.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Selector } from './label-selector.ts';

/** Workloads by namespace and by label, so that a selector looks at those that can match and not at all there are. */
export interface WorkloadIndex {
  /** In the order of the fact `workloads`. */
  in(namespace: string): readonly Workload[];
  /** Those of one namespace whose pods a selector matches, each once. */
  select(namespace: string, selector: Selector): readonly Workload[];
  /** Whether there is one. */
  has(namespace: string, selector: Selector): boolean;
  /** In some of these namespaces. */
  hasAny(namespaces: ReadonlySet<string>, selector: Selector): boolean;
}

/** Workloads by namespace and label. */
export const workloadIndex = defineFact({
  name: 'workloadIndex',
  revision: 1,
  needs: ['workloads'],
  derive: ({ workloads }) => indexWorkloads(workloads),
});

interface Shelf {
  readonly all: readonly Workload[];
  /** By label key, then value; made when a selector first asks. */
  byLabel?: Map<string, Map<string, Workload[]>>;
}

export function indexWorkloads(workloads: readonly Workload[]): WorkloadIndex {
  const whole: Shelf = { all: workloads };
  const shelves = new Map<string, Shelf & { readonly all: Workload[] }>();
  for (const workload of workloads) {
    const shelf = shelves.get(workload.resource.namespace);
    if (shelf) shelf.all.push(workload);
    else shelves.set(workload.resource.namespace, { all: [workload] });
  }
  const has = (namespace: string, selector: Selector): boolean => {
    const shelf = shelves.get(namespace);
    return shelf !== undefined && hasSelected(shelf, selector);
  };
  return {
    in: (namespace) => shelves.get(namespace)?.all ?? [],
    select: (namespace, selector) => {
      const shelf = shelves.get(namespace);
      return shelf ? selectOn(shelf, selector) : [];
    },
    has,
    hasAny: (namespaces, selector) => {
      if (namespaces.size > FEW) return hasSelected(whole, selector, namespaces);
      for (const name of namespaces) if (has(name, selector)) return true;
      return false;
    },
  };
}

const NONE: readonly Workload[] = [];

/** So many namespaces are asked one by one; of more, whoever has the labels is asked for his. */
const FEW = 8;

function selectOn(shelf: Shelf, selector: Selector): readonly Workload[] {
  if (selector.everything) return shelf.all;
  return withOneLabel(shelf, selector) ?? candidates(shelf, selector).filter(({ labels }) => selector.matches(labels));
}

/** Asks no further than to the first. `among`: namespaces of which one is asked for; absent: any. */
function hasSelected(shelf: Shelf, selector: Selector, among?: ReadonlySet<string>): boolean {
  const matching = withOneLabel(shelf, selector);
  if (matching && !among) return matching.length > 0;
  return (matching ?? candidates(shelf, selector)).some(({ resource, labels }) => (!among || among.has(resource.namespace)) && (matching !== undefined || selector.matches(labels)));
}

/** All matches of a selector that names one label with one value, as nearly all do; undefined: it is another one. */
function withOneLabel(shelf: Shelf, { requirements }: Selector): readonly Workload[] | undefined {
  const only = requirements[0];
  if (!only || requirements.length > 1 || only.operator !== 'In' || only.values.length !== 1) return undefined;
  return (shelf.byLabel ??= labelsOf(shelf.all)).get(only.key)?.get(only.values[0]!) ?? NONE;
}

/** The fewest that are sure to hold all matches. */
function candidates(shelf: Shelf, { certain }: Selector): readonly Workload[] {
  if (certain.length === 0) return shelf.all;
  const byLabel = (shelf.byLabel ??= labelsOf(shelf.all));
  let fewest: readonly (readonly Workload[])[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { key, values } of certain) {
    const byValue = byLabel.get(key);
    if (!byValue) return [];
    const lists = values ? [...new Set(values)].map((value) => byValue.get(value) ?? []) : [...byValue.values()];
    const count = lists.reduce((sum, list) => sum + list.length, 0);
    if (count < least) [fewest, least] = [lists, count];
  }
  return (fewest ?? []).flat();
}

function labelsOf(workloads: readonly Workload[]): Map<string, Map<string, Workload[]>> {
  const index = new Map<string, Map<string, Workload[]>>();
  for (const workload of workloads) {
    const { labels } = workload;
    for (const key in labels) {
      const value = labels[key]!;
      let byValue = index.get(key);
      if (!byValue) index.set(key, (byValue = new Map()));
      const list = byValue.get(value);
      if (list) list.push(workload);
      else byValue.set(value, [workload]);
    }
  }
  return index;
}
