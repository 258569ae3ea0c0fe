import type { AddressSet } from '../../cidr/address-set.ts';
import type { Selector } from '../label-selector.ts';
import { DIRECTIONS, type NamespacedPolicy, type PolicyRule } from '../policy.ts';
import type { TierPolicy } from '../tier-policies.ts';

/** By key the values that some selector names. All others of a key are alike to every selector, and so is a key that none names. */
export type LabelWords = ReadonlyMap<string, ReadonlySet<string>>;

/** What policies tell ends of connections apart by. What is not in it makes no difference to any of them. */
export interface Vocabulary {
  readonly podLabels: LabelWords;
  readonly namespaceLabels: LabelWords;
  readonly nodeLabels: LabelWords;
  /** Some rule names nodes. */
  readonly nodes: boolean;
  /** Names of container ports. */
  readonly portNames: ReadonlySet<string>;
  readonly addresses: readonly AddressSet[];
}

export function vocabularyOf(policies: readonly NamespacedPolicy[], tiers: readonly TierPolicy[]): Vocabulary {
  const heard = { pods: new Heard(), namespaces: new Heard(), nodes: new Heard() };
  const portNames = new Set<string>();
  const addresses: AddressSet[] = [];
  let nodes = false;
  // Policies share rules that are written alike.
  const rules = new Set<PolicyRule>();
  // By index: there are thousands, of a rule or two.
  for (let at = 0; at < policies.length; at++) {
    const policy = policies[at]!;
    heard.pods.hear(policy.selector);
    for (let i = 0; i < policy.rules.ingress.length; i++) rules.add(policy.rules.ingress[i]!);
    for (let i = 0; i < policy.rules.egress.length; i++) rules.add(policy.rules.egress[i]!);
  }
  for (const { peers, ports } of rules) {
    for (let i = 0; i < ports.length; i++) {
      const { port } = ports[i]!;
      if (typeof port === 'string') portNames.add(port);
    }
    for (let i = 0; i < peers.length; i++) {
      const peer = peers[i]!;
      if (peer.type === 'block') addresses.push(peer.addresses);
      if (peer.type !== 'pods') continue;
      heard.pods.hear(peer.pods);
      heard.namespaces.hear(peer.namespaces);
    }
  }
  for (const policy of tiers) {
    heard.namespaces.hear(policy.namespaces);
    heard.pods.hear(policy.pods);
    for (const direction of DIRECTIONS) {
      for (const { peers, namedPorts } of policy.rules[direction]) {
        for (const { name } of namedPorts) portNames.add(name);
        for (const peer of peers) {
          if (peer.type === 'networks') addresses.push(peer.addresses);
          if (peer.type === 'nodes') {
            nodes = true;
            heard.nodes.hear(peer.nodes);
          }
          if (peer.type !== 'pods') continue;
          heard.namespaces.hear(peer.namespaces);
          heard.pods.hear(peer.pods);
        }
      }
    }
  }
  return { podLabels: heard.pods.words, namespaceLabels: heard.namespaces.words, nodeLabels: heard.nodes.words, nodes, portNames, addresses };
}

class Heard {
  readonly words = new Map<string, Set<string>>();
  readonly #selectors = new Set<Selector>();

  hear(selector: Selector | undefined): void {
    if (!selector || selector.everything || this.#selectors.has(selector)) return;
    this.#selectors.add(selector);
    for (let i = 0; i < selector.requirements.length; i++) {
      const { key, values } = selector.requirements[i]!;
      let known = this.words.get(key);
      if (!known) this.words.set(key, (known = new Set()));
      for (let j = 0; j < values.length; j++) known.add(values[j]!);
    }
  }
}
