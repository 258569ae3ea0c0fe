import { isEmpty, shareOf } from '../cidr/address-set.ts';
import { DIRECTIONS, type Direction } from './policy.ts';
import { keysOf } from './tier-faults.ts';
import type { TierPolicy, TierRule } from './tier-policies.ts';

/** A policy of EKS that lets through what another of the same tier and priority denies: the denial wins, whichever of them was meant to. */
export interface TiedDenial {
  readonly policy: TierPolicy;
  readonly direction: Direction;
  readonly denying: TierPolicy;
}

const EVERY_POD = 'every pod';
const EVERY_ADDRESS = 'every address';

/**
 * Looked at are denials of the very peer and ports, and those of all ports for every pod or every address of IPv4, by policies for the same pods or for all of them. In the order of the
 * policies, one a direction. Upstream leaves equal priorities undefined, and says so.
 */
export function* tiedDenials(policies: readonly TierPolicy[]): Iterable<TiedDenial> {
  const eks = policies.filter(({ source, namespaces }) => source === 'eksClusterNetworkPolicies' && namespaces);
  for (const tied of Map.groupBy(eks, ({ tier, priority }) => `${tier} ${priority}`).values()) {
    if (tied.length < 2) continue;
    for (const direction of DIRECTIONS) {
      const denials = new Denials(tied, direction);
      for (const policy of tied) {
        const denying = denials.against(policy);
        if (denying) yield { policy, direction, denying };
      }
    }
  }
}

/** Who denies what, by whose pods: of each the first two, so that one of them is another than whoever asks. */
class Denials {
  readonly #direction: Direction;
  readonly #by = new Map<string, Map<string, readonly TierPolicy[]>>();

  constructor(policies: readonly TierPolicy[], direction: Direction) {
    this.#direction = direction;
    for (const policy of policies) {
      for (const rule of policy.rules[direction]) if (rule.action === 'deny') for (const key of denied(rule)) this.#add(key, policy);
    }
  }

  #add(key: string, policy: TierPolicy): void {
    let bySubject = this.#by.get(key);
    if (!bySubject) this.#by.set(key, (bySubject = new Map()));
    for (const subject of [subjectOf(policy), ANY_SUBJECT]) {
      const known = bySubject.get(subject) ?? [];
      if (known.length < 2 && !known.includes(policy)) bySubject.set(subject, [...known, policy]);
    }
  }

  against(policy: TierPolicy): TierPolicy | undefined {
    const own = subjectOf(policy);
    // Whoever is for all pods meets every other; else those for the same pods, and those for all.
    const subjects = own === EVERYBODY ? [ANY_SUBJECT] : [own, EVERYBODY];
    for (const rule of policy.rules[this.#direction]) {
      if (rule.action !== 'accept' && rule.action !== 'pass') continue;
      for (const key of letThrough(rule)) {
        for (const subject of subjects) {
          const other = this.#by.get(key)?.get(subject)?.find((each) => each !== policy);
          if (other) return other;
        }
      }
    }
    return undefined;
  }
}

const EVERYBODY = 'everybody';
const ANY_SUBJECT = 'any';

function subjectOf({ namespaces, pods }: TierPolicy): string {
  const allPods = !pods || pods.everything;
  if (namespaces!.everything && allPods) return EVERYBODY;
  return JSON.stringify([namespaces!.text, allPods ? '' : pods.text]);
}

function denied(rule: TierRule): readonly string[] {
  const wide = rule.allPorts ? [...(rule.everyPod ? [EVERY_POD] : []), ...(shareOf(rule.networks, 'IPv4') === 1 ? [EVERY_ADDRESS] : [])] : [];
  return [...keysOf(rule).filter((key) => key !== undefined), ...wide];
}

function letThrough(rule: TierRule): readonly string[] {
  const wide = [...(rule.peers.some(({ type }) => type === 'pods') ? [EVERY_POD] : []), ...(isEmpty(rule.networks) ? [] : [EVERY_ADDRESS])];
  return [...keysOf(rule).filter((key) => key !== undefined), ...wide];
}
