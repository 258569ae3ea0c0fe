import type { AddressSet } from '../cidr/address-set.ts';
import { unionOf } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import type { Family } from '../cidr/address-block.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type PolicyRule, type RuleTraits } from './policy.ts';
import { RULE_TRAITS } from './rule-traits.ts';

/** `NetworkPolicy shop/web`, for messages and causes. */
export function policyName({ resource }: NamespacedPolicy): string {
  return `${resource.kind} ${resource.namespace}/${resource.name}`;
}

/** Policies with faults, and those: what is looked for in each policy in turn. Most have none, so that a check has little left to go through. */
export function faultyPolicies<T>(policies: readonly NamespacedPolicy[], faultsOf: (policy: NamespacedPolicy) => readonly T[]): readonly { readonly policy: NamespacedPolicy; readonly faults: readonly T[] }[] {
  const found: { readonly policy: NamespacedPolicy; readonly faults: readonly T[] }[] = [];
  // By index, as below.
  for (let i = 0; i < policies.length; i++) {
    const faults = faultsOf(policies[i]!);
    if (faults.length > 0) found.push({ policy: policies[i]!, faults });
  }
  return found;
}

/** Policies with rules of a trait in one direction, and those rules. */
export function policiesWithRules(policies: readonly NamespacedPolicy[], direction: Direction, trait: RuleTraits): readonly PolicyWithRules[] {
  const found: PolicyWithRules[] = [];
  // By index: a dozen checks go through all policies and find few.
  for (let i = 0; i < policies.length; i++) {
    const policy = policies[i]!;
    if ((policy.traits[direction] & trait) !== 0) found.push({ policy, rules: policy.rules[direction].filter(({ traits }) => (traits & trait) !== 0) });
  }
  return found;
}

export interface PolicyWithRules {
  readonly policy: NamespacedPolicy;
  readonly rules: readonly PolicyRule[];
}

/** The blocks of a policy in one direction, all rules together. */
export interface InternetReach {
  readonly families: readonly Family[];
  /** As written, sorted. */
  readonly cidrs: readonly string[];
  /** Every rule that names a block admits TCP 443 and nothing else. */
  readonly onlyHttps: boolean;
}

/** Finds directions in which the blocks of a policy together are as good as the Internet. A rule that many policies have is looked at once. */
export function internetReachFinder(): (policy: NamespacedPolicy) => readonly { readonly direction: Direction; readonly reach: InternetReach }[] {
  const known = new Map<PolicyRule, InternetReach | undefined>();
  const reachOf = (rules: readonly PolicyRule[]): InternetReach | undefined => {
    const [rule, ...others] = rules.filter(({ traits }) => (traits & RULE_TRAITS.block) !== 0);
    if (!rule || others.length > 0) return rule && internetReach([rule, ...others]);
    if (!known.has(rule)) known.set(rule, internetReach([rule]));
    return known.get(rule);
  };
  return ({ rules, traits }) => {
    if (((traits.ingress | traits.egress) & RULE_TRAITS.block) === 0) return NO_REACH;
    return DIRECTIONS.flatMap((direction) => {
      const reach = reachOf(rules[direction]);
      return reach ? [{ direction, reach }] : [];
    });
  };
}

const NO_REACH: readonly never[] = [];

/** Of the rules of a direction that name blocks. Absent where these together are not as good as the Internet. */
function internetReach(rules: readonly PolicyRule[]): InternetReach | undefined {
  const reached: AddressSet[] = [];
  const cidrs = new Set<string>();
  let onlyHttps = true;
  for (const { peers, ports } of rules) {
    for (const peer of peers) {
      if (peer.type !== 'block') continue;
      reached.push(peer.addresses);
      cidrs.add(peer.cidr);
    }
    onlyHttps &&= ports.length > 0 && ports.every(({ protocol, port, endPort }) => protocol === 'TCP' && port === 443 && (endPort ?? 443) === 443);
  }
  const families = internetFamilies(unionOf(reached));
  return families.length === 0 ? undefined : { families, cidrs: [...cidrs].sort(), onlyHttps };
}
