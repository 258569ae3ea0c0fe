import { DIRECTIONS, type Direction, type NamespacedPolicy } from '../policy.ts';
import { inDecidingOrder, type PlacedRule } from '../tier-order.ts';
import type { TierPolicy } from '../tier-policies.ts';
import { admissionOf, joinedByPorts, type Admission, type Admitted } from './admission.ts';
import { classRange, eachClass, hasClass, intersectionOf, type ClassSet } from './class-set.ts';
import type { Classes, EndpointClass } from './classes.ts';
import { egressEntries, indexNamedPorts, ingressEntries, type CompiledRule, type RuleCompiler } from './compiled-rule.ts';
import type { Conventions } from './endpoint.ts';
import type { PeerSets } from './peer-sets.ts';
import { PolicyLists, type PolicyList } from './policy-lists.ts';
import type { PortSet, PortTable } from './port-table.ts';
import { decideTier, type Decided, type OrderedRule } from './tier-stage.ts';

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
  const { classes, sets, rules, everybody, conventions, table } = parts;
  const count = classes.all.length;
  const named = indexNamedPorts(classes);
  const lists = new PolicyLists();
  const selecting = { ingress: new Int32Array(count), egress: new Int32Array(count), admin: new Int32Array(count), baseline: new Int32Array(count) };
  const selected = new Uint8Array(count);
  for (const [number, policy] of policies.entries()) {
    eachClass(sets.inNamespace(policy.resource.namespace, policy.selector), (each) => {
      selected[each] = 1;
      for (const direction of policy.isolates) selecting[direction][each] = lists.add(selecting[direction][each]!, number);
    });
  }
  for (const [number, policy] of tiers.entries()) {
    eachClass(rules.subjectOf(policy), (each) => {
      selecting[policy.tier][each] = lists.add(selecting[policy.tier][each]!, number);
    });
  }

  const open: Admission = [{ ports: table.all, peers: everybody }];
  const stages = { policies: new Map<string, Admission>(), admin: new Map<string, readonly Decided[]>(), baseline: new Map<string, Admission>() };

  /** Names of ports are looked up on the destination: for an ingress on the class itself. */
  function entriesOf(rule: CompiledRule, direction: Direction, subject: EndpointClass): Iterable<Admitted> {
    return direction === 'egress' ? egressEntries(rule, named, table) : ingressEntries(rule, subject.namedPorts, table);
  }

  function byPolicies(list: PolicyList, direction: Direction, subject: EndpointClass, names: string): Admission {
    return once(stages.policies, `${direction} ${list} ${names}`, () => admissionOf(entriesOfPolicies(list, direction, subject), table));
  }

  function* entriesOfPolicies(list: PolicyList, direction: Direction, subject: EndpointClass): Iterable<Admitted> {
    for (const number of lists.of(list)) {
      const policy = policies[number]!;
      for (const rule of policy.rules[direction]) yield* entriesOf(rules.ofPolicy(policy, rule), direction, subject);
    }
  }

  function rulesInOrder(list: PolicyList, direction: Direction): Iterable<PlacedRule> {
    return inDecidingOrder(lists.of(list).map((number) => tiers[number]!), direction);
  }

  function* rulesOf(list: PolicyList, direction: Direction, subject: EndpointClass): Iterable<OrderedRule> {
    for (const { rule } of rulesInOrder(list, direction)) yield { action: rule.action, entries: [...entriesOf(rules.ofTier(rule), direction, subject)] };
  }

  function byAdmin(list: PolicyList, direction: Direction, subject: EndpointClass, names: string): readonly Decided[] {
    return once(stages.admin, `${direction} ${list} ${names}`, () => decideTier(rulesOf(list, direction, subject), everybody, table));
  }

  /** What no rule of the Baseline decides about is open, but for pods that are closed until a policy opens them. */
  function byBaseline(list: PolicyList, direction: Direction, subject: EndpointClass, names: string, closed: boolean): Admission {
    if (list === lists.none) return closed ? [] : open;
    return once(stages.baseline, `${direction} ${list} ${closed} ${names}`, () => {
      const decided = decideTier(rulesOf(list, direction, subject), everybody, table);
      return joinedByPorts(decided.map(({ accepted, left, peers }) => ({ ports: closed ? accepted : table.union(accepted, left), peers })), table);
    });
  }

  /** What the tier above accepted, and of what it left that which the stage below lets through. */
  function below(decided: readonly Decided[], lower: Admission): Admission {
    const found: Admitted[] = [];
    for (const { accepted, left, peers } of decided) {
      found.push({ ports: accepted, peers });
      for (const part of lower) found.push({ ports: table.intersection(left, part.ports), peers: intersectionOf(peers, part.peers) });
    }
    return admissionOf(found, table);
  }

  function baselineOf(number: number, direction: Direction): PolicyList {
    const applies = selecting[direction][number] === lists.none && (conventions.baselineInOtherDirection || selected[number] === 0);
    return applies ? selecting.baseline[number]! : lists.none;
  }

  function isClosed(number: number, direction: Direction): boolean {
    if (classes.all[number]!.namespace === undefined) return false;
    return (conventions.denyUnselected === true && selected[number] === 0) || (conventions.denyUnisolated === true && selecting[direction][number] === lists.none);
  }

  function* decisions(number: number, direction: Direction, peer: number): Iterable<Decision> {
    const subject = classes.all[number]!;
    const own = selecting[direction][number]!;
    const portsFor = (rule: CompiledRule): PortSet => {
      let ports = table.none;
      for (const entry of entriesOf(rule, direction, subject)) if (hasClass(entry.peers, peer)) ports = table.union(ports, entry.ports);
      return ports;
    };
    let left = subject.families.length === 1 ? table.lanes[subject.families[0]!] : table.all;
    const tier = function* (list: PolicyList): Iterable<Decision> {
      let passed = table.none;
      for (const { policy, rule } of rulesInOrder(list, direction)) {
        const ports = table.intersection(left, portsFor(rules.ofTier(rule)));
        if (ports === table.none) continue;
        left = table.difference(left, ports);
        if (rule.action === 'pass') passed = table.union(passed, ports);
        yield { effect: rule.action === 'accept' ? 'allow' : rule.action === 'pass' ? 'pass' : 'deny', by: [policy], ports };
      }
      left = table.union(left, passed);
    };
    yield* tier(selecting.admin[number]!);
    if (own !== lists.none) {
      const isolating = lists.of(own).map((each) => policies[each]!);
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
  const byKey = new Map<string, number>();
  function profileOf(number: number, direction: Direction): number {
    const subject = classes.all[number]!;
    const own = selecting[direction][number]!;
    const admin = selecting.admin[number]!;
    const baseline = baselineOf(number, direction);
    const closed = isClosed(number, direction);
    const names = direction === 'ingress' && subject.namedPorts.length > 0 ? JSON.stringify(subject.namedPorts) : '';
    const key = `${direction} ${own} ${admin} ${baseline} ${subject.families.join()} ${closed} ${names}`;
    let known = byKey.get(key);
    if (known === undefined) {
      const lower = own === lists.none ? byBaseline(baseline, direction, subject, names, closed) : byPolicies(own, direction, subject, names);
      const admission = admin === lists.none ? lower : below(byAdmin(admin, direction, subject, names), lower);
      known = all.push({ admission: inFamiliesOf(subject, admission), isolated: own !== lists.none }) - 1;
      byKey.set(key, known);
    }
    return known;
  }

  function inFamiliesOf({ families }: EndpointClass, admission: Admission): Admission {
    if (families.length !== 1) return admission;
    return joinedByPorts(admission.map(({ ports, peers }) => ({ ports: table.intersection(ports, table.lanes[families[0]!]), peers })), table);
  }

  const byClass = { ingress: new Int32Array(count), egress: new Int32Array(count) };
  for (const direction of DIRECTIONS) eachClass(classRange(0, count), (number) => (byClass[direction][number] = profileOf(number, direction)));

  return {
    of: (number, direction) => all[byClass[direction][number]!]!,
    all,
    byClass,
    decisions: (number, direction, peer) => [...decisions(number, direction, peer)],
  };
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
