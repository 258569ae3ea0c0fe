import type { V1NetworkPolicy, V1NetworkPolicyPeer, V1NetworkPolicyPort } from '@kubernetes/client-node';
import type { ApplicationNetworkPolicySpec, CustomObject } from '../../model/policy-kinds.ts';
import { listOf, objectsOf, textsOf, written } from '../as-read.ts';
import { difference, isEmpty, setOfCidrs } from '../cidr/address-set.ts';
import { SelectorTable } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type Peer, type PolicyPort, type PolicyRule, type RuleTraits } from './policy.ts';
import { traitsOf } from './rule-traits.ts';

/** A rule of either kind: peers stand in `from` or in `to`. */
interface WrittenRule {
  readonly from?: readonly V1NetworkPolicyPeer[];
  readonly to?: readonly V1NetworkPolicyPeer[];
  readonly ports?: readonly V1NetworkPolicyPort[];
}

/** Reads the policies of one snapshot. What stands in many of them, as made from one template, is read once. */
export class PolicyReader {
  readonly #selectors = new SelectorTable();
  /** By direction and position, and by how they are written. */
  readonly #rules: { readonly [D in Direction]: Map<string, PolicyRule>[] } = { ingress: [], egress: [] };

  read(source: NamespacedPolicy['source'], apiVersion: string, kind: string, { metadata, spec: given }: V1NetworkPolicy | CustomObject<ApplicationNetworkPolicySpec>): NamespacedPolicy {
    const spec = given ?? {};
    const ingress = objectsOf<WrittenRule>(spec.ingress as never);
    const egress = objectsOf<WrittenRule>(spec.egress as never);
    const isolates = isolatedDirections(textsOf(spec.policyTypes), egress.length > 0);
    const rules = {
      ingress: isolates.includes('ingress') ? ingress.map((rule, index) => this.#rule(rule, index, 'ingress')) : NO_RULES,
      egress: isolates.includes('egress') ? egress.map((rule, index) => this.#rule(rule, index, 'egress')) : NO_RULES,
    };
    const ignored = (ingress.length > 0 && rules.ingress.length === 0) || (egress.length > 0 && rules.egress.length === 0);
    return {
      resource: { apiVersion, kind, namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' },
      source,
      selector: this.#selectors.of(spec.podSelector),
      isolates,
      rules,
      traits: { ingress: traitsOfAll(rules.ingress), egress: traitsOfAll(rules.egress) },
      ignored: ignored ? DIRECTIONS.filter((direction) => !isolates.includes(direction) && (direction === 'ingress' ? ingress : egress).length > 0) : NO_DIRECTIONS,
      malformed: malformedIn(rules),
    };
  }

  #rule(rule: WrittenRule, index: number, direction: Direction): PolicyRule {
    const text = JSON.stringify(rule);
    // It may stand for a number that JSON has no other text for.
    if (text.includes('null')) return this.#readRule(rule, index, direction);
    const tables = this.#rules[direction];
    while (tables.length <= index) tables.push(new Map());
    const table = tables[index]!;
    let known = table.get(text);
    if (!known) table.set(text, (known = this.#readRule(rule, index, direction)));
    return known;
  }

  /** Empty lists mean the same as absent ones: everybody, every port. */
  #readRule(rule: WrittenRule, index: number, direction: Direction): PolicyRule {
    const malformed: string[] = [];
    const peers = objectsOf(direction === 'ingress' ? rule.from : rule.to).map((peer) => this.#peer(peer, malformed));
    const said = { index, everybody: peers.length === 0, peers, ports: objectsOf(rule.ports).map(readPort), malformed };
    return { ...said, traits: traitsOf(said) };
  }

  #peer(peer: V1NetworkPolicyPeer, malformed: string[]): Peer {
    if (peer.ipBlock) {
      const block = setOfCidrs([peer.ipBlock.cidr]);
      const except = setOfCidrs(listOf(peer.ipBlock.except));
      malformed.push(...block.malformed, ...except.malformed);
      return { type: 'block', cidr: written(peer.ipBlock.cidr), addresses: difference(block.set, except.set), excepting: !isEmpty(except.set) };
    }
    if (!peer.podSelector && !peer.namespaceSelector) return { type: 'other', domains: 'domainNames' in peer };
    const pods = this.#selectors.of(peer.podSelector);
    return peer.namespaceSelector ? { type: 'pods', pods, namespaces: this.#selectors.of(peer.namespaceSelector) } : { type: 'pods', pods };
  }
}

const NO_DIRECTIONS: readonly Direction[] = [];
const NO_RULES: readonly PolicyRule[] = [];

function traitsOfAll(rules: readonly PolicyRule[]): RuleTraits {
  let all = 0;
  // By index, as below: there are thousands of policies, with a rule or two.
  for (let i = 0; i < rules.length; i++) all |= rules[i]!.traits;
  return all;
}

function malformedIn({ ingress, egress }: NamespacedPolicy['rules']): readonly string[] {
  return areSound(ingress) && areSound(egress) ? NONE : [...ingress, ...egress].flatMap(({ malformed }) => malformed);
}

const NONE: readonly string[] = [];

function areSound(rules: readonly PolicyRule[]): boolean {
  for (let i = 0; i < rules.length; i++) if (rules[i]!.malformed.length > 0) return false;
  return true;
}

/** No policyTypes: ingress, and egress where there are egress rules. Given, they are literal: a type that is not listed is not isolated. */
function isolatedDirections(policyTypes: readonly string[], hasEgressRules: boolean): readonly Direction[] {
  const ingress = policyTypes.length === 0 || policyTypes.includes('Ingress');
  const egress = policyTypes.length === 0 ? hasEgressRules : policyTypes.includes('Egress');
  return ISOLATED[ingress ? (egress ? 'both' : 'ingress') : egress ? 'egress' : 'none'];
}

const ISOLATED = { both: DIRECTIONS, ingress: ['ingress'], egress: ['egress'], none: [] } as const;

function readPort({ protocol: given, port, endPort }: V1NetworkPolicyPort): PolicyPort {
  const protocol = given ?? 'TCP';
  if (port === undefined || port === null) return endPort === undefined ? { protocol } : { protocol, endPort };
  return endPort === undefined ? { protocol, port } : { protocol, port, endPort };
}
