import { DIRECTIONS, type Direction, type NamespacedPolicy } from '../policy.ts';
import { inDecidingOrder, type PlacedRule } from '../tier-order.ts';
import type { TierPolicy } from '../tier-policies.ts';
import { admissionOf, joinedByPorts, PartsByPorts, type Admission, type Admitted } from './admission.ts';
import { classPolicies } from './class-policies.ts';
import { differenceOf, hasClass, intersectionOf, isNone, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { egressEntries, indexNamedPorts, ingressEntries, type CompiledRule, type RuleCompiler } from './compiled-rule.ts';
import type { ContainerPort, Conventions } from './endpoint.ts';
import { heldEntries, type HeldEntries } from './held-entries.ts';
import { Manners, type Manner } from './manners.ts';
import { NumberLists, type NumberList } from './number-lists.ts';
import type { PeerSets } from './peer-sets.ts';
import type { PortSet, PortTable } from './port-table.ts';
import { decideTier, type Decided, type OrderedRule } from './tier-stage.ts';
import { madeOnce } from '../../../model/made-once.ts';

/** What policies do to a class in one direction. Classes to which they do the same share one. */
export interface Profile {
  readonly admission: Admission;
  /** Some NetworkPolicy isolates in this direction. */
  readonly isolated: boolean;
}

/** What a policy has to say of connections with one peer. Later ones are about what earlier ones left. */
export interface Decision {
  /** `pass`: left to what stands below. */
  readonly effect: 'allow' | 'deny' | 'pass';
  /** A NetworkPolicy that lets through; all that isolate, where none does; or a policy of a tier. None: nothing denies it, or strict mode does. */
  readonly by: readonly (NamespacedPolicy | TierPolicy)[];
  readonly ports: PortSet;
}

export interface Profiles {
  of(classNumber: number, direction: Direction): Profile;
  /** All that there are, and each class's. */
  readonly all: readonly Profile[];
  readonly byClass: { readonly [D in Direction]: Int32Array };
  /** Why a class may talk with a peer, or not: every port is in one `allow` (or several, of NetworkPolicies) or in one `deny`. */
  decisions(classNumber: number, direction: Direction, peer: number): readonly Decision[];
  /** What an engine has to hold for it that keeps ports by the address of the peer. */
  held(classNumber: number, direction: Direction, peer: number): HeldEntries;
}

interface Parts {
  readonly classes: Classes;
  readonly sets: PeerSets;
  readonly rules: RuleCompiler;
  readonly everybody: ClassSet;
  readonly conventions: Conventions;
  readonly table: PortTable;
}

export function profilesOf(policies: readonly NamespacedPolicy[], tiers: readonly TierPolicy[], parts: Parts): Profiles {
  const { classes, rules, everybody, table } = parts;
  const count = classes.all.length;
  const named = indexNamedPorts(classes);
  const about = classPolicies(policies, tiers, parts);
  const { lists, isolating, admin, baselineOf, isClosed } = about;
  const manners = new Manners(table);
  const keys = new NumberLists();
  const stages = { policies: perDirection<Admission>(), admin: perDirection<readonly Decided[]>(), baseline: perDirection<Admission>() };
  const egress = new Map<CompiledRule, readonly Admitted[]>();

  /** Names of ports are looked up on the destination: for an ingress on the class itself. */
  function entriesOf(rule: CompiledRule, direction: Direction, own: readonly ContainerPort[]): readonly Admitted[] {
    if (rule.namedPorts.length === 0) return rule.entries;
    return direction === 'ingress' ? ingressEntries(rule, own, table) : madeOnce(egress, rule, () => egressEntries(rule, named, table));
  }

  /** What a rule says of connections that a class can have. */
  function entriesIn({ lane, namedPorts }: Manner, rule: CompiledRule, direction: Direction): readonly Admitted[] {
    const entries = entriesOf(rule, direction, namedPorts);
    return lane === table.all ? entries : entries.map(({ ports, peers }) => ({ ports: table.intersection(ports, lane), peers }));
  }

  function putEntries(into: PartsByPorts, entries: readonly Admitted[], lane: PortSet): void {
    for (let i = 0; i < entries.length; i++) into.put(table.intersection(entries[i]!.ports, lane), entries[i]!.peers);
  }

  function byPolicies(list: NumberList, direction: Direction, manner: Manner): Admission {
    return madeOnce(stages.policies[direction], keys.add(list, manner.number), () => {
      const entries = new PartsByPorts(table.none);
      const numbers = lists.get(list);
      // By index: done for each rule of each policy of each class.
      for (let i = 0; i < numbers.length; i++) {
        const policy = policies[numbers[i]!]!;
        const own = policy.rules[direction];
        for (let j = 0; j < own.length; j++) putEntries(entries, entriesOf(rules.ofPolicy(policy, own[j]!), direction, manner.namedPorts), manner.lane);
      }
      return admissionOf(entries, table);
    });
  }

  function rulesInOrder(list: NumberList, direction: Direction): Iterable<PlacedRule> {
    return inDecidingOrder(lists.get(list).map((number) => tiers[number]!), direction);
  }

  function* rulesOf(list: NumberList, direction: Direction, manner: Manner): Iterable<OrderedRule> {
    for (const { rule } of rulesInOrder(list, direction)) {
      const compiled = rules.ofTier(rule);
      yield { action: rule.action, entries: entriesIn(manner, compiled, direction) };
      if (compiled.partly) yield { action: 'perhaps pass', entries: entriesIn(manner, compiled.partly, direction) };
    }
  }

  function byAdmin(list: NumberList, direction: Direction, manner: Manner): readonly Decided[] {
    return madeOnce(stages.admin[direction], keys.add(list, manner.number), () => decideTier(rulesOf(list, direction, manner), manner.lane, everybody, table));
  }

  /** What no rule of the Baseline decides about is open, but for pods that are closed until a policy opens them. */
  function byBaseline(list: NumberList, direction: Direction, manner: Manner): Admission {
    return madeOnce(stages.baseline[direction], keys.add(list, manner.number), () => {
      if (list === lists.none) return manner.closed ? [] : [{ ports: manner.lane, peers: everybody }];
      const decided = decideTier(rulesOf(list, direction, manner), manner.lane, everybody, table);
      return joinedByPorts(decided.map(({ accepted, left, peers }) => ({ ports: manner.closed ? accepted : table.union(accepted, left), peers })), table);
    });
  }

  /** What the tier above accepted, and of what it left that which the stage below lets through. */
  function below(decided: readonly Decided[], lower: Admission, { lane }: Manner): Admission {
    // No rule of the tier is about this direction.
    if (decided.length === 1 && decided[0]!.accepted === table.none && decided[0]!.left === lane && decided[0]!.peers === everybody) return lower;
    const found = new PartsByPorts(table.none);
    // By index, as above.
    for (let i = 0; i < decided.length; i++) {
      const { accepted, left, peers } = decided[i]!;
      let rest = peers;
      for (let j = 0; j < lower.length; j++) {
        const part = lower[j]!;
        const common = intersectionOf(part.peers, peers);
        if (isNone(common)) continue;
        found.put(table.union(accepted, table.intersection(left, part.ports)), common);
        if (accepted !== table.none) rest = differenceOf(rest, common);
      }
      found.put(accepted, rest);
    }
    return found.sorted();
  }

  function* decisions(number: number, direction: Direction, peer: number): Iterable<Decision> {
    const subject = classes.all[number]!;
    const own = isolating[direction][number]!;
    const portsFor = (rule: CompiledRule): PortSet => {
      let ports = table.none;
      for (const entry of entriesOf(rule, direction, subject.namedPorts)) if (hasClass(entry.peers, peer)) ports = table.union(ports, entry.ports);
      return ports;
    };
    let left = subject.families.length === 1 ? table.lanes[subject.families[0]!] : table.all;
    const tier = function* (list: NumberList): Iterable<Decision> {
      let passed = table.none;
      for (const { policy, rule } of rulesInOrder(list, direction)) {
        const compiled = rules.ofTier(rule);
        const ports = table.intersection(left, compiled.partly ? table.union(portsFor(compiled), portsFor(compiled.partly)) : portsFor(compiled));
        if (ports === table.none) continue;
        left = table.difference(left, ports);
        if (rule.action === 'pass') passed = table.union(passed, ports);
        yield { effect: rule.action === 'accept' ? 'allow' : rule.action === 'pass' ? 'pass' : 'deny', by: [policy], ports };
      }
      left = table.union(left, passed);
    };
    yield* tier(admin[number]!);
    if (own !== lists.none) {
      const isolating = lists.get(own).map((each) => policies[each]!);
      let allowed = table.none;
      for (const policy of isolating) {
        let ports = table.none;
        for (const rule of policy.rules[direction]) ports = table.union(ports, portsFor(rules.ofPolicy(policy, rule)));
        ports = table.intersection(left, ports);
        if (ports === table.none) continue;
        allowed = table.union(allowed, ports);
        yield { effect: 'allow', by: [policy], ports };
      }
      left = table.difference(left, allowed);
      if (left !== table.none) yield { effect: 'deny', by: isolating, ports: left };
      return;
    }
    yield* tier(baselineOf(number, direction));
    if (left !== table.none) yield { effect: isClosed(number, direction) ? 'deny' : 'allow', by: [], ports: left };
  }

  const all: Profile[] = [];
  const known = perDirection<number>();
  function profileOf(number: number, direction: Direction): number {
    const own = isolating[direction][number]!;
    const above = admin[number]!;
    const baseline = baselineOf(number, direction);
    const manner = manners.of(classes.all[number]!, direction, isClosed(number, direction));
    const key = keys.add(keys.add(keys.add(own, above), baseline), manner.number);
    return madeOnce(known[direction], key, () => {
      const lower = own === lists.none ? byBaseline(baseline, direction, manner) : byPolicies(own, direction, manner);
      const admission = above === lists.none ? lower : below(byAdmin(above, direction, manner), lower, manner);
      return all.push({ admission, isolated: own !== lists.none }) - 1;
    });
  }

  const byClass = { ingress: new Int32Array(count), egress: new Int32Array(count) };
  for (const direction of DIRECTIONS) for (let number = 0; number < count; number++) byClass[direction][number] = profileOf(number, direction);

  return {
    of: (number, direction) => all[byClass[direction][number]!]!,
    all,
    byClass,
    decisions: (number, direction, peer) => [...decisions(number, direction, peer)],
    held: heldEntries({ policies, tiers, about, rules, classes }),
  };
}

function perDirection<T>(): { readonly [D in Direction]: Map<number, T> } {
  return { ingress: new Map(), egress: new Map() };
}
