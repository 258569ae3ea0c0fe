import type { Family } from '../../cidr/address-block.ts';
import { unionOf } from '../../cidr/address-set.ts';
import { madeOnce } from '../../../model/made-once.ts';
import type { NamespacedPolicy, Peer, PolicyPort, PolicyRule } from '../policy.ts';
import { RULE_TRAITS } from '../rule-traits.ts';
import type { NamedPort, TierPolicy, TierRule } from '../tier-policies.ts';
import type { Admitted } from './admission.ts';
import { classSetOf, differenceOf, intersectionOf, isNone, NO_CLASSES, unionOfAll, unionOfClasses, type ClassSet } from './class-set.ts';
import type { PeerSets } from './peer-sets.ts';
import type { Classes } from './classes.ts';
import type { Conventions, ContainerPort } from './endpoint.ts';
import { LANES, type PortInterval, type PortSet, type PortTable } from './port-table.ts';

/** A rule with its peers as classes and its ports as sets. */
export interface CompiledRule {
  /** Peers by what of a connection with them the rule can be about: either family, or one of them. */
  readonly peers: PeersByFamily;
  readonly ports: PortSet;
  /** What it says, the ports aside that the destination's containers name. */
  readonly entries: readonly Admitted[];
  /** Ports that the destination's containers name. */
  readonly namedPorts: readonly NamedPort[];
  /** The peers on which an egress looks names up. */
  readonly askedForNames: PeersByFamily;
}

export interface CompiledTierRule extends CompiledRule {
  /** A Pass only: it is about some of the addresses that these may have. */
  readonly partly?: CompiledRule;
}

export type PeersByFamily = { readonly any: ClassSet } & { readonly [F in Family]: ClassSet };

export interface RuleCompiler {
  ofPolicy(policy: NamespacedPolicy, rule: PolicyRule): CompiledRule;
  ofTier(rule: TierRule): CompiledTierRule;
  /** Pods that a tier policy is for. */
  subjectOf(policy: TierPolicy): ClassSet;
}

export function ruleCompiler(classes: Classes, sets: PeerSets, everybody: ClassSet, conventions: Conventions, table: PortTable): RuleCompiler {
  const known = new Map<PolicyRule, CompiledRule>();
  const tierRules = new Map<TierRule, CompiledTierRule>();
  const local = new Map<string, Map<PolicyRule, CompiledRule>>();
  const outsideBlocks = neverInBlocks(classes, conventions);
  return {
    ofPolicy: ({ resource: { namespace } }, rule) => {
      // Policies of all namespaces share rules that are written alike, and a peer without a namespace is of the policy's own.
      const same = (rule.traits & RULE_TRAITS.local) === 0 ? known : madeOnce(local, namespace, () => new Map<PolicyRule, CompiledRule>());
      // Not by `madeOnce`: asked of each rule for each class, which would make a function each time.
      let compiled = same.get(rule);
      if (!compiled) same.set(rule, (compiled = compilePolicyRule(namespace, rule)));
      return compiled;
    },
    ofTier: (rule) => madeOnce(tierRules, rule, () => compileTierRule(rule)),
    subjectOf: ({ namespaces, pods }) => (namespaces ? sets.inNamespaces(namespaces, pods) : NO_CLASSES),
  };

  function compilePolicyRule(namespace: string, rule: PolicyRule): CompiledRule {
    const peers = rule.everybody ? ofAnyFamily(everybody) : policyPeers(namespace, rule);
    return compiledRule(peers, portsOf(rule.ports, table), (rule.traits & RULE_TRAITS.namedPort) === 0 ? NO_NAMES : namesOf(rule.ports), rule.everybody);
  }

  function compiledRule(peers: PeersByFamily, ports: PortSet, namedPorts: readonly NamedPort[], isEverybody: boolean): CompiledRule {
    return { peers, ports, entries: entriesFor(peers, ports, table), namedPorts, askedForNames: askedForNames(peers, isEverybody) };
  }

  function askedForNames(peers: PeersByFamily, isEverybody: boolean): PeersByFamily {
    if (conventions.egressNamesOfAddresses !== false) return peers;
    return ofAnyFamily(isEverybody ? NO_CLASSES : peers.any);
  }

  function policyPeers(namespace: string, { peers, traits }: PolicyRule): PeersByFamily {
    let any = NO_CLASSES;
    if (peers.length === 1) any = podsOf(namespace, peers[0]!);
    else if (peers.length > 1) any = unionOfAll(peers.map((peer) => podsOf(namespace, peer)));
    if ((traits & RULE_TRAITS.block) === 0) return ofAnyFamily(any);
    const byFamily: { [F in Family]: ClassSet[] } = { IPv4: [], IPv6: [] };
    for (const peer of peers) {
      if (peer.type !== 'block') continue;
      const inBlock = sets.withAddress(peer.addresses);
      for (const family of LANES) byFamily[family].push(outsideBlocks ? differenceOf(inBlock[family], outsideBlocks) : inBlock[family]);
    }
    return { any, IPv4: unionOfAll(byFamily.IPv4), IPv6: unionOfAll(byFamily.IPv6) };
  }

  function podsOf(namespace: string, peer: Peer): ClassSet {
    if (peer.type !== 'pods') return NO_CLASSES;
    const { namespaces, pods } = peer;
    const among = (those: Pick<PeerSets, 'inNamespace' | 'inNamespaces'>): ClassSet => (namespaces ? those.inNamespaces(namespaces, pods) : those.inNamespace(namespace, pods));
    return conventions.hostNetworkPeers ? unionOfClasses(among(sets), among(sets.hosting)) : among(sets);
  }

  function compileTierRule(rule: TierRule): CompiledTierRule {
    const ports = rule.allPorts ? table.all : table.of(rule.ports);
    const networks = unionOf(rule.peers.flatMap((peer) => (peer.type === 'networks' ? [peer.addresses] : [])));
    const [inNetworks, partly] = [sets.withAddress(networks), sets.partlyWithAddress(networks)];
    if (rule.action === 'accept' || LANES.every((family) => isNone(partly[family]))) return compiledRule(tierPeers(rule, inNetworks), ports, rule.namedPorts, false);
    // Who may have another address is not denied; and what is passed on for one address may be decided here for another.
    const wholly = { IPv4: differenceOf(inNetworks.IPv4, partly.IPv4), IPv6: differenceOf(inNetworks.IPv6, partly.IPv6) };
    const sure = compiledRule(tierPeers(rule, wholly), ports, rule.namedPorts, false);
    return rule.action === 'pass' ? { ...sure, partly: compiledRule({ any: NO_CLASSES, ...partly }, ports, rule.namedPorts, false) } : sure;
  }

  /** What this version cannot read fails closed, as the API asks: an Accept of it is for nobody, a Deny or Pass for everybody. */
  function tierPeers({ peers, action }: TierRule, inNetworks: { readonly [F in Family]: ClassSet }): PeersByFamily {
    const any: ClassSet[] = [];
    for (const peer of peers) {
      if (peer.type === 'pods') any.push(sets.inNamespaces(peer.namespaces, peer.pods), conventions.hostNetworkPeers ? sets.hosting.inNamespaces(peer.namespaces, peer.pods) : NO_CLASSES);
      else if (peer.type === 'nodes') any.push(sets.ofNodes(peer.nodes));
      else if (peer.type === 'unknown' && action !== 'accept') any.push(everybody);
    }
    return { any: unionOfAll(any), ...inNetworks };
  }
}

/** Whom an engine takes for what it is, whatever its address. */
function neverInBlocks(classes: Classes, { ipBlockOnPods, ipBlockOnNodes }: Conventions): ClassSet | undefined {
  if (ipBlockOnPods && ipBlockOnNodes !== false) return undefined;
  const nodes = ipBlockOnNodes === false ? classSetOf(classes.all.flatMap(({ isNode }, number) => (isNode ? [number] : []))) : NO_CLASSES;
  return ipBlockOnPods ? nodes : unionOfAll([classes.pods, nodes]);
}

function ofAnyFamily(any: ClassSet): PeersByFamily {
  return { any, IPv4: NO_CLASSES, IPv6: NO_CLASSES };
}

function portsOf(ports: readonly PolicyPort[], table: PortTable): PortSet {
  if (ports.length === 0) return table.all;
  const numbered: PortInterval[] = [];
  for (const { protocol, port, endPort } of ports) {
    if (port === undefined) numbered.push({ protocol, first: 1, last: 65_535 });
    else if (typeof port === 'number') numbered.push({ protocol, first: port, last: endPort ?? port });
  }
  return table.of(numbered);
}

const NO_NAMES: readonly NamedPort[] = [];

function namesOf(ports: readonly PolicyPort[]): readonly NamedPort[] {
  return ports.flatMap(({ protocol, port }) => (typeof port === 'string' ? [{ name: port, protocol }] : []));
}

/** Container ports by name: who has them. Of pods of the host network too: they are found by their address. */
export type NamedPortIndex = ReadonlyMap<string, readonly { readonly protocol: string; readonly port: number; readonly classes: ClassSet }[]>;

export function indexNamedPorts(classes: Classes): NamedPortIndex {
  const lists = new Map<string, Map<string, { readonly protocol: string; readonly port: number; readonly numbers: number[] }>>();
  for (const [number, { namedPorts }] of classes.all.entries()) {
    for (const { name, protocol, port } of namedPorts) {
      let byPort = lists.get(name);
      if (!byPort) lists.set(name, (byPort = new Map()));
      const key = `${port} ${protocol}`;
      const list = byPort.get(key);
      if (list) list.numbers.push(number);
      else byPort.set(key, { protocol, port, numbers: [number] });
    }
  }
  return new Map([...lists].map(([name, byPort]) => [name, [...byPort.values()].map(({ protocol, port, numbers }) => ({ protocol, port, classes: classSetOf(numbers) }))]));
}

/** What a rule says, for an egress: names are looked up on each peer. */
export function egressEntries({ entries, namedPorts, askedForNames }: CompiledRule, index: NamedPortIndex, table: PortTable): readonly Admitted[] {
  if (namedPorts.length === 0) return entries;
  const found = [...entries];
  for (const { name, protocol } of namedPorts) {
    for (const each of index.get(name) ?? []) {
      if (protocol !== undefined && protocol !== each.protocol) continue;
      const having = (set: ClassSet): ClassSet => intersectionOf(set, each.classes);
      const one = table.of([{ protocol: each.protocol, first: each.port, last: each.port }]);
      found.push(...entriesFor({ any: having(askedForNames.any), IPv4: having(askedForNames.IPv4), IPv6: having(askedForNames.IPv6) }, one, table));
    }
  }
  return found;
}

/** What a rule says, for an ingress: names are looked up on the pod itself. */
export function ingressEntries({ peers, ports, entries, namedPorts }: CompiledRule, own: readonly ContainerPort[], table: PortTable): readonly Admitted[] {
  if (namedPorts.length === 0 || own.length === 0) return entries;
  const meant = namedPorts.flatMap((named) => own.filter(({ name, protocol }) => name === named.name && (named.protocol === undefined || named.protocol === protocol)));
  if (meant.length === 0) return entries;
  return entriesFor(peers, table.union(ports, table.of(meant.map(({ protocol, port }) => ({ protocol, first: port, last: port })))), table);
}

const NOTHING: readonly Admitted[] = [];

function entriesFor(peers: PeersByFamily, ports: PortSet, table: PortTable): readonly Admitted[] {
  if (ports === table.none) return NOTHING;
  const ofAny = isNone(peers.any) ? NOTHING : [{ ports, peers: peers.any }];
  if (isNone(peers.IPv4) && isNone(peers.IPv6)) return ofAny;
  return [...ofAny, ...LANES.filter((family) => !isNone(peers[family])).map((family) => ({ ports: table.intersection(ports, table.lanes[family]), peers: peers[family] }))];
}
