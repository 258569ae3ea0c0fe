import type { Direction, NamespacedPolicy, PolicyPort } from '../policy.ts';
import type { TierPolicy } from '../tier-policies.ts';
import type { ClassPolicies } from './class-policies.ts';
import { hasClass } from './class-set.ts';
import type { Classes } from './classes.ts';
import type { CompiledRule, PeersByFamily, RuleCompiler } from './compiled-rule.ts';
import { LANES } from './port-table.ts';

/** How many ports and ranges an engine that keeps them by address has to hold for one peer: those of NetworkPolicies, and those of tiers. A rule for all ports is one. */
export interface HeldEntries {
  readonly policies: number;
  readonly tiers: number;
}

export interface HeldParts {
  readonly policies: readonly NamespacedPolicy[];
  readonly tiers: readonly TierPolicy[];
  readonly about: Pick<ClassPolicies, 'lists' | 'isolating' | 'admin' | 'baseline'>;
  readonly rules: RuleCompiler;
  readonly classes: Classes;
}

/**
 * Counted once where several rules say the same, in the family in which there are more. In time for the rules of the policies of the class.
 * https://github.com/aws/aws-network-policy-agent/blob/main/pkg/fwruleprocessor/fw_rule_processor.go
 */
export function heldEntries({ policies, tiers, about, rules, classes }: HeldParts): (classNumber: number, direction: Direction, peer: number) => HeldEntries {
  return (number, direction, peer) => {
    const named = classes.all[direction === 'ingress' ? number : peer]!.namedPorts;
    /** Ports of the pod that a name stands for. */
    const namesIn = (compiled: CompiledRule): readonly string[] => {
      if (compiled.namedPorts.length === 0 || (direction === 'egress' && !LANES.some((family) => isAmong(compiled.askedForNames, family, peer)))) return [];
      return compiled.namedPorts.flatMap(({ name, protocol }) => named.filter((own) => own.name === name && (protocol === undefined || own.protocol === protocol)).map((own) => `${own.protocol} ${own.port} `));
    };
    const held = { policies: LANES.map(() => new Set<string>()), tiers: LANES.map(() => new Set<string>()) };
    const hold = (sets: readonly Set<string>[], compiled: CompiledRule, entries: readonly string[]): void => {
      for (const [at, family] of LANES.entries()) if (isAmong(compiled.peers, family, peer)) for (const entry of entries) sets[at]!.add(entry);
    };
    for (const each of about.lists.get(about.isolating[direction][number]!)) {
      const policy = policies[each]!;
      for (const rule of policy.rules[direction]) {
        const compiled = rules.ofPolicy(policy, rule);
        hold(held.policies, compiled, rule.ports.length === 0 ? [ALL] : [...rule.ports.flatMap(numbered), ...namesIn(compiled)]);
      }
    }
    for (const each of [about.admin, about.baseline].flatMap((list) => [...about.lists.get(list[number]!)])) {
      const { tier, priority, rules: own } = tiers[each]!;
      for (const rule of own[direction]) {
        const compiled = rules.ofTier(rule);
        const entries = rule.allPorts ? [ALL] : [...rule.ports.map(({ protocol, first, last }) => `${protocol} ${first} ${last}`), ...namesIn(compiled)];
        hold(held.tiers, compiled, entries.map((entry) => `${entry} ${tier} ${priority} ${rule.action}`));
      }
    }
    const most = (sets: readonly Set<string>[]): number => Math.max(...sets.map(({ size }) => size));
    return { policies: most(held.policies), tiers: most(held.tiers) };
  };
}

const ALL = 'all';

function numbered({ protocol, port, endPort }: PolicyPort): readonly string[] {
  return typeof port === 'string' ? [] : [`${protocol} ${port ?? 'all'} ${endPort ?? ''}`];
}

function isAmong(peers: PeersByFamily, family: (typeof LANES)[number], peer: number): boolean {
  return hasClass(peers.any, peer) || hasClass(peers[family], peer);
}
