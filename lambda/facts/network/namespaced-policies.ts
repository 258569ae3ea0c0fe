import { compareText } from '../../model/compare-text.ts';
import { defineFact } from '../define-fact.ts';
import { PolicyReader } from './policy-reader.ts';
import type { NamespacedPolicy } from './policy.ts';

/** NetworkPolicies and ApplicationNetworkPolicies as they are meant: defaults filled in, selectors compiled, blocks as sets. Sorted by source, namespace, name. */
export const namespacedPolicies = defineFact({
  name: 'namespacedPolicies',
  revision: 1,
  needs: ['networkPolicies', 'applicationNetworkPolicies'],
  fields: { networkPolicies: ['spec'], applicationNetworkPolicies: ['spec'] },
  derive: ({ networkPolicies, applicationNetworkPolicies }): readonly NamespacedPolicy[] => {
    const reader = new PolicyReader();
    return [
      ...inOrder(applicationNetworkPolicies.map((policy) => reader.read('applicationNetworkPolicies', 'networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', policy))),
      ...inOrder(networkPolicies.map((policy) => reader.read('networkPolicies', 'networking.k8s.io/v1', 'NetworkPolicy', policy))),
    ];
  },
});

/** By namespace first and then within each: of the names of a namespace few are compared. */
function inOrder(policies: readonly NamespacedPolicy[]): readonly NamespacedPolicy[] {
  const byNamespace = [...Map.groupBy(policies, ({ resource }) => resource.namespace)].sort(([a], [b]) => compareText(a, b));
  return byNamespace.flatMap(([, own]) => own.sort((a, b) => compareText(a.resource.name, b.resource.name)));
}
