import type { Family } from '../../cidr/address-block.ts';
import type { NamespacedPolicy, PolicyPort, PolicyRule } from '../policy.ts';
import type { NamedPort, TierPolicy, TierRule } from '../tier-policies.ts';
import type { Admitted } from './admission.ts';
import { classSetOf, differenceOf, intersectionOf, isNone, NO_CLASSES, unionOfAll, type ClassSet } from './class-set.ts';
import type { PeerSets } from './peer-sets.ts';
import type { Classes } from './classes.ts';
import type { Conventions, ContainerPort } from './endpoint.ts';
import { LANES, type PortSet, type PortTable } from './port-table.ts';

/** A rule with its peers as classes and its ports as sets. */
export interface CompiledRule {
  /** Peers by what of a connection with them the rule can be about: either family, or one of them. */
  readonly peers: { readonly any: ClassSet } & { readonly [F in Family]: ClassSet };
  readonly ports: PortSet;
  /** Ports that the destination's containers name. */
  readonly namedPorts: readonly NamedPort[];
  /** The peers on which an egress looks names up. */
  readonly askedForNames: CompiledRule['peers'];
}

export interface RuleCompiler {
  ofPolicy(policy: NamespacedPolicy, rule: PolicyRule): CompiledRule;
  ofTier(rule: TierRule): CompiledRule;
  /** Pods that a tier policy is for. */
  subjectOf(policy: TierPolicy): ClassSet;
}

export function ruleCompiler(classes: Classes, sets: PeerSets, everybody: ClassSet, conventions: Conventions, table: PortTable): RuleCompiler {
  const known = new Map<PolicyRule | TierRule, CompiledRule>();
  const once = <T extends PolicyRule | TierRule>(rule: T, compile: () => CompiledRule): CompiledRule => {
    let compiled = known.get(rule);
    if (!compiled) known.set(rule, (compiled = compile()));
    return compiled;
  };
  return {
    ofPolicy: (policy, rule) =>
      once(rule, () => {
        const peers = rule.everybody ? of([everybody]) : policyPeers(policy, rule);
        return { peers, ...policyPorts(rule.ports, table), askedForNames: askedForNames(peers, rule.everybody) };
      }),
    ofTier: (rule) =>
      once(rule, () => {
        const peers = tierPeers(rule);
        return { peers, ports: rule.allPorts ? table.all : table.of(rule.ports), namedPorts: rule.namedPorts, askedForNames: askedForNames(peers, false) };
      }),
    subjectOf: ({ namespaces, pods }) => (namespaces ? sets.inNamespaces(namespaces, pods) : NO_CLASSES),
  };

  function askedForNames(peers: CompiledRule['peers'], isEverybody: boolean): CompiledRule['peers'] {
    if (conventions.egressNamesOfAddresses !== false) return peers;
    return of(isEverybody ? [] : [peers.any]);
  }

  function policyPeers({ resource }: NamespacedPolicy, { peers }: PolicyRule): CompiledRule['peers'] {
    const any: ClassSet[] = [];
    const byFamily: { [F in Family]: ClassSet[] } = { IPv4: [], IPv6: [] };
    for (const peer of peers) {
      if (peer.type === 'pods') any.push(peer.namespaces ? sets.inNamespaces(peer.namespaces, peer.pods) : sets.inNamespace(resource.namespace, peer.pods));
      if (peer.type !== 'block') continue;
      const inBlock = sets.withAddress(peer.addresses);
      for (const family of LANES) byFamily[family].push(conventions.ipBlockOnPods ? inBlock[family] : differenceOf(inBlock[family], classes.pods));
    }
    return of(any, byFamily);
  }

  /** What this version cannot read fails closed, as the API asks: an Accept of it is for nobody, a Deny or Pass for everybody. */
  function tierPeers({ peers, action }: TierRule): CompiledRule['peers'] {
    const any: ClassSet[] = [];
    const byFamily: { [F in Family]: ClassSet[] } = { IPv4: [], IPv6: [] };
    for (const peer of peers) {
      if (peer.type === 'pods') any.push(sets.inNamespaces(peer.namespaces, peer.pods));
      else if (peer.type === 'nodes') any.push(sets.ofNodes(peer.nodes));
      else if (peer.type === 'networks') {
        const inNetworks = sets.withAddress(peer.addresses);
        for (const family of LANES) byFamily[family].push(inNetworks[family]);
      } else if (peer.type === 'unknown' && action !== 'accept') any.push(everybody);
    }
    return of(any, byFamily);
  }
}

function of(any: readonly ClassSet[], { IPv4, IPv6 }: { readonly [F in Family]: readonly ClassSet[] } = { IPv4: [], IPv6: [] }): CompiledRule['peers'] {
  return { any: unionOfAll(any), IPv4: unionOfAll(IPv4), IPv6: unionOfAll(IPv6) };
}

function policyPorts(ports: readonly PolicyPort[], table: PortTable): Pick<CompiledRule, 'ports' | 'namedPorts'> {
  if (ports.length === 0) return { ports: table.all, namedPorts: [] };
  const numbered = ports.flatMap(({ protocol, port, endPort }) => {
    if (port === undefined) return [{ protocol, first: 1, last: 65_535 }];
    return typeof port === 'number' ? [{ protocol, first: port, last: endPort ?? port }] : [];
  });
  const named = ports.flatMap(({ protocol, port }) => (typeof port === 'string' ? [{ name: port, protocol }] : []));
  return { ports: table.of(numbered), namedPorts: named };
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
export function* egressEntries({ peers, ports, namedPorts, askedForNames }: CompiledRule, index: NamedPortIndex, table: PortTable): Iterable<Admitted> {
  yield* entriesFor(peers, ports, table);
  for (const { name, protocol } of namedPorts) {
    for (const each of index.get(name) ?? []) {
      if (protocol !== undefined && protocol !== each.protocol) continue;
      const having = (set: ClassSet): ClassSet => intersectionOf(set, each.classes);
      const one = table.of([{ protocol: each.protocol, first: each.port, last: each.port }]);
      yield* entriesFor({ any: having(askedForNames.any), IPv4: having(askedForNames.IPv4), IPv6: having(askedForNames.IPv6) }, one, table);
    }
  }
}

/** What a rule says, for an ingress: names are looked up on the pod itself. */
export function ingressEntries({ peers, ports, namedPorts }: CompiledRule, own: readonly ContainerPort[], table: PortTable): Iterable<Admitted> {
  const meant = namedPorts.flatMap((named) => own.filter(({ name, protocol }) => name === named.name && (named.protocol === undefined || named.protocol === protocol)));
  if (meant.length === 0) return entriesFor(peers, ports, table);
  return entriesFor(peers, table.union(ports, table.of(meant.map(({ protocol, port }) => ({ protocol, first: port, last: port })))), table);
}

function* entriesFor(peers: CompiledRule['peers'], ports: PortSet, table: PortTable): Iterable<Admitted> {
  if (ports === table.none) return;
  if (!isNone(peers.any)) yield { ports, peers: peers.any };
  for (const family of LANES) if (!isNone(peers[family])) yield { ports: table.intersection(ports, table.lanes[family]), peers: peers[family] };
}
