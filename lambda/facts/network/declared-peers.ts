import { defineFact } from '../define-fact.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { cutAddresses } from './reachability/address-atoms.ts';
import { classSetOf, type ClassSet } from './reachability/class-set.ts';
import { classesOf } from './reachability/classes.ts';
import type { Endpoint } from './reachability/endpoint.ts';
import { peerSets, type PeerSets } from './reachability/peer-sets.ts';
import { vocabularyOf } from './reachability/vocabulary.ts';
import type { Peer } from './policy.ts';

/** Which workloads the peers of rules mean, by their declared labels, those of the host network too: controllers resolve peers to addresses without asking. */
export interface DeclaredPeers {
  /** Classes of workloads that a peer by labels means; `namespace`: the policy's own. */
  of(peer: Extract<Peer, { type: 'pods' }>, namespace: string): ClassSet;
  /** Classes in which some workload uses the network of its node. */
  readonly hostNetwork: ClassSet;
}

/** Workloads that no selector tells apart are one class; each selector is asked once. */
export const declaredPeers = defineFact({
  name: 'declaredPeers',
  revision: 1,
  needs: ['namespacedPolicies', 'namespaces', 'workloads'],
  fields: { namespaces: ['metadata.labels'] },
  // A peer may be of any namespace: who looked at some would miss those of the others.
  reach: { namespaces: 'all' },
  derive: ({ namespacedPolicies, namespaces, workloads }): DeclaredPeers => {
    const vocabulary = vocabularyOf(namespacedPolicies, []);
    const atoms = cutAddresses([]);
    const endpoints = workloads.map(({ resource, labels }): Endpoint => ({ pod: { namespace: resource.namespace, labels, hostNetwork: false, namedPorts: [] }, addresses: [] }));
    const classes = classesOf(endpoints, [], vocabulary, atoms);
    const sets: PeerSets = peerSets(classes, namespaceLabels(namespaces), vocabulary, atoms);
    const host = new Set<number>();
    for (const [number, { spec }] of workloads.entries()) if (spec.hostNetwork === true) host.add(classes.of[number]!);
    return {
      of: (peer, namespace) => (peer.namespaces ? sets.inNamespaces(peer.namespaces, peer.pods) : sets.inNamespace(namespace, peer.pods)),
      hostNetwork: classSetOf([...host].sort((a, b) => a - b)),
    };
  },
});
