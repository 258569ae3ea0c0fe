import type { Derived } from '../../model/derived.ts';
import type { Workload } from '../workloads/workload.ts';
import type { DeclaredReach } from './declared-reach.ts';
import type { PolicyEnforcement } from './policy-enforcement.ts';
import { engineOnNodes, nodeClassesFor, type EndEngine } from './reach/end-engine.ts';
import { engineReading, type EngineReading } from './reach/engine-conventions.ts';
import { readingsOver, type Readings } from './reach/readings.ts';
import type { Reachability, ReachabilityInput } from './reachability/reachability.ts';
import { RULE_TRAITS } from './rule-traits.ts';

/** What policies let through as they are enforced, by class of declared workloads. */
export interface EnforcedReach {
  readonly written: Reachability;
  /** As the engine of its nodes reads policies, with the same classes and ports. Undefined: nothing is enforced there. */
  reading(classNumber: number): Reachability | undefined;
  /** How it is on some nodes is not known, or nodes differ: then policies count as enforced, which lets through the least. */
  readonly unsure: boolean;
}

/**
 * Undefined: not known at all, as an engine may close more than policies say. Engines that read these policies as they are written are asked what was worked out already: another reading takes as long as the first.
 */
export function enforcedReach({ workloads, reachability, input }: DeclaredReach, enforcement: Derived<PolicyEnforcement>): EnforcedReach | undefined {
  if (!enforcement.ok) return undefined;
  const { classes } = enforcement.value;
  const readingsBy = readingsOver({ ...input, table: reachability.table });
  const engines = new Map<boolean, { readonly engine: EndEngine; readonly reading: Reachability | undefined }>();
  const on = ({ spec }: Workload): { readonly engine: EndEngine; readonly reading: Reachability | undefined } => {
    const nodes = nodeClassesFor(spec, classes)!;
    const windows = nodes.length > 0 && nodes.every(({ name }) => name === 'ec2/windows');
    let known = engines.get(windows);
    if (!known) {
      const engine = engineOnNodes(nodes, input.tiers);
      engines.set(windows, (known = { engine, reading: engine === undefined ? undefined : engine === 'unknown' ? reachability : readingBy(engineReading(engine), reachability, input, readingsBy) }));
    }
    return known;
  };
  const readings = new Map<number, Reachability | undefined>();
  for (const [i, workload] of workloads.entries()) {
    const number = reachability.classes.of[i]!;
    const { reading } = on(workload);
    // Of workloads that policies cannot tell apart and that run on different nodes the stricter counts.
    if (!readings.has(number) || reading) readings.set(number, reading);
  }
  const unsure = [...engines.values()].some(({ engine }) => engine === 'unknown');
  if (unsure && classes.some(({ defaultDeny, mode }) => defaultDeny !== undefined || mode === 'mixed')) return undefined;
  return { written: reachability, unsure, reading: (number) => readings.get(number) };
}

function readingBy({ conventions, reads }: EngineReading, written: Reachability, { policies, tiers }: ReachabilityInput, readingsBy: Readings): Reachability {
  const all = [...policies, ...tiers].every(({ source }) => reads.has(source));
  const baseline = conventions.baselineInOtherDirection || !tiers.some(({ tier }) => tier === 'baseline');
  const names = conventions.egressNamesOfAddresses !== false || !policies.some(({ traits }) => (traits.egress & RULE_TRAITS.namedPort) !== 0);
  if (all && baseline && names && conventions.ipBlockOnPods && !conventions.denyUnselected && !conventions.denyUnisolated) return written;
  return readingsBy(conventions, reads);
}
