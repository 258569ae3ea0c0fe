import { includesAddress } from '../cidr/address-set.ts';
import type { Workload } from '../workloads/workload.ts';
import { closesByDefault } from './default-deny.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import type { NodeClassEnforcement, PolicyEnforcement } from './policy-enforcement.ts';
import { readsKind } from './reach/engine-conventions.ts';
import { inDecidingOrder } from './tier-order.ts';
import type { TierPolicy, TierRule } from './tier-policies.ts';

/** One TCP port of an address that is no pod's. */
export interface OutsideTarget {
  readonly address: string;
  readonly port: number;
}

/** What the NetworkPolicies that select a workload say of a target. */
export interface OutsideSelection {
  /** Some policy selects it, in whatever direction. */
  readonly selected: boolean;
  readonly egress: boolean;
  /** Some rule lets it reach the target. */
  readonly lets: boolean;
}

/** Why a target is reached; `unclear`: it cannot be told. */
export type OutsideReach = 'unenforced' | 'let' | 'unlimited' | 'unclear';

/** Classes of nodes to ask about: without their engine where there are two, as one may read what the other does not. */
export function askedClasses({ classes, conflict }: PolicyEnforcement): readonly NodeClassEnforcement[] {
  return conflict.length === 0 ? classes : classes.map(({ engine: _one, ...nodes }) => nodes);
}

/** Whether a workload on nodes of a class reaches a target, by policies as they are enforced: tiers of kinds that the engine does not read are none. Undefined: it does not. */
export function reachOutside(workload: Workload, nodes: NodeClassEnforcement, { namespaces }: PolicyCoverage, selection: OutsideSelection, target: OutsideTarget): OutsideReach | undefined {
  const { state, engine } = nodes;
  if (state === 'off' || state === 'half' || state === 'never') return 'unenforced';
  const namespace = namespaces.get(workload.resource.namespace);
  const reads = ({ source }: TierPolicy): ReturnType<typeof readsKind> => (engine === undefined ? 'yes' : readsKind(engine, source));
  const tiers = (namespace?.tiers ?? []).filter((policy) => (!policy.pods || policy.pods.matches(workload.labels)) && reads(policy) !== 'no');
  const sure = tiers.filter((policy) => reads(policy) === 'yes');
  const answer = decide(tiers, nodes, namespace?.otherEngines === true, selection, target);
  if (sure.length === tiers.length) return answer;
  return decide(sure, nodes, namespace?.otherEngines === true, selection, target) === answer ? answer : 'unclear';
}

function decide(tiers: readonly TierPolicy[], { defaultDeny }: NodeClassEnforcement, otherEngines: boolean, { selected, egress, lets }: OutsideSelection, target: OutsideTarget): OutsideReach | undefined {
  const admin = tierOnTarget(tiers.filter(({ tier }) => tier === 'admin'), target);
  if (admin === 'deny') return undefined;
  if (admin === 'unclear') return admin;
  if (admin === 'silent') {
    if (egress && !lets) return undefined;
    if (!egress) {
      const baseline = tierOnTarget(tiers.filter(({ tier }) => tier === 'baseline'), target);
      if (baseline === 'deny') return undefined;
      if (baseline === 'unclear') return baseline;
      if (baseline === 'silent' && closesByDefault(defaultDeny, selected)) return undefined;
      if (baseline === 'silent' && defaultDeny === 'unknown') return 'unclear';
    }
  }
  if (otherEngines) return 'unclear';
  return egress ? 'let' : 'unlimited';
}

/** The first rule that covers the target decides; Pass and silence leave it to the NetworkPolicies and the tier below. `unclear` where an unknown action covers it. */
export function tierOnTarget(policies: readonly TierPolicy[], target: OutsideTarget): 'accept' | 'deny' | 'silent' | 'unclear' {
  for (const { rule } of inDecidingOrder(policies, 'egress')) {
    if (covers(rule, target)) return rule.action === 'pass' ? 'silent' : rule.action;
  }
  return 'silent';
}

function covers({ networks, allPorts, ports }: TierRule, { address, port }: OutsideTarget): boolean {
  if (!includesAddress(networks, address)) return false;
  return allPorts || ports.some(({ protocol, first, last }) => protocol === 'TCP' && first <= port && port <= last);
}
