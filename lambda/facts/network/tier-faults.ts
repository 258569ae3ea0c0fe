import { difference, intersection, isEmpty, unionOf, type AddressSet } from '../cidr/address-set.ts';
import { isForEverything } from './tier-coverage.ts';
import { DIRECTIONS, type Direction } from './policy.ts';
import type { TierPeer, TierPolicy, TierRule } from './tier-policies.ts';

/** `ClusterNetworkPolicy deny-all`, for messages and causes. */
export function tierPolicyName({ resource }: TierPolicy): string {
  return `${resource.kind} ${resource.name}`;
}

const NO_ADDRESSES: AddressSet = { IPv4: [], IPv6: [] };

/**
 * Directions in which a Deny follows an Accept or a Pass that it takes back: EKS's data path knows no order within a policy, and Deny wins. Looked at are a
 * Deny of all ports for every pod, or for addresses; and one for the very peer and ports of an earlier rule.
 */
export function orderDependentDirections({ source, rules }: TierPolicy): readonly Direction[] {
  if (source !== 'eksClusterNetworkPolicies') return [];
  return DIRECTIONS.filter((direction) => {
    let pods = false;
    let addresses = NO_ADDRESSES;
    const seen = new Set<string>();
    for (const rule of [...rules[direction]].sort((a, b) => a.index - b.index)) {
      if (rule.action === 'deny') {
        if (rule.allPorts && ((rule.everyPod && pods) || !isEmpty(intersection(rule.networks, addresses)))) return true;
        if (keysOf(rule).some((key) => key !== undefined && seen.has(key))) return true;
        continue;
      }
      pods ||= rule.peers.some(({ type }) => type === 'pods');
      if (!isEmpty(rule.networks)) addresses = unionOf([addresses, rule.networks]);
      for (const key of keysOf(rule)) if (key !== undefined) seen.add(key);
    }
    return false;
  });
}

/** Rules of a direction that no connection comes to, as those before them in the same policy have decided about all of their peers and ports. */
export function shadowedRules({ rules }: TierPolicy, direction: Direction): readonly TierRule[] {
  let pods = false;
  let addresses = NO_ADDRESSES;
  const seen = new Set<string>();
  const shadowed: TierRule[] = [];
  for (const rule of rules[direction]) {
    const keys = keysOf(rule);
    const isDecided = (peer: TierPeer, at: number): boolean => {
      const key = keys[at];
      if (key !== undefined && seen.has(key)) return true;
      if (peer.type === 'pods') return pods;
      return peer.type === 'networks' && !isEmpty(peer.addresses) && isEmpty(difference(peer.addresses, addresses));
    };
    if (rule.peers.length > 0 && rule.peers.every(isDecided)) shadowed.push(rule);
    for (const key of keys) if (key !== undefined) seen.add(key);
    if (!rule.allPorts) continue;
    pods ||= rule.everyPod;
    if (!isEmpty(rule.networks)) addresses = unionOf([addresses, rule.networks]);
  }
  return shadowed;
}

/** Of each peer with the rule's ports a text, the same for the same; undefined: whom it means is not known. */
export function keysOf({ peers, allPorts, ports, namedPorts }: TierRule): readonly (string | undefined)[] {
  const where = JSON.stringify([allPorts, ports.map(({ protocol, first, last }) => [protocol, first, last]), namedPorts.map(({ name, protocol }) => [name, protocol])]);
  return peers.map((peer) => {
    const text = peerText(peer);
    return text === undefined ? undefined : `${text} ${where}`;
  });
}

function peerText(peer: TierPeer): string | undefined {
  if (peer.type === 'pods') return JSON.stringify(['pods', peer.namespaces.text, peer.pods?.text]);
  if (peer.type === 'nodes') return JSON.stringify(['nodes', peer.nodes.text]);
  if (peer.type !== 'networks') return undefined;
  return JSON.stringify(['networks', [...peer.addresses.IPv4, ...peer.addresses.IPv6].map(({ first, last }) => `${first}-${last}`)]);
}

/** Rules of an admin policy that let everybody through on every port, whatever stands below. */
export function opensEverything(policy: TierPolicy, direction: Direction): boolean {
  return adminVerdict(policy, direction) === 'accept';
}

/** Whether an admin policy denies by default, so that nothing below it speaks. */
export function closesEverything(policy: TierPolicy, direction: Direction): boolean {
  return adminVerdict(policy, direction) === 'deny';
}

/** What an admin policy says of whatever none of its rules before speaks of; undefined: nothing. */
function adminVerdict({ tier, rules }: TierPolicy, direction: Direction): TierRule['action'] | undefined {
  return tier === 'admin' ? rules[direction].find((rule) => isForEverything(rule, direction, 'IPv4'))?.action : undefined;
}
