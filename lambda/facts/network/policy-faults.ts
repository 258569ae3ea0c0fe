import type { AddressSet } from '../cidr/address-set.ts';
import { unionOf } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import type { Family } from '../cidr/address-block.ts';
import type { Selector } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type Peer, type PolicyRule } from './policy.ts';

/** `NetworkPolicy shop/web`, for messages and causes. */
export function policyName({ resource }: NamespacedPolicy): string {
  return `${resource.kind} ${resource.namespace}/${resource.name}`;
}

/** Policies with faults, and those: what is looked for in each policy in turn. Most have none, so that a check has little left to go through. */
export function faultyPolicies<T>(policies: readonly NamespacedPolicy[], faultsOf: (policy: NamespacedPolicy) => readonly T[]): readonly { readonly policy: NamespacedPolicy; readonly faults: readonly T[] }[] {
  return policies.flatMap((policy) => {
    const faults = faultsOf(policy);
    return faults.length === 0 ? [] : [{ policy, faults }];
  });
}

/** Rules without ports whose peer is everybody, or every pod of every namespace: as if there were no policy. */
export function rulesForAll(policy: NamespacedPolicy, direction: Direction): readonly PolicyRule[] {
  return policy.rules[direction].filter(isForAll);
}

function isForAll({ everybody, peers, ports }: PolicyRule): boolean {
  return ports.length === 0 && (everybody || peers.some(isEveryPod));
}

/** A peer in every namespace; `everyPod` says whether its pods need no label. Rules that `rulesForAll` gives are left out. */
export function rulesForAnyNamespace(policy: NamespacedPolicy, direction: Direction): readonly { readonly rule: PolicyRule; readonly everyPod: boolean }[] {
  return policy.rules[direction].flatMap((rule) => {
    if (!rule.peers.some(isInEveryNamespace) || isForAll(rule)) return [];
    return [{ rule, everyPod: rule.peers.some(isEveryPod) }];
  });
}

function isEveryPod(peer: Peer): boolean {
  return isInEveryNamespace(peer) && peer.type === 'pods' && peer.pods.everything;
}

function isInEveryNamespace(peer: Peer): boolean {
  return peer.type === 'pods' && peer.namespaces !== undefined && selectsEveryNamespace(peer.namespaces);
}

/** `{}`, or a label that every namespace has: the API server sets it. */
function selectsEveryNamespace({ everything, text }: Selector): boolean {
  return everything || text === JSON.stringify([['kubernetes.io/metadata.name', 'Exists']]);
}

/** The blocks of a policy in one direction, all rules together. */
export interface InternetReach {
  readonly families: readonly Family[];
  /** As written, sorted. */
  readonly cidrs: readonly string[];
  /** Every rule that names a block admits TCP 443 and nothing else. */
  readonly onlyHttps: boolean;
}

/** Absent where the blocks together are not as good as the Internet. */
export function internetReach(policy: NamespacedPolicy, direction: Direction): InternetReach | undefined {
  if (!policy.rules[direction].some(({ peers }) => peers.some(({ type }) => type === 'block'))) return undefined;
  const reached: AddressSet[] = [];
  const cidrs = new Set<string>();
  let onlyHttps = true;
  for (const rule of policy.rules[direction]) {
    const blocks = rule.peers.flatMap((peer) => (peer.type === 'block' ? [peer] : []));
    if (blocks.length === 0) continue;
    for (const { addresses, cidr } of blocks) {
      reached.push(addresses);
      cidrs.add(cidr);
    }
    onlyHttps &&= rule.ports.length > 0 && rule.ports.every(({ protocol, port, endPort }) => protocol === 'TCP' && port === 443 && (endPort ?? 443) === 443);
  }
  const families = internetFamilies(unionOf(reached));
  return families.length === 0 ? undefined : { families, cidrs: [...cidrs].sort(), onlyHttps };
}

/** Both directions of a policy. */
export function internetReaches(policy: NamespacedPolicy): readonly { readonly direction: Direction; readonly reach: InternetReach }[] {
  return DIRECTIONS.flatMap((direction) => {
    const reach = internetReach(policy, direction);
    return reach ? [{ direction, reach }] : [];
  });
}
