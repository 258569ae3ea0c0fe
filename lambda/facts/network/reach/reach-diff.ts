import type { Derived } from '../../../model/derived.ts';
import type { SourceName } from '../../../model/sources.ts';
import type { Workload } from '../../workloads/workload.ts';
import type { NodeClassEnforcement, PolicyEnforcement } from '../policy-enforcement.ts';
import { createPortTable, type PortTable } from '../reachability/port-table.ts';
import type { Reachability } from '../reachability/reachability.ts';
import { ownAddresses } from '../reachability/live-endpoints.ts';
import { typicalOf } from '../typical-addresses.ts';
import { declaredReadings, type DeclaredReadings } from './declared-readings.ts';
import { changedBlocks, joinedBlocks, type FormsOfClasses } from './edge-blocks.ts';
import { edgeChanges, type EdgeChange } from './edge-changes.ts';
import { engineOnNodes, hasNoNodes, nodeClassesFor, type EndEngine } from './end-engine.ts';
import { formReader, JointForms, NOTHING } from './joint-forms.ts';
import { pairWorkloads, type PairedWorkload } from './paired-workloads.ts';
import type { ReachEnds } from './reach-ends.ts';
import { enforcementNotes } from './reach-matrix.ts';

/** One of the two looks that are compared. */
export interface DiffSide {
  readonly ends: ReachEnds;
  readonly enforcement: Derived<PolicyEnforcement>;
  /** Sources that were not read. */
  readonly unread: ReadonlySet<SourceName>;
}

/** Which connections policies let through after and not before, and the other way round, between declared workloads. */
export interface ReachDiff {
  readonly written: readonly EdgeChange[];
  /** Between workloads of which it is known on both sides who enforces policies on their nodes. */
  readonly enforced: readonly EdgeChange[];
  /** Workloads that were compared, as written and as enforced. */
  readonly compared: { readonly written: number; readonly enforced: number };
  readonly unknown: {
    /** Workloads about which nothing is said: on one side the kind of them was not read, or policies that are not read may decide. Sorted. */
    readonly written: readonly string[];
    readonly why: readonly string[];
    /** Of the compared ones those that are not compared as enforced, and why. */
    readonly enforced: readonly string[];
    readonly whyEnforced: readonly string[];
  };
  /** Workloads that came to the network of their node, where policies are not about them, or left it. */
  readonly hostNetwork: { readonly joined: readonly string[]; readonly left: readonly string[] };
}

export function reachDiff(before: DiffSide, after: DiffSide): ReachDiff {
  const table = createPortTable();
  const paired = pairWorkloads(before, after);
  const typical = typicalOf(ownAddresses([...before.ends.pods, ...after.ends.pods]), [...before.ends.blocks, ...after.ends.blocks]);
  const sides = [sideOf(before, paired.compared.map((pair) => pair.before), typical, table), sideOf(after, paired.compared.map((pair) => pair.after), typical, table)] as const;
  const all = paired.compared.map((_, number) => number);
  const known = all.filter((number) => sides.every(({ engines }) => engines[number] !== 'unknown'));
  return {
    written: changesBetween(paired.compared, all, sides, ({ readings }) => readings.written, table),
    enforced: changesBetween(paired.compared, known, sides, ({ readings, engines }, number) => readings.by(engines[number] as NodeClassEnforcement | undefined), table),
    compared: { written: all.length, enforced: known.length },
    unknown: {
      written: paired.unknown,
      why: paired.why,
      enforced: all.filter((number) => sides.some(({ engines }) => engines[number] === 'unknown')).map((number) => paired.compared[number]!.name),
      whyEnforced: known.length === all.length ? [] : [...new Set([before, after].flatMap((each, i) => (sides[i]!.engines.includes('unknown') ? enforcementNotes(each.enforcement) : [])))],
    },
    hostNetwork: paired.hostNetwork,
  };
}

interface Side {
  readonly readings: DeclaredReadings;
  /** By workload its class; undefined: it is not there. */
  readonly classOf: readonly (number | undefined)[];
  readonly engines: readonly EndEngine[];
}

function sideOf({ ends, enforcement }: DiffSide, workloads: readonly (Workload | undefined)[], typical: readonly string[], table: PortTable): Side {
  const there = workloads.flatMap((workload) => workload ?? []);
  const readings = declaredReadings(ends, there, typical, table);
  const engines = enforcement.ok ? enforcement.value.classes : undefined;
  let next = 0;
  return {
    readings,
    classOf: workloads.map((workload) => (workload ? readings.classes.of[next++]! : undefined)),
    // What has no nodes runs nowhere, whoever enforces: a DaemonSet for a system of which there are no nodes for the moment changes nothing.
    engines: workloads.map((workload) => (workload && !hasNoNodes(workload.spec, engines) ? engineOnNodes(nodeClassesFor(workload.spec, engines), ends.tiers) : undefined)),
  };
}

/** `numbers`: the workloads to be compared, by their place among the paired ones. */
function changesBetween(
  paired: readonly PairedWorkload[],
  numbers: readonly number[],
  sides: readonly [Side, Side],
  readingOf: (side: Side, number: number) => Reachability,
  table: PortTable,
): readonly EdgeChange[] {
  // Workloads that policies tell apart on neither side, and whose nodes enforce alike, are one class; those of one namespace stand together.
  const keys = new Map<Reachability, number>();
  const keyOf = (side: Side, number: number): string => {
    const own = side.classOf[number];
    if (own === undefined) return '-';
    const reading = readingOf(side, number);
    let place = keys.get(reading);
    if (place === undefined) keys.set(reading, (place = keys.size));
    return `${own}.${place}`;
  };
  const byKey = Map.groupBy(numbers, (number) => JSON.stringify([paired[number]!.namespace, keyOf(sides[0], number), keyOf(sides[1], number)]));
  const classes = [...byKey.values()].sort(([a], [b]) => a! - b!);
  const forms = new JointForms();
  const readers = sides.map((side) => {
    const joint: number[][] = side.readings.classes.all.map(() => []);
    for (const [place, [first]] of classes.entries()) {
      const own = side.classOf[first!];
      if (own !== undefined) joint[own]!.push(place);
    }
    const read = formReader(forms, joint);
    return (first: number, direction: 'ingress' | 'egress'): number => {
      const own = side.classOf[first];
      return own === undefined ? NOTHING : read(readingOf(side, first), own, direction);
    };
  });
  const formsIn = (direction: 'ingress' | 'egress'): FormsOfClasses['egress'] => classes.map(([first]) => [readers[0]!(first!, direction), readers[1]!(first!, direction)]);
  const { opened, closed } = changedBlocks({ egress: formsIn('egress'), ingress: formsIn('ingress') }, forms, table);
  const members = classes.map((own) => own.map((number) => paired[number]!));
  return [...edgeChanges('opened', joinedBlocks(opened), members, table), ...edgeChanges('closed', joinedBlocks(closed), members, table)];
}
