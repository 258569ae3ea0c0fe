import type { V1Namespace, V1NetworkPolicy, V1Node, V1Pod } from '@kubernetes/client-node';
import type { CustomObject, TierPolicySpec } from '../../lambda/model/policy-kinds.ts';
import { parseAddress } from '../../lambda/facts/cidr/address-block.ts';
import { namespaceLabels } from '../../lambda/facts/network/namespace-labels.ts';
import { namespacedPolicies } from '../../lambda/facts/network/namespaced-policies.ts';
import { tierPolicies } from '../../lambda/facts/network/tier-policies.ts';
import { DOCUMENTED, type Conventions, type Endpoint } from '../../lambda/facts/network/reachability/endpoint.ts';
import { livePods, nodeEnds } from '../../lambda/facts/network/reachability/live-endpoints.ts';
import type { Protocol } from '../../lambda/facts/network/reachability/port-table.ts';
import { reachabilityOf, type Reachability } from '../../lambda/facts/network/reachability/reachability.ts';
import type { JudgedVerdict, VectorKind } from './vector-kind.ts';

interface ClusterVector {
  readonly name: string;
  readonly objects: readonly ClusterObject[];
  readonly probes: readonly Probe[];
}

type ClusterObject = { readonly kind: string; readonly apiVersion: string; readonly metadata?: { readonly namespace?: string; readonly name?: string } };

interface Packet {
  readonly from: string | { readonly ip: string };
  readonly to: string | { readonly ip: string };
  readonly fromIP: string;
  readonly toIP: string;
  readonly protocol: Protocol;
  readonly port: number;
}

interface Probe extends Packet {
  readonly allowed: boolean;
  /** The verdict is the opposite where an ipBlock never matches a pod. */
  readonly ipBlockOnPodIp?: boolean;
  /** The verdict is the opposite where being selected in one direction shuts out the Baseline tier in both. */
  readonly baselineOtherDirection?: boolean;
}

/** Clusters, packets, and whether policies let them through; beside it what the flags say of the other conventions. */
export const network: VectorKind = {
  isCaseFile: (name) => name.endsWith('.jsonl') || name.endsWith('.jsonl.gz'),
  judge: function* (line) {
    const vector = line as ClusterVector;
    const kind = /^[a-z]+/.exec(vector.name)?.[0] ?? vector.name;
    const answers = answersOf(vector, DOCUMENTED);
    const noBlocks = answersOf(vector, { ...DOCUMENTED, ipBlockOnPods: false });
    const shutOut = answersOf(vector, { ...DOCUMENTED, baselineInOtherDirection: false });
    for (const [number, probe] of vector.probes.entries()) {
      const asked = `${vector.name}: ${JSON.stringify(probe)}`;
      const verdict = (of: string, allowed: boolean, got: boolean): JudgedVerdict => ({ kind: of, case: asked, expected: told(allowed), got: told(got) });
      yield verdict(kind, probe.allowed, answers[number]!);
      // Exactly the marked probes have another verdict: what changes without a mark is a disagreement, and shows.
      if (probe.ipBlockOnPodIp || noBlocks[number] !== answers[number]) yield verdict(`${kind}, no ipBlock on pods`, probe.allowed !== (probe.ipBlockOnPodIp === true), noBlocks[number]!);
      if (probe.baselineOtherDirection || shutOut[number] !== answers[number]) yield verdict(`${kind}, Baseline shut out`, probe.allowed !== (probe.baselineOtherDirection === true), shutOut[number]!);
    }
  },
};

function told(allowed: boolean): string {
  return allowed ? 'allowed' : 'denied';
}

/** The API of EKS's own policies. */
const EKS = 'networking.k8s.aws/v1alpha1';

/** For each packet whether the engine lets it through. */
export function answersOf(cluster: { readonly objects: readonly ClusterObject[]; readonly probes: readonly Packet[] }, conventions: Conventions): readonly boolean[] {
  const { reachability, numberOf } = clusterOf(cluster, conventions);
  return cluster.probes.map(({ from, to, fromIP, toIP, protocol, port }) => {
    const [source, destination] = [numberOf(from), numberOf(to)];
    if (reachability.exemption(source, destination, fromIP, toIP)) return true;
    const family = parseAddress(toIP)?.family;
    if (!family) throw new Error(`${toIP} is no address`);
    return reachability.table.has(reachability.between(source, destination).both, family, protocol, port);
  });
}

/** The engine over a cluster's objects and the ends of packets; `pods`: how many of its first endpoints are pods. */
export function clusterOf(
  { objects, probes }: { readonly objects: readonly ClusterObject[]; readonly probes: readonly Packet[] },
  conventions: Conventions,
): { readonly reachability: Reachability; readonly endpoints: readonly Endpoint[]; readonly pods: number; numberOf(end: Packet['from']): number } {
  const of = <T>(kind: string, apiVersion?: string): T[] => objects.filter((each) => each.kind === kind && (apiVersion === undefined || each.apiVersion === apiVersion)) as T[];
  const nodes = nodeEnds(of<V1Node>('Node'));
  const pods = livePods(of<V1Pod>('Pod'));
  const numbers = new Map(pods.map(({ namespace, name }, number) => [`${namespace}/${name}`, number]));
  const endpoints = pods.map(({ endpoint }) => endpoint);
  const nodeOf = new Map(nodes.flatMap(({ name, addresses }) => addresses.map((address) => [address, name])));
  const numberOf = (end: Packet['from']): number => {
    const name = typeof end === 'string' ? end : `address ${end.ip}`;
    let number = numbers.get(name);
    if (number === undefined) {
      if (typeof end === 'string') throw new Error(`there is no pod ${end}`);
      const node = nodeOf.get(end.ip);
      number = endpoints.push({ addresses: [end.ip], ...(node === undefined ? {} : { node }) }) - 1;
      numbers.set(name, number);
    }
    return number;
  };
  // The engine is made of all ends that are asked about.
  for (const { from, to } of probes) for (const end of [from, to]) numberOf(end);
  const tier = (kind: string, apiVersion: string): CustomObject<TierPolicySpec>[] => of(kind, apiVersion);
  const reachability = reachabilityOf({
    namespaces: namespaceLabels(of<V1Namespace>('Namespace')),
    nodes,
    endpoints,
    policies: namespacedPolicies.derive({ networkPolicies: of<V1NetworkPolicy>('NetworkPolicy'), applicationNetworkPolicies: of('ApplicationNetworkPolicy', EKS) }),
    tiers: tierPolicies.derive({
      adminNetworkPolicies: tier('AdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1'),
      baselineAdminNetworkPolicies: tier('BaselineAdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1'),
      clusterNetworkPolicies: tier('ClusterNetworkPolicy', 'policy.networking.k8s.io/v1alpha2'),
      eksClusterNetworkPolicies: tier('ClusterNetworkPolicy', EKS),
    }),
    conventions,
  });
  return { reachability, endpoints, pods: pods.length, numberOf };
}
