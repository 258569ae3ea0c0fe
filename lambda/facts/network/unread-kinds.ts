import type { KubernetesSource } from '../../model/kinds.ts';
import { resourceWords } from '../../model/resource-words.ts';
import { defineFact } from '../define-fact.ts';
import type { NodeClassEnforcement } from './policy-enforcement.ts';
import { readsKind } from './reach/engine-conventions.ts';

/** Policies of one kind on nodes whose engine does not read it, or of which that is not known. */
export interface UnreadKind {
  readonly nodes: NodeClassEnforcement;
  readonly engine: string;
  readonly source: KubernetesSource;
  /** With the group of its API, as two of them are called alike: `ClusterNetworkPolicy.policy.networking.k8s.io`. */
  readonly kind: string;
  /** `shop/deny`, sorted. */
  readonly policies: readonly string[];
  readonly sure: boolean;
}

/** By class of node, then kind. Of two engines on the same nodes one may read what the other does not: then nothing is said. */
export const unreadKinds = defineFact({
  name: 'unreadKinds',
  revision: 1,
  needs: ['namespacedPolicies', 'policyEnforcement', 'tierPolicies'],
  derive: ({ namespacedPolicies, policyEnforcement: { classes, conflict }, tierPolicies }): readonly UnreadKind[] => {
    if (conflict.length > 0) return [];
    const bySource = Map.groupBy([...namespacedPolicies, ...tierPolicies], ({ source }) => source);
    return classes.flatMap((nodes) =>
      [...bySource].flatMap(([source, own]) => {
        const { engine } = nodes;
        const reads = engine === undefined ? 'yes' : readsKind(engine, source);
        if (engine === undefined || reads === 'yes') return [];
        const { kind, apiVersion } = own[0]!.resource;
        return [{ nodes, engine, source, kind: `${kind}.${apiVersion.split('/')[0]!}`, policies: own.map(({ resource }) => resourceWords(resource)).sort(), sure: reads === 'no' }];
      }),
    );
  },
});
