import type { Family } from '../cidr/address-block.ts';
import type { Workload } from '../workloads/workload.ts';
import { defineFact } from '../define-fact.ts';
import type { Selector } from './label-selector.ts';
import { includesMetadataService, METADATA_PORT } from './metadata-service.ts';
import type { WorkloadIndex } from './workload-index.ts';
import { admitsPort, type NamespacedPolicy, type PolicyRule } from './policy.ts';
import { RULE_TRAITS } from './rule-traits.ts';

/** What the NetworkPolicies that select a workload do to it, all together. */
export interface Selection {
  /** Some policy isolates its pods in this direction. */
  readonly ingress: boolean;
  readonly egress: boolean;
  /** Some rule lets its pods reach the instance metadata service. */
  readonly metadataService: boolean;
  /** Some policy means it in particular, and not all pods of the namespace. */
  readonly named: boolean;
}

export interface PolicySelection {
  /** Workloads that at least one policy selects. Pods of the host network are in it too: they are named, though no engine filters them. */
  readonly of: ReadonlyMap<Workload, Selection>;
  /** Policies by namespace, those with one selector together. */
  readonly groups: ReadonlyMap<string, readonly PolicyGroup[]>;
}

/** Policies of one namespace with the same selector. */
export interface PolicyGroup extends Selection {
  readonly selector: Selector;
  readonly policies: readonly NamespacedPolicy[];
}

/** Which workloads the NetworkPolicies select. Policies with equal selectors are matched once, and only against workloads that carry one of their labels. */
export const policySelection = defineFact({
  name: 'policySelection',
  revision: 2,
  needs: ['namespacedPolicies', 'podFamily', 'workloadIndex'],
  derive: ({ namespacedPolicies, podFamily, workloadIndex }): PolicySelection => {
    const groups = groupsOf(namespacedPolicies, metadataServiceFinder(podFamily));
    const selected = new Map<Workload, Selection>();
    for (const [namespace, list] of groups) selectIn(namespace, list, workloadIndex, selected);
    return { of: selected, groups };
  },
});

function selectIn(namespace: string, groups: readonly PolicyGroup[], workloadIndex: WorkloadIndex, selected: Map<Workload, Selection>): void {
  // A selector of exclusions alone matches nearly everything: of those only workloads are asked that still lack something it says.
  const lacking = new Map<string, readonly Workload[]>();
  for (const group of groups) {
    if (group.selector.certain.length > 0) {
      for (const workload of workloadIndex.select(namespace, group.selector)) select(workload, group, selected);
      continue;
    }
    const says = FLAGS.filter((flag) => group[flag]).join();
    const asked = lacking.get(says) ?? workloadIndex.in(namespace);
    lacking.set(says, asked.filter((workload) => !addsNothing(selected.get(workload), group) && !selectIfMatching(workload, group, selected)));
  }
}

function selectIfMatching(workload: Workload, group: PolicyGroup, selected: Map<Workload, Selection>): boolean {
  const matching = group.selector.matches(workload.labels);
  if (matching) select(workload, group, selected);
  return matching;
}

function select(workload: Workload, group: PolicyGroup, selected: Map<Workload, Selection>): void {
  const known = selected.get(workload);
  if (!addsNothing(known, group)) selected.set(workload, both(known, group));
}

function groupsOf(policies: readonly NamespacedPolicy[], reachesMetadataService: (policy: NamespacedPolicy) => boolean): ReadonlyMap<string, readonly PolicyGroup[]> {
  const byNamespace = new Map<string, Map<Selector, NamespacedPolicy[]>>();
  for (const policy of policies) {
    let bySelector = byNamespace.get(policy.resource.namespace);
    if (!bySelector) byNamespace.set(policy.resource.namespace, (bySelector = new Map()));
    const list = bySelector.get(policy.selector);
    if (list) list.push(policy);
    else bySelector.set(policy.selector, [policy]);
  }
  return new Map([...byNamespace].map(([namespace, bySelector]) => [namespace, [...bySelector.values()].map((list) => groupOf(list, reachesMetadataService))]));
}

function groupOf(policies: readonly NamespacedPolicy[], reachesMetadataService: (policy: NamespacedPolicy) => boolean): PolicyGroup {
  const { selector } = policies[0]!;
  const group = { selector, policies, ingress: false, egress: false, metadataService: false, named: !selector.everything };
  // By index: mostly there is one.
  for (let i = 0; i < policies.length; i++) {
    const { isolates } = policies[i]!;
    for (let j = 0; j < isolates.length; j++) group[isolates[j]!] = true;
    group.metadataService ||= reachesMetadataService(policies[i]!);
  }
  return group;
}

function addsNothing(known: Selection | undefined, group: Selection): boolean {
  if (!known) return false;
  // By index: asked of each policy of each workload.
  for (let i = 0; i < FLAGS.length; i++) if (group[FLAGS[i]!] && !known[FLAGS[i]!]) return false;
  return true;
}

function both(a: Selection | undefined, b: Selection): Selection {
  return {
    ingress: b.ingress || a?.ingress === true,
    egress: b.egress || a?.egress === true,
    metadataService: b.metadataService || a?.metadataService === true,
    named: b.named || a?.named === true,
  };
}

const FLAGS = ['ingress', 'egress', 'metadataService', 'named'] as const;

/** Whether some egress rule of a policy lets through to the service. A rule that many policies have is asked once. */
function metadataServiceFinder(pods: Family): (policy: NamespacedPolicy) => boolean {
  const known = new Map<PolicyRule, boolean>();
  const admits = (rule: PolicyRule): boolean => {
    // Pod and namespace peers never match the address: it is no pod's.
    if (!rule.everybody && (rule.traits & RULE_TRAITS.block) === 0) return false;
    let answer = known.get(rule);
    if (answer === undefined) known.set(rule, (answer = admitsPort(rule.ports, 'TCP', METADATA_PORT) && (rule.everybody || rule.peers.some((peer) => peer.type === 'block' && includesMetadataService(peer.addresses, pods)))));
    return answer;
  };
  return ({ rules }) => rules.egress.some(admits);
}
