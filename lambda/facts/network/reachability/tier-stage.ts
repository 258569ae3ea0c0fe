import type { TierRule } from '../tier-policies.ts';
import type { Admitted } from './admission.ts';
import { differenceOf, intersectionOf, isNone, unionOfClasses, type ClassSet } from './class-set.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** Peers, with the ports that a tier has accepted for them and those that it has left to what stands below. The rest it has denied. */
export interface Decided {
  readonly accepted: PortSet;
  readonly left: PortSet;
  readonly peers: ClassSet;
}

/** A rule of a tier, in deciding order; its entries may overlap. */
export interface OrderedRule {
  /** Of a peer that may have other addresses than those meant: what it passes on may as well be decided by a later rule. */
  readonly action: TierRule['action'] | 'perhaps pass';
  readonly entries: readonly Admitted[];
}

interface Undecided extends Decided {
  /** Ports about which no rule has spoken. */
  readonly open: PortSet;
}

/** First rule that matches decides; Pass leaves the tier, as silence does. Every peer stands in one part of the answer. `lane`: the ports that it is about. */
export function decideTier(rules: Iterable<OrderedRule>, lane: PortSet, everybody: ClassSet, table: PortTable): readonly Decided[] {
  let parts: readonly Undecided[] = [{ open: lane, accepted: table.none, left: table.none, peers: everybody }];
  for (const { action, entries } of rules) for (const entry of entries) parts = applied(parts, action, entry, table);
  return parts.map(({ open, accepted, left, peers }) => ({ accepted, left: table.union(left, open), peers }));
}

function applied(parts: readonly Undecided[], action: OrderedRule['action'], entry: Admitted, table: PortTable): readonly Undecided[] {
  const result = new Map<string, Undecided>();
  const add = (part: Undecided): void => {
    const key = `${part.open} ${part.accepted} ${part.left}`;
    const known = result.get(key);
    result.set(key, known ? { ...part, peers: unionOfClasses(known.peers, part.peers) } : part);
  };
  for (const part of parts) {
    const hit = table.intersection(part.open, entry.ports);
    const common = hit === table.none ? undefined : intersectionOf(part.peers, entry.peers);
    if (!common || isNone(common)) {
      add(part);
      continue;
    }
    const rest = differenceOf(part.peers, common);
    if (!isNone(rest)) add({ ...part, peers: rest });
    add({
      open: action === 'perhaps pass' ? part.open : table.difference(part.open, hit),
      accepted: action === 'accept' ? table.union(part.accepted, hit) : part.accepted,
      left: action === 'pass' || action === 'perhaps pass' ? table.union(part.left, hit) : part.left,
      peers: common,
    });
  }
  return [...result.values()];
}
