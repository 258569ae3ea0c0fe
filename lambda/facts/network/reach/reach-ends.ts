import type { AddressSet } from '../../cidr/address-set.ts';
import { defineFact } from '../../define-fact.ts';
import type { Workload } from '../../workloads/workload.ts';
import type { Labels } from '../label-selector.ts';
import { namespaceLabels } from '../namespace-labels.ts';
import type { NamespacedPolicy } from '../policy.ts';
import type { PolicyCoverage } from '../policy-coverage.ts';
import type { TierPolicy } from '../tier-policies.ts';
import { LIVE_POD_FIELDS, livePods, nodeEnds, ownAddresses, type LivePod } from '../reachability/live-endpoints.ts';
import type { NodeEnd } from '../reachability/endpoint.ts';
import { vocabularyOf } from '../reachability/vocabulary.ts';
import { typicalOf } from '../typical-addresses.ts';

/** What a question about reach is answered from. */
export interface ReachEnds {
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly nodes: readonly NodeEnd[];
  readonly pods: readonly LivePod[];
  readonly workloads: readonly Workload[];
  /** An address that a pod of a declared workload is likely to be like. */
  readonly typical: readonly string[];
  readonly policies: readonly NamespacedPolicy[];
  readonly tiers: readonly TierPolicy[];
  /** Address blocks that policies name. */
  readonly blocks: readonly AddressSet[];
  readonly coverage: PolicyCoverage;
}

/** Ends of connections, and the policies about them. */
export const reachEnds = defineFact({
  name: 'reachEnds',
  revision: 1,
  needs: ['namespaces', 'namespacedPolicies', 'policyCoverage', 'tierPolicies', 'workloads'],
  wants: ['nodes', 'pods'],
  reach: { namespaces: 'all' },
  fields: { namespaces: ['metadata.labels'], nodes: ['metadata.labels', 'status.addresses[].address', 'status.addresses[].type'], pods: ['metadata.labels', 'spec.nodeName', ...LIVE_POD_FIELDS] },
  derive: ({ namespaces, namespacedPolicies, policyCoverage, tierPolicies, workloads, nodes, pods }): ReachEnds => {
    const { addresses: blocks } = vocabularyOf(namespacedPolicies, tierPolicies);
    const live = livePods(pods.ok ? pods.value : []);
    return {
      namespaces: namespaceLabels(namespaces),
      nodes: nodes.ok ? nodeEnds(nodes.value) : [],
      pods: live,
      workloads,
      typical: typicalOf(ownAddresses(live), blocks),
      policies: namespacedPolicies,
      tiers: tierPolicies,
      blocks,
      coverage: policyCoverage,
    };
  },
});
