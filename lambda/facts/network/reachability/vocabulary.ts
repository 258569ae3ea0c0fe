import type { AddressSet } from '../../cidr/address-set.ts';
import type { Selector } from '../label-selector.ts';
import { DIRECTIONS, type NamespacedPolicy } from '../policy.ts';
import type { TierPolicy } from '../tier-policies.ts';

/** What policies tell ends of connections apart by. What is not in it makes no difference to any of them. */
export interface Vocabulary {
  /** Keys of labels. */
  readonly podLabels: ReadonlySet<string>;
  readonly namespaceLabels: ReadonlySet<string>;
  readonly nodeLabels: ReadonlySet<string>;
  /** Some rule names nodes. */
  readonly nodes: boolean;
  /** Names of container ports. */
  readonly portNames: ReadonlySet<string>;
  readonly addresses: readonly AddressSet[];
}

export function vocabularyOf(policies: readonly NamespacedPolicy[], tiers: readonly TierPolicy[]): Vocabulary {
  const podLabels = new Set<string>();
  const namespaceLabels = new Set<string>();
  const nodeLabels = new Set<string>();
  const portNames = new Set<string>();
  const addresses: AddressSet[] = [];
  let nodes = false;
  const hear = (keys: Set<string>, selector: Selector | undefined): void => {
    for (const { key } of selector?.requirements ?? []) keys.add(key);
  };
  for (const policy of policies) {
    hear(podLabels, policy.selector);
    for (const direction of DIRECTIONS) {
      for (const { peers, ports } of policy.rules[direction]) {
        for (const { port } of ports) if (typeof port === 'string') portNames.add(port);
        for (const peer of peers) {
          if (peer.type === 'block') addresses.push(peer.addresses);
          if (peer.type !== 'pods') continue;
          hear(podLabels, peer.pods);
          hear(namespaceLabels, peer.namespaces);
        }
      }
    }
  }
  for (const policy of tiers) {
    hear(namespaceLabels, policy.namespaces);
    hear(podLabels, policy.pods);
    for (const direction of DIRECTIONS) {
      for (const { peers, namedPorts } of policy.rules[direction]) {
        for (const { name } of namedPorts) portNames.add(name);
        for (const peer of peers) {
          if (peer.type === 'networks') addresses.push(peer.addresses);
          if (peer.type === 'nodes') {
            nodes = true;
            hear(nodeLabels, peer.nodes);
          }
          if (peer.type !== 'pods') continue;
          hear(namespaceLabels, peer.namespaces);
          hear(podLabels, peer.pods);
        }
      }
    }
  }
  return { podLabels, namespaceLabels, nodeLabels, nodes, portNames, addresses };
}
