import type { V1LabelSelector } from '@kubernetes/client-node';
import type { KubernetesSource } from '../../model/kinds.ts';
import type { CustomObject, TierPolicySpec, TierRule as WrittenRule } from '../../model/policy-kinds.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { setOfCidrs, type AddressSet } from '../cidr/address-set.ts';
import { defineFact } from '../define-fact.ts';
import { SelectorTable, type Selector } from './label-selector.ts';
import { DIRECTIONS, type Direction } from './policy.ts';
import { listOf, objectsOf, textOf } from '../as-read.ts';
import { compareText } from '../../model/compare-text.ts';
import { compareEksActions } from './tier-order.ts';

/** A policy that stands above (admin) or below (baseline) the NetworkPolicies: upstream's and EKS's ClusterNetworkPolicy, and their forerunners. */
export interface TierPolicy {
  readonly resource: ResourceRef;
  readonly source: KubernetesSource;
  readonly tier: 'admin' | 'baseline';
  /** Lower goes first. */
  readonly priority: number;
  /** Whose pods; none of either: the policy is malformed and applies to nothing. */
  readonly namespaces?: Selector;
  /** Absent: all pods of those namespaces. */
  readonly pods?: Selector;
  readonly rules: { readonly [D in Direction]: readonly TierRule[] };
}

export interface TierRule {
  /** Position in the policy, from 0. Where it decides, and where it does not, rules stand in deciding order. */
  readonly index: number;
  /** `unclear`: an action that this version does not know. */
  readonly action: 'accept' | 'deny' | 'pass' | 'unclear';
  readonly peers: readonly TierPeer[];
  /** Every pod of the cluster is among its peers. */
  readonly everyPod: boolean;
  /** Addresses among its peers. */
  readonly networks: AddressSet;
  /** All ports and protocols. */
  readonly allPorts: boolean;
  /** Port numbers, from first to last, by protocol. Named ports are not in it. */
  readonly ports: readonly { readonly protocol: string; readonly first: number; readonly last: number }[];
  readonly namedPorts: readonly NamedPort[];
}

/** Container ports of the destination by their name. No protocol: of any protocol. */
export interface NamedPort {
  readonly name: string;
  readonly protocol?: string;
}

export type TierPeer =
  /** No pods: all of those namespaces. */
  | { readonly type: 'pods'; readonly namespaces: Selector; readonly pods?: Selector }
  | { readonly type: 'networks'; readonly addresses: AddressSet }
  /** Nodes by their labels. */
  | { readonly type: 'nodes'; readonly nodes: Selector }
  /** Which addresses these stand for is not known to who looks at a cluster from outside. */
  | { readonly type: 'domains' }
  /** What a later version of the API brings. */
  | { readonly type: 'unknown' };

const SOURCES = {
  adminNetworkPolicies: ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
  baselineAdminNetworkPolicies: ['policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy'],
  clusterNetworkPolicies: ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
  eksClusterNetworkPolicies: ['networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy'],
} as const satisfies { readonly [S in KubernetesSource]?: readonly [string, string] };
type TierSource = keyof typeof SOURCES;

/** All policies of both tiers, in the order in which they decide: admin before baseline, then by priority. */
export const tierPolicies = defineFact({
  name: 'tierPolicies',
  revision: 2,
  needs: ['adminNetworkPolicies', 'baselineAdminNetworkPolicies', 'clusterNetworkPolicies', 'eksClusterNetworkPolicies'],
  fields: {
    adminNetworkPolicies: ['spec'],
    baselineAdminNetworkPolicies: ['spec'],
    clusterNetworkPolicies: ['spec'],
    eksClusterNetworkPolicies: ['spec'],
  },
  derive: (input): readonly TierPolicy[] => {
    // What asks whom a selector means keeps the answer by the selector.
    const selectors = new SelectorTable();
    return (Object.keys(SOURCES) as TierSource[])
      .flatMap((source) => input[source].map((policy) => readPolicy(source, policy, selectors)))
      .sort((a, b) => compareText(a.tier, b.tier) || a.priority - b.priority || compareText(a.source, b.source) || compareText(a.resource.name, b.resource.name));
  },
});

function readPolicy(source: TierSource, { metadata, spec: given }: CustomObject<TierPolicySpec>, selectors: SelectorTable): TierPolicy {
  const spec = given ?? {};
  const [apiVersion, kind] = SOURCES[source];
  const { subject } = spec;
  const namespaces = subject?.namespaces ?? (subject?.pods ? (subject.pods.namespaceSelector ?? {}) : undefined);
  const rules = Object.fromEntries(DIRECTIONS.map((direction) => [direction, readRules(source, direction, objectsOf<WrittenRule>(spec[direction]), selectors)]));
  return {
    resource: { apiVersion, kind, name: metadata?.name ?? '' },
    source,
    tier: source === 'baselineAdminNetworkPolicies' || spec.tier === 'Baseline' ? 'baseline' : 'admin',
    priority: typeof spec.priority === 'number' ? spec.priority : 0,
    ...(namespaces ? { namespaces: selectors.of(namespaces) } : {}),
    ...(subject?.pods ? { pods: selectors.of(subject.pods.podSelector) } : {}),
    rules: rules as TierPolicy['rules'],
  };
}

const ACTIONS: ReadonlyMap<string, TierRule['action']> = new Map([
  ['Allow', 'accept'],
  ['Accept', 'accept'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

function readRules(source: TierSource, direction: Direction, written: readonly WrittenRule[], selectors: SelectorTable): readonly TierRule[] {
  const rules = written.map((rule, index) => readRule(source, direction, rule, index, selectors));
  return source === 'eksClusterNetworkPolicies' ? rules.sort(compareEksActions) : rules;
}

interface WrittenPeer {
  readonly namespaces?: V1LabelSelector;
  readonly pods?: { readonly namespaceSelector?: V1LabelSelector; readonly podSelector?: V1LabelSelector };
  readonly networks?: readonly string[];
  readonly nodes?: V1LabelSelector;
  readonly domainNames?: readonly string[];
}

function readRule(source: TierSource, direction: Direction, rule: WrittenRule, index: number, selectors: SelectorTable): TierRule {
  const given = objectsOf((direction === 'ingress' ? rule.from : rule.to) as readonly WrittenPeer[] | undefined);
  const peers = given.map((peer) => readPeer(peer, selectors));
  const ports = objectsOf([...listOf(rule.ports), ...listOf(rule.protocols)] as readonly object[]);
  return {
    index,
    action: ACTIONS.get(rule.action ?? '') ?? 'unclear',
    peers,
    everyPod: peers.some(isEveryPod),
    networks: setOfCidrs(given.flatMap((peer) => listOf(peer.networks))).set,
    allPorts: ports.length === 0,
    ports: ports.flatMap(readPort),
    namedPorts: ports.flatMap((port) => readNamedPort(source, port)),
  };
}

function readPeer({ namespaces, pods, networks, nodes, domainNames }: WrittenPeer, selectors: SelectorTable): TierPeer {
  if (namespaces) return { type: 'pods', namespaces: selectors.of(namespaces) };
  if (pods) return { type: 'pods', namespaces: selectors.of(pods.namespaceSelector), pods: selectors.of(pods.podSelector) };
  if (networks) return { type: 'networks', addresses: setOfCidrs(listOf(networks)).set };
  if (nodes) return { type: 'nodes', nodes: selectors.of(nodes) };
  return { type: domainNames ? 'domains' : 'unknown' };
}

/**
 * AdminNetworkPolicy and EKS say `namedPort`, ClusterNetworkPolicy v1alpha2 `destinationNamedPort`. EKS looks for a port of TCP alone
 * (https://github.com/aws/amazon-network-policy-controller-k8s, pkg/resolvers).
 */
function readNamedPort(source: TierSource, port: { readonly namedPort?: unknown; readonly destinationNamedPort?: unknown }): TierRule['namedPorts'] {
  const name = textOf(port.namedPort) ?? textOf(port.destinationNamedPort);
  if (name === undefined) return [];
  return [source === 'eksClusterNetworkPolicies' ? { name, protocol: 'TCP' } : { name }];
}

function isEveryPod(peer: TierPeer): boolean {
  return peer.type === 'pods' && peer.namespaces.everything && peer.pods?.everything !== false;
}

/** The three shapes of a port: AdminNetworkPolicy and EKS (`portNumber`, `portRange`), ClusterNetworkPolicy v1alpha2 (`tcp.destinationPort`). */
function readPort(written: unknown): TierRule['ports'] {
  const port = written as { readonly portNumber?: Ported; readonly portRange?: Ported } & Readonly<Record<string, { readonly destinationPort?: Destination }>>;
  const found: { protocol: string; first: number; last: number }[] = [];
  for (const shape of [port.portNumber, port.portRange]) {
    const first = shape?.port ?? shape?.start;
    if (shape && first !== undefined) found.push({ protocol: shape.protocol ?? 'TCP', first, last: shape.end ?? first });
  }
  for (const protocol of ['tcp', 'udp', 'sctp']) {
    if (!Object.hasOwn(port, protocol)) continue;
    const { number, range } = port[protocol]?.destinationPort ?? {};
    const first = number ?? range?.start ?? 1;
    found.push({ protocol: protocol.toUpperCase(), first, last: number ?? range?.end ?? 65_535 });
  }
  return found;
}

interface Ported {
  readonly protocol?: string;
  readonly port?: number;
  readonly start?: number;
  readonly end?: number;
}

interface Destination {
  readonly number?: number;
  readonly range?: { readonly start?: number; readonly end?: number };
}
