import { compareText } from '../../../model/compare-text.ts';
import { cutAddresses } from '../reachability/address-atoms.ts';
import { piecesOf } from '../reachability/address-pieces.ts';
import { classesOf } from '../reachability/classes.ts';
import type { Endpoint } from '../reachability/endpoint.ts';
import { vocabularyOf } from '../reachability/vocabulary.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import { declaredEndpoint } from './declared-readings.ts';
import { engineOnNodes, hasNoNodes, nodeClassesFor } from './end-engine.ts';
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
}

const NAMED_PODS = 2;

/** Turns what a question names into places. Without `live`, workloads are judged as they are declared. */
export function placeFinder(ends: ReachEnds, engines: readonly NodeClassEnforcement[] | undefined, live: LiveEnds | undefined): { readonly of: (end: AskedEnd) => readonly Place[]; readonly everywhere: () => readonly Place[] } {
  const vocabulary = vocabularyOf(ends.policies, ends.tiers);
  const atoms = cutAddresses(vocabulary.addresses);

  function nodesOf({ nodeClass }: RunningPod): readonly NodeClassEnforcement[] | undefined {
    const own = nodeClass === undefined ? undefined : engines?.find(({ name }) => name === nodeClass);
    return own && [own];
  }

  /** Pods that neither policies nor the engines of their nodes tell apart are one place. */
  function placesOfPods(whole: string, pods: readonly RunningPod[], declared: readonly NodeClassEnforcement[] | undefined): readonly Place[] {
    const sorted = [...pods].sort((a, b) => compareText(a.name, b.name));
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
      return { text: groups.size === 1 ? whole : `${whole} (${partWords(group.pods, pods.length)})`, endpoint: known, classes: group.classes, whole, single };
    });
  }

  function placesOfWorkload(workload: ReachEnds['workloads'][number]): readonly Place[] {
    const { resource, spec } = workload;
    const whole = `${resource.kind} ${resource.namespace}/${resource.name}`;
    const classes = nodeClassesFor(spec, engines);
    const pods = live?.of.get(workload) ?? [];
    if (pods.length > 0) return placesOfPods(whole, pods, classes);
    return [{ text: whole, endpoint: declaredEndpoint(workload, ends.typical), classes, whole, ...(live ? { declared: true } : {}), single: false }];
  }

  function othersIn(namespace: string | undefined): readonly Place[] {
    return [...(live?.others ?? [])].flatMap(([whole, pods]) => (namespace === undefined || pods[0]!.namespace === namespace ? placesOfPods(whole, pods, engines) : []));
  }

  function placesOfAddresses(end: Extract<AskedEnd, { type: 'addresses' }>): readonly Place[] {
    const nodes = new Map(ends.nodes.flatMap(({ name, addresses }) => addresses.map((address) => [address, name] as const)));
    const pieces = piecesOf(end.set, ends.blocks);
    return pieces.map(({ address }) => {
      const node = nodes.get(address);
      return { text: end.text, piece: { of: pieces.length, address }, endpoint: { addresses: [address], ...(node === undefined ? {} : { node }) }, classes: [], whole: end.text, single: false };
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
        return { text, endpoint: pod.endpoint, classes: nodesOf(pod) ?? engines, whole: text, single: true };
      });
    },
    everywhere: () => [...ends.workloads.filter(runsSomewhere).flatMap(placesOfWorkload), ...othersIn(undefined)],
  };
}

function partWords(pods: readonly RunningPod[], all: number): string {
  const names = pods.slice(0, NAMED_PODS).map(({ name }) => name);
  return `${pods.length} of ${all} pods: ${names.join(', ')}${pods.length > NAMED_PODS ? ', …' : ''}`;
}
