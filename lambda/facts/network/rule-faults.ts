import { internetFamilies } from '../cidr/internet.ts';
import { unionOf } from '../cidr/address-set.ts';
import type { Selector } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type Peer, type PolicyPort, type PolicyRule } from './policy.ts';

/** What is looked at of a rule here. */
type Said = Pick<PolicyRule, 'everybody' | 'peers' | 'ports'>;

/** For everybody or every pod of every namespace, on every port: as if there were no policy. */
export function isForAll({ everybody, peers, ports }: Said): boolean {
  return ports.length === 0 && (everybody || peers.some(isEveryPod));
}

/** Pods of every namespace, whatever their names. */
export function isEveryPod(peer: Peer): boolean {
  return isInEveryNamespace(peer) && peer.type === 'pods' && peer.pods.everything;
}

export function isInEveryNamespace(peer: Peer): boolean {
  return peer.type === 'pods' && peer.namespaces !== undefined && selectsEveryNamespace(peer.namespaces);
}

/** `{}`, or a label that every namespace has: the API server sets it. */
function selectsEveryNamespace({ everything, requirements }: Selector): boolean {
  return everything || (requirements.length === 1 && requirements[0]!.operator === 'Exists' && requirements[0]!.key === 'kubernetes.io/metadata.name');
}

/** It names its peers and no ports: these reach debug ports, metrics and consoles as well as what is served. */
export function isForAnyPort({ everybody, peers, ports }: Said): boolean {
  return !everybody && ports.length === 0 && !peers.some(isEveryPodThere);
}

/** All of some namespaces, which a rule that names no label of pods means as a whole. */
function isEveryPodThere(peer: Peer): boolean {
  return peer.type === 'pods' && peer.pods.everything;
}

/** One item of the list is pods of the own namespace by their labels, and another all pods of other namespaces: the items are alternatives, and were likely meant as one. */
export function hasAccidentalOr({ peers }: Said): boolean {
  return (
    peers.length > 1 &&
    peers.some((peer) => peer.type === 'pods' && peer.namespaces === undefined && !peer.pods.everything) &&
    peers.some((peer) => peer.type === 'pods' && peer.namespaces !== undefined && !peer.namespaces.everything && peer.pods.everything)
  );
}

/** For DNS alone, to every pod or as good as the whole Internet. */
export function isDnsForEverybody(rule: Said): boolean {
  return rule.ports.length > 0 && rule.ports.every(isDns) && isForEverybody(rule);
}

function isDns({ protocol, port, endPort }: PolicyPort): boolean {
  return (protocol === 'UDP' || protocol === 'TCP') && port === 53 && (endPort ?? 53) === 53;
}

function isForEverybody({ everybody, peers }: Said): boolean {
  if (everybody) return true;
  if (peers.some((peer) => peer.type === 'pods' && peer.namespaces?.everything === true && peer.pods.everything)) return true;
  return internetFamilies(unionOf(peers.flatMap((peer) => (peer.type === 'block' ? [peer.addresses] : [])))).length > 0;
}

/** How many pairs of protocol and ports one address may have in the VPC CNI's map: what is beyond is dropped without an error. */
export const PORT_LIMIT = 24;

/** Directions in which one and the same peer has more ports than the VPC CNI holds for an address. Ports of different peers may add up too, and are not counted. */
export function directionsBeyondPortLimit({ rules }: NamespacedPolicy): readonly Direction[] {
  return DIRECTIONS.filter((direction) => {
    const byPeer = new Map<string, Set<string>>();
    for (const rule of rules[direction]) {
      const ports = new Set(rule.ports.map(({ protocol, port, endPort }) => JSON.stringify([protocol, port, endPort])));
      if (ports.size > PORT_LIMIT) return true;
      for (const key of peerKeys(rule)) {
        let known = byPeer.get(key);
        if (!known) byPeer.set(key, (known = new Set()));
        for (const port of ports) known.add(port);
        if (known.size > PORT_LIMIT) return true;
      }
    }
    return false;
  });
}

function peerKeys({ everybody, peers }: PolicyRule): readonly string[] {
  return everybody ? ['everybody'] : peers.map(peerText);
}

/** The same text for the same peer. */
export function peerText(peer: Peer): string {
  if (peer.type === 'pods') return JSON.stringify(['pods', peer.namespaces?.text, peer.pods.text]);
  if (peer.type === 'block') return JSON.stringify(['block', peer.cidr, intervals(peer)]);
  return 'other';
}

function intervals({ addresses, excepting }: Extract<Peer, { type: 'block' }>): readonly string[] {
  return excepting ? [...addresses.IPv4, ...addresses.IPv6].map(({ first, last }) => `${first}-${last}`) : [];
}
