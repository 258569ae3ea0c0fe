import { includesAddress } from '../cidr/address-set.ts';
import type { Workload } from '../workloads/workload.ts';
import { closesByDefault } from './default-deny.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import type { NodeClassEnforcement } from './policy-enforcement.ts';
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

/** Whether a workload on nodes of a class reaches a target, by policies as they are enforced. Undefined: it does not. */
export function reachOutside(workload: Workload, { state, defaultDeny }: NodeClassEnforcement, { namespaces }: PolicyCoverage, { selected, egress, lets }: OutsideSelection, target: OutsideTarget): OutsideReach | undefined {
  if (state === 'off' || state === 'half' || state === 'never') return 'unenforced';
  const namespace = namespaces.get(workload.resource.namespace);
  const tiers = (namespace?.tiers ?? []).filter(({ pods }) => !pods || pods.matches(workload.labels));
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
  if (namespace?.otherEngines) return 'unclear';
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
