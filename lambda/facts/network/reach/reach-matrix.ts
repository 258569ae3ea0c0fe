import { compareText } from '../../../model/compare-text.ts';
import type { Derived } from '../../../model/derived.ts';
import type { PolicyEnforcement } from '../policy-enforcement.ts';
import { countPairs, mayMeet, type PairQuestion } from '../reachability/pair-counts.ts';
import { createPortTable, type PortInterval } from '../reachability/port-table.ts';
import { declaredReadings } from './declared-readings.ts';
import { engineOnNodes, hasNoNodes, nodeClassesFor, type EndEngine } from './end-engine.ts';
import type { ReachEnds } from './reach-ends.ts';

/** Who may open connections to whom, by namespace. Rows are sources, columns destinations, both in the order of `namespaces`. */
export interface ReachMatrix {
  /** Sorted by name: those that have workloads which are not in the network of their node. */
  readonly namespaces: readonly MatrixNamespace[];
  /** Ordered pairs of two workloads of which the first may open some connection to the second; undefined: not known. */
  readonly written: MatrixCells;
  readonly enforced: MatrixCells;
  /** Workloads in the network of their node, which policies are not about: in no cell. */
  readonly hostNetwork: number;
  /** Workloads for nodes that the cluster has not: in no cell either. */
  readonly withoutNodes: number;
  /** Why something is not known, as written or as enforced. */
  readonly notes: readonly string[];
}

export interface MatrixNamespace {
  readonly name: string;
  readonly workloads: number;
}

export type MatrixCells = readonly (readonly (number | undefined)[])[];

/** How many ordered pairs of two workloads a cell is about. */
export function pairsOfCell({ namespaces }: Pick<ReachMatrix, 'namespaces'>, from: number, to: number): number {
  const [sources, destinations] = [namespaces[from]!.workloads, namespaces[to]!.workloads];
  return from === to ? sources * (sources - 1) : sources * destinations;
}

/** Of declared workloads; `port`: connections on it alone. In time for the namespaces that have something to do with each other, and the cells. */
export function reachMatrix(ends: ReachEnds, enforcement: Derived<PolicyEnforcement>, port?: PortInterval): ReachMatrix {
  const engines = enforcement.ok ? enforcement.value.classes : undefined;
  const onPodNetwork = ends.workloads.filter(({ spec }) => spec.hostNetwork !== true);
  const workloads = onPodNetwork.filter(({ spec }) => !hasNoNodes(spec, engines));
  const table = createPortTable();
  const readings = declaredReadings(ends, workloads, ends.typical, table);
  const { classes } = readings;
  const names = [...new Set(workloads.map(({ resource }) => resource.namespace))].sort(compareText);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const groupOf = Int32Array.from(classes.all, ({ namespace }) => (namespace === undefined ? -1 : numbers.get(namespace)!));
  const counts = new Int32Array(names.length);
  for (const { resource } of workloads) counts[numbers.get(resource.namespace)!]! += 1;

  const engineOf = workloads.map(({ spec }): EndEngine => engineOnNodes(nodeClassesFor(spec, engines), ends.tiers));
  const asked = port ? table.of([port]) : table.all;
  const sheet = (): Float64Array[] => names.map(() => new Float64Array(names.length));

  /** Workloads of one engine, by class. */
  function weightsOf(engine: EndEngine | 'all'): Float64Array {
    const weights = new Float64Array(classes.all.length);
    for (const [number, own] of engineOf.entries()) if (engine === 'all' || own === engine) weights[classes.of[number]!]! += 1;
    return weights;
  }

  function addTo(cells: readonly Float64Array[], question: PairQuestion, same: boolean): void {
    countPairs(question, groupOf, (from, to, pairs) => {
      cells[from]![to]! += pairs;
    });
    // A workload and itself are no pair.
    if (same) for (const [number, weight] of question.sources.entries()) if (weight > 0 && mayMeet(question, number)) cells[groupOf[number]!]![groupOf[number]!]! -= weight;
  }

  const written = sheet();
  const all = weightsOf('all');
  const frame = { classes, table, asked };
  addTo(written, { ...frame, egress: readings.written.profiles, ingress: readings.written.profiles, sources: all, destinations: all }, true);

  const enforced = sheet();
  const ways = [...new Set(engineOf)].filter((engine) => engine !== 'unknown').map((engine) => ({ engine, profiles: readings.by(engine).profiles, weights: weightsOf(engine) }));
  for (const from of ways) for (const to of ways) addTo(enforced, { ...frame, egress: from.profiles, ingress: to.profiles, sources: from.weights, destinations: to.weights }, from === to);

  const closed = names.map((name) => ends.coverage.namespaces.get(name)?.otherEngines === true);
  const unsure = names.map(() => false);
  for (const [number, { resource }] of workloads.entries()) if (engineOf[number] === 'unknown') unsure[numbers.get(resource.namespace)!] = true;
  const cellsOf = (cells: readonly Float64Array[], hidden: readonly boolean[]): MatrixCells =>
    cells.map((row, from) => Array.from(row, (pairs, to) => (hidden[from] || hidden[to] ? undefined : pairs)));
  return {
    namespaces: names.map((name, number) => ({ name, workloads: counts[number]! })),
    written: cellsOf(written, closed),
    enforced: cellsOf(enforced, closed.map((is, number) => is || unsure[number]!)),
    hostNetwork: ends.workloads.length - onPodNetwork.length,
    withoutNodes: onPodNetwork.length - workloads.length,
    notes: [...(closed.includes(true) ? ends.coverage.unjudged.map(({ reason }) => reason.message) : []), ...(unsure.includes(true) ? enforcementNotes(enforcement) : [])],
  };
}

/** Why something cannot be told as enforced. */
export function enforcementNotes(enforcement: Derived<PolicyEnforcement>): readonly string[] {
  if (!enforcement.ok) return ['which engine enforces policies could not be read'];
  const unjudged = enforcement.value.unjudged.map(({ reason }) => reason.message);
  return unjudged.length > 0 ? unjudged : ['nodes of this cluster do not all enforce policies alike, or their engine is not known to read all kinds that there are'];
}
