import type { Labels } from '../label-selector.ts';
import type { Direction, NamespacedPolicy } from '../policy.ts';
import type { TierPolicy } from '../tier-policies.ts';
import { cutAddresses } from './address-atoms.ts';
import { classRange, hasClass } from './class-set.ts';
import { classesOf, type Classes } from './classes.ts';
import { ruleCompiler } from './compiled-rule.ts';
import type { Conventions, Endpoint, NodeEnd } from './endpoint.ts';
import { peerSets } from './peer-sets.ts';
import { createPortTable, type PortSet, type PortTable } from './port-table.ts';
import { profilesOf, type Profiles } from './profiles.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';

export interface ReachabilityInput {
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly nodes: readonly NodeEnd[];
  /** Everything that can be asked about: pods, and addresses that are none's. */
  readonly endpoints: readonly Endpoint[];
  readonly policies: readonly NamespacedPolicy[];
  /** In deciding order. */
  readonly tiers: readonly TierPolicy[];
  readonly conventions: Conventions;
  /** Of these policies, where it is known already; or of more of them, where several readings are to have the same classes. */
  readonly vocabulary?: Vocabulary;
  /** Shared by readings whose sets of ports are to be compared. */
  readonly table?: PortTable;
}

/** Who may talk to whom, as policies are written. Ends are numbers in `endpoints`. */
export interface Reachability {
  readonly classes: Classes;
  readonly profiles: Profiles;
  readonly table: PortTable;
  /** What policies of the source let out to the destination, those of the destination let in, and what both do. Before any exemption. */
  between(source: number, destination: number): { readonly egress: PortSet; readonly ingress: PortSet; readonly both: PortSet };
  /**
   * Why policies do not matter to a connection: a pod reaches itself, and its own node reaches it and the other way round. The address that the
   * other end has in the packet tells whether it is the node.
   */
  exemption(source: number, destination: number, sourceAddress?: string, destinationAddress?: string): 'self' | 'own-node' | undefined;
}

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/, https://network-policy-api.sigs.k8s.io/ */
export function reachabilityOf({ namespaces, nodes, endpoints, policies, tiers, conventions, vocabulary = vocabularyOf(policies, tiers), table = createPortTable() }: ReachabilityInput): Reachability {
  const atoms = cutAddresses(vocabulary.addresses);
  const classes = classesOf(endpoints, nodes, vocabulary, atoms);
  const everybody = classRange(0, classes.all.length);
  const sets = peerSets(classes, namespaces, vocabulary, atoms);
  const rules = ruleCompiler(classes, sets, everybody, conventions, table);
  const profiles = profilesOf(policies, tiers, { classes, sets, rules, everybody, conventions, table });
  const nodeOfAddress = new Map(nodes.flatMap(({ name, addresses }) => addresses.map((address) => [address, name] as const)));

  function admitted(subject: number, direction: Direction, peer: number): PortSet {
    return profiles.of(subject, direction).admission.find(({ peers }) => hasClass(peers, peer))?.ports ?? table.none;
  }

  function isOwnNode(pod: Endpoint, other: Endpoint, address: string | undefined): boolean {
    if (!pod.pod || pod.pod.hostNetwork || pod.node === undefined) return false;
    if (address !== undefined) return nodeOfAddress.get(address) === pod.node;
    return (!other.pod || other.pod.hostNetwork) && other.node === pod.node;
  }

  return {
    classes,
    profiles,
    table,
    between: (source, destination) => {
      const [from, to] = [classes.of[source]!, classes.of[destination]!];
      const egress = admitted(from, 'egress', to);
      const ingress = admitted(to, 'ingress', from);
      return { egress, ingress, both: table.intersection(egress, ingress) };
    },
    exemption: (source, destination, sourceAddress, destinationAddress) => {
      const [from, to] = [endpoints[source]!, endpoints[destination]!];
      if (source === destination && from.pod) return 'self';
      return isOwnNode(from, to, destinationAddress) || isOwnNode(to, from, sourceAddress) ? 'own-node' : undefined;
    },
  };
}
