import type { ResourceRef } from '../../model/violation.ts';
import type { AddressSet } from '../cidr/address-set.ts';
import type { Selector } from './label-selector.ts';

export const DIRECTIONS = ['ingress', 'egress'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A NetworkPolicy, or an ApplicationNetworkPolicy of EKS, which isolates as one does. */
export interface NamespacedPolicy {
  readonly resource: ResourceRef & { readonly namespace: string };
  readonly source: 'networkPolicies' | 'applicationNetworkPolicies';
  /** Pods that it isolates. Of all policies of a snapshot equal selectors are one object. */
  readonly selector: Selector;
  /** Directions in which it isolates them. */
  readonly isolates: readonly Direction[];
  /** What it lets through, for the directions in which it isolates; none for the others. */
  readonly rules: { readonly [D in Direction]: readonly PolicyRule[] };
  /** What some rule of a direction is (`rule-traits.ts`). */
  readonly traits: { readonly [D in Direction]: RuleTraits };
  /** Directions for which it has rules that count for nothing, because policyTypes does not list them. */
  readonly ignored: readonly Direction[];
  /** Address blocks in it that are none. */
  readonly malformed: readonly string[];
}

/** What a rule is, a bit each, as `rule-traits.ts` sets them. */
export type RuleTraits = number;

/** Rules that are written alike, at the same place and for the same direction, are one object, whosever they are. */
export interface PolicyRule {
  /** Position in the policy, from 0. */
  readonly index: number;
  /** Nobody is named: everybody is meant. */
  readonly everybody: boolean;
  readonly peers: readonly Peer[];
  /** None: all ports and protocols. */
  readonly ports: readonly PolicyPort[];
  /** Address blocks in it that are none. */
  readonly malformed: readonly string[];
  readonly traits: RuleTraits;
}

export type Peer =
  /** No namespaces: the policy's own. */
  | { readonly type: 'pods'; readonly namespaces?: Selector; readonly pods: Selector }
  | {
      readonly type: 'block';
      readonly cidr: string;
      /** Less its exceptions. */
      readonly addresses: AddressSet;
      /** It has exceptions. */
      readonly excepting: boolean;
    }
  /** Domain names (of EKS's kind), or what a later version of the API brings. */
  | { readonly type: 'other'; readonly domains: boolean };

export interface PolicyPort {
  readonly protocol: string;
  /** A number, or the name of a container port; absent: all of the protocol. */
  readonly port?: number | string;
  readonly endPort?: number;
}

/** Whether one of these ports is (or by its name may be) this one. No ports mean all. */
export function admitsPort(ports: readonly PolicyPort[], protocol: string, number: number): boolean {
  if (ports.length === 0) return true;
  return ports.some((port) => {
    if (port.protocol !== protocol) return false;
    if (port.port === undefined) return true;
    if (typeof port.port === 'string') return false;
    return port.port <= number && number <= (port.endPort ?? port.port);
  });
}
