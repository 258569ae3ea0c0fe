import { compareText } from '../../../model/compare-text.ts';
import { cutAddresses } from '../reachability/address-atoms.ts';
import { piecesOf } from '../reachability/address-pieces.ts';
import { classesOf } from '../reachability/classes.ts';
import type { Endpoint } from '../reachability/endpoint.ts';
import { vocabularyOf } from '../reachability/vocabulary.ts';
import { typicalOf } from '../typical-addresses.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import { declaredEndpoint } from './declared-readings.ts';
import { engineOnNodes, hasNoNodes, nodeClassesFor } from './end-engine.ts';
import { engineReading } from './engine-conventions.ts';
import { hostedFinder } from './hosted-pods.ts';
import type { LiveEnds, RunningPod } from './live-ends.ts';
import type { AskedEnd } from './reach-answer.ts';
import type { ReachEnds } from './reach-ends.ts';

/** An end that is asked about, in words and as the engine knows it. */
export interface Place {
  readonly text: string;
  readonly endpoint: Endpoint;
  /** Of addresses: which of how many pieces of the block that was asked for, and from where. */
  readonly piece?: { readonly of: number; readonly address: string };
  /** Classes of nodes that it may run on. */
  readonly classes: readonly NodeClassEnforcement[] | undefined;
  /** What it is a part of, or is itself. */
  readonly whole: string;
  /** No pod of it runs: it is judged as it is declared. */
  readonly declared?: true;
  /** One pod and no more. */
  readonly single: boolean;
  /** Of pods in the network of their nodes: these, sorted, and of how many. */
  readonly hosts?: { readonly pods: readonly RunningPod[]; readonly of: number };
}

const NAMED_PODS = 2;

/** Turns what a question names into places. Without `live`, workloads are judged as they are declared. */
export function placeFinder(ends: ReachEnds, engines: readonly NodeClassEnforcement[] | undefined, live: LiveEnds | undefined): { readonly of: (end: AskedEnd) => readonly Place[]; readonly everywhere: () => readonly Place[] } {
  const vocabulary = vocabularyOf(ends.policies, ends.tiers);
  const atoms = cutAddresses(vocabulary.addresses);
  // Where no engine means nodes by the labels of their pods, ends are not told apart by these.
  const withHosted = engines?.some((engine) => engineReading(engine).conventions.hostNetworkPeers) ? hostedFinder(ends.pods) : (endpoint: Endpoint): Endpoint => endpoint;
  let typicalNode: readonly string[] | undefined;

  function nodesOf({ nodeClass }: RunningPod): readonly NodeClassEnforcement[] | undefined {
    const own = nodeClass === undefined ? undefined : engines?.find(({ name }) => name === nodeClass);
    return own && [own];
  }

  /** Pods that neither policies nor the engines of their nodes tell apart are one place. */
  function placesOfPods(whole: string, pods: readonly RunningPod[], declared: readonly NodeClassEnforcement[] | undefined): readonly Place[] {
    const sorted = pods.map((pod) => ({ ...pod, endpoint: withHosted(pod.endpoint) })).sort((a, b) => compareText(a.name, b.name));
    const classes = classesOf(sorted.map(({ endpoint }) => endpoint), ends.nodes, vocabulary, atoms);
    const groups = new Map<string, { readonly pods: RunningPod[]; readonly classes: readonly NodeClassEnforcement[] | undefined }>();
    for (const [number, pod] of sorted.entries()) {
      const own = nodesOf(pod) ?? declared;
      const engine = engineOnNodes(own, ends.tiers);
      const key = JSON.stringify([classes.of[number], engine === 'unknown' ? engine : engine?.name]);
      const group = groups.get(key);
      if (group) group.pods.push(pod);
      else groups.set(key, { pods: [pod], classes: own });
    }
    return [...groups.values()].map((group): Place => {
      const [first] = group.pods;
      const single = pods.length === 1;
      // Of several pods none's own node counts: it is another for each.
      const { node, ...endpoint } = first!.endpoint;
      const known = single || endpoint.pod?.hostNetwork ? { ...endpoint, ...(node === undefined ? {} : { node }) } : endpoint;
      const hosts = endpoint.pod?.hostNetwork ? { hosts: { pods: group.pods, of: pods.length } } : {};
      return { text: groups.size === 1 ? whole : partText(whole, group.pods, pods.length), endpoint: known, classes: group.classes, whole, single, ...hosts };
    });
  }

  function placesOfWorkload(workload: ReachEnds['workloads'][number]): readonly Place[] {
    const { resource, spec } = workload;
    const whole = `${resource.kind} ${resource.namespace}/${resource.name}`;
    const classes = nodeClassesFor(spec, engines);
    const pods = live?.of.get(workload) ?? [];
    if (pods.length > 0) return placesOfPods(whole, pods, classes);
    return [{ text: whole, endpoint: declaredPlace(workload), classes, whole, ...(live ? { declared: true } : {}), single: false }];
  }

  /** In the network of its node it has the address of one. */
  function declaredPlace(workload: ReachEnds['workloads'][number]): Endpoint {
    const endpoint = declaredEndpoint(workload, ends.typical);
    if (!endpoint.pod?.hostNetwork) return endpoint;
    typicalNode ??= typicalOf(ends.nodes.map(({ addresses }) => addresses), ends.blocks);
    return { ...endpoint, addresses: typicalNode, hosted: [endpoint.pod] };
  }

  function othersIn(namespace: string | undefined): readonly Place[] {
    return [...(live?.others ?? [])].flatMap(([whole, pods]) => (namespace === undefined || pods[0]!.namespace === namespace ? placesOfPods(whole, pods, engines) : []));
  }

  function placesOfAddresses(end: Extract<AskedEnd, { type: 'addresses' }>): readonly Place[] {
    const nodes = new Map(ends.nodes.flatMap(({ name, addresses }) => addresses.map((address) => [address, name] as const)));
    const pieces = piecesOf(end.set, ends.blocks);
    return pieces.map(({ address }) => {
      const node = nodes.get(address);
      return { text: end.text, piece: { of: pieces.length, address }, endpoint: withHosted({ addresses: [address], ...(node === undefined ? {} : { node }) }), classes: [], whole: end.text, single: false };
    });
  }

  /** A DaemonSet for a system of which there are no nodes runs nowhere; whoever names it is told of it all the same. */
  const runsSomewhere = (workload: ReachEnds['workloads'][number]): boolean => live?.of.has(workload) === true || !hasNoNodes(workload.spec, engines);

  return {
    of: (end) => {
      if (end.type === 'addresses') return placesOfAddresses(end);
      const workloads = ends.workloads.filter(({ resource }) => resource.namespace === end.namespace && (end.type === 'namespace' || resource.name === end.name));
      if (end.type === 'namespace') return [...workloads.filter(runsSomewhere).flatMap(placesOfWorkload), ...othersIn(end.namespace)];
      if (workloads.length > 0) return workloads.flatMap(placesOfWorkload);
      const running = live ? [...live.of.values(), ...live.others.values()].flat() : ends.pods.map((pod) => ({ ...pod, nodeClass: undefined }));
      const named = running.filter(({ namespace, name }) => namespace === end.namespace && name === end.name);
      return named.map((pod) => {
        const text = `Pod ${pod.namespace}/${pod.name}`;
        return { text, endpoint: withHosted(pod.endpoint), classes: nodesOf(pod) ?? engines, whole: text, single: true };
      });
    },
    everywhere: () => [...ends.workloads.filter(runsSomewhere).flatMap(placesOfWorkload), ...othersIn(undefined)],
  };
}

/** Pods in the network of their nodes, by whether they are on this one: parts of the place, or all of it. */
export function partsByNode({ text, whole, hosts }: Place, node: string): readonly { readonly text: string; readonly there: boolean }[] {
  if (!hosts) return [{ text, there: false }];
  const there = hosts.pods.filter((pod) => pod.endpoint.node === node);
  if (there.length === 0 || there.length === hosts.pods.length) return [{ text, there: there.length > 0 }];
  const others = hosts.pods.filter((pod) => pod.endpoint.node !== node);
  return [
    { text: partText(whole, there, hosts.of), there: true },
    { text: partText(whole, others, hosts.of), there: false },
  ];
}

function partText(whole: string, pods: readonly RunningPod[], all: number): string {
  const names = pods.slice(0, NAMED_PODS).map(({ name }) => name);
  return `${whole} (${pods.length} of ${all} pods: ${names.join(', ')}${pods.length > NAMED_PODS ? ', …' : ''})`;
}
