import { DIRECTIONS, type Direction, type NamespacedPolicy } from '../policy.ts';
import type { TierPolicy } from '../tier-policies.ts';
import { admissionOf, joinedByPorts, type Admission, type Admitted } from './admission.ts';
import { classRange, eachClass, intersectionOf, type ClassSet } from './class-set.ts';
import type { Classes, EndpointClass } from './classes.ts';
import { egressEntries, indexNamedPorts, ingressEntries, type CompiledRule, type RuleCompiler } from './compiled-rule.ts';
import type { Conventions } from './endpoint.ts';
import type { PeerSets } from './peer-sets.ts';
import { PolicyLists, type PolicyList } from './policy-lists.ts';
import type { PortTable } from './port-table.ts';
import { decideTier, type Decided, type OrderedRule } from './tier-stage.ts';

/** What policies do to a class in one direction. Classes to which they do the same share one. */
export interface Profile {
  readonly admission: Admission;
  /** Some NetworkPolicy isolates in this direction. */
  readonly isolated: boolean;
}

/** The policies that are for a class in one direction. */
export interface Deciding {
  /** NetworkPolicies that isolate in this direction. */
  readonly policies: readonly NamespacedPolicy[];
  readonly admin: readonly TierPolicy[];
  readonly baseline: readonly TierPolicy[];
}

export interface Profiles {
  of(classNumber: number, direction: Direction): Profile;
  /** All that there are, and each class's. */
  readonly all: readonly Profile[];
  readonly byClass: { readonly [D in Direction]: Int32Array };
  decidingFor(classNumber: number, direction: Direction): Deciding;
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

  function* rulesOf(list: PolicyList, direction: Direction, subject: EndpointClass): Iterable<OrderedRule> {
    for (const number of lists.of(list)) {
      for (const rule of tiers[number]!.rules[direction]) yield { action: rule.action, entries: [...entriesOf(rules.ofTier(rule), direction, subject)] };
    }
  }

  function byAdmin(list: PolicyList, direction: Direction, subject: EndpointClass, names: string): readonly Decided[] {
    return once(stages.admin, `${direction} ${list} ${names}`, () => decideTier(rulesOf(list, direction, subject), everybody, table));
  }

  function byBaseline(list: PolicyList, direction: Direction, subject: EndpointClass, names: string): Admission {
    if (list === lists.none) return open;
    return once(stages.baseline, `${direction} ${list} ${names}`, () =>
      joinedByPorts(decideTier(rulesOf(list, direction, subject), everybody, table).map(({ accepted, left, peers }) => ({ ports: table.union(accepted, left), peers })), table),
    );
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

  const all: Profile[] = [];
  const byKey = new Map<string, number>();
  function profileOf(number: number, direction: Direction): number {
    const subject = classes.all[number]!;
    const own = selecting[direction][number]!;
    const admin = selecting.admin[number]!;
    const baseline = own === lists.none && (conventions.baselineInOtherDirection || selected[number] === 0) ? selecting.baseline[number]! : lists.none;
    const names = direction === 'ingress' && subject.namedPorts.length > 0 ? JSON.stringify(subject.namedPorts) : '';
    const key = `${direction} ${own} ${admin} ${baseline} ${subject.families.join()} ${names}`;
    let known = byKey.get(key);
    if (known === undefined) {
      const lower = own === lists.none ? byBaseline(baseline, direction, subject, names) : byPolicies(own, direction, subject, names);
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
    decidingFor: (number, direction) => ({
      policies: lists.of(selecting[direction][number]!).map((each) => policies[each]!),
      admin: lists.of(selecting.admin[number]!).map((each) => tiers[each]!),
      baseline: conventions.baselineInOtherDirection || selected[number] === 0 ? lists.of(selecting.baseline[number]!).map((each) => tiers[each]!) : [],
    }),
  };
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
