import { madeOnce } from '../../model/made-once.ts';
import { defineFact } from '../define-fact.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Labels, Selector } from './label-selector.ts';
import { namespaceLabels, withName } from './namespace-labels.ts';
import { classRange, eachClass } from './reachability/class-set.ts';
import { indexLabels } from './reachability/label-index.ts';
import type { Peer } from './policy.ts';
import { indexWorkloads, type WorkloadIndex } from './workload-index.ts';

/** Whether a peer by labels means some workload, by its declared labels; `namespace`: the policy's own. */
export type PeerQuestion = (peer: Extract<Peer, { type: 'pods' }>, namespace: string) => boolean;

/** Which workloads the peers of rules mean, those of the host network too: controllers resolve peers to addresses without asking. */
export interface DeclaredPeers {
  readonly meansSome: PeerQuestion;
  readonly meansHostNetwork: PeerQuestion;
  /** Some workload uses the network of its node. */
  readonly anyHostNetwork: boolean;
}

/** What is there of the peers of rules. */
export const declaredPeers = defineFact({
  name: 'declaredPeers',
  revision: 2,
  needs: ['namespaces', 'workloadIndex', 'workloads'],
  fields: { namespaces: ['metadata.labels'] },
  // A peer may be of any namespace: who looked at some would miss those of the others.
  reach: { namespaces: 'all' },
  derive: ({ namespaces, workloadIndex, workloads }): DeclaredPeers => {
    const selected = namespacesOver(workloads, namespaceLabels(namespaces));
    const onHost = workloads.filter(({ spec }) => spec.hostNetwork === true);
    return { meansSome: questionOver(workloadIndex, selected), meansHostNetwork: questionOver(indexWorkloads(onHost), selected), anyHostNetwork: onHost.length > 0 };
  },
});

/** Each pair of selectors is asked once. */
function questionOver(index: WorkloadIndex, selected: (namespaces: Selector) => ReadonlySet<string>): PeerQuestion {
  const known = new Map<Selector, Map<Selector, boolean>>();
  return ({ namespaces, pods }, namespace) => {
    if (!namespaces) return index.has(namespace, pods);
    return madeOnce(madeOnce(known, namespaces, () => new Map<Selector, boolean>()), pods, () => index.hasAny(selected(namespaces), pods));
  };
}

/** Finds namespaces of these workloads by selector; each selector is asked once. */
function namespacesOver(workloads: readonly Workload[], labels: ReadonlyMap<string, Labels>): (selector: Selector) => ReadonlySet<string> {
  const names = [...new Set(workloads.map(({ resource }) => resource.namespace))];
  const byLabel = indexLabels(names.map((name) => withName(name, labels.get(name))), EVERY_KEY);
  const known = new Map<Selector, ReadonlySet<string>>();
  return (selector) =>
    madeOnce(known, selector, () => {
      const found = new Set<string>();
      eachClass(byLabel.select(selector, classRange(0, names.length)), (number) => found.add(names[number]!));
      return found;
    });
}

const EVERY_KEY = { has: () => true };
