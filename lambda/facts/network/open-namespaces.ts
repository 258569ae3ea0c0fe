import type { Workload } from '../workloads/workload.ts';
import type { DeclaredReach } from './declared-reach.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import type { PolicySelection } from './policy-selection.ts';
import { weightOfCommon, wordWeights, type ClassSet } from './reachability/class-set.ts';
import { RULE_TRAITS } from './rule-traits.ts';
import { workloadsSelectedBy } from './selected-workloads.ts';
import { isSystemNamespace } from './system-namespaces.ts';
import type { WorkloadIndex } from './workload-index.ts';

/** With workloads. Among fewer each is a neighbour that was named. */
const FEWEST_NAMESPACES = 3;

/** A namespace whose policies isolate what runs there and let most others in all the same. */
export interface OpenNamespace {
  readonly name: string;
  /** Workloads that most of the workloads of other namespaces may connect to, as `Kind name`, sorted. */
  readonly open: readonly string[];
}

/**
 * Namespaces of which the policies let in, on whatever port, at least half of all pairs of a workload of another namespace and one of their own. Workloads that nothing isolates, and those that a rule for everybody or for any
 * namespace opens, are other findings and count on neither side of the share. What the others' egress says is not asked: it is not theirs to close this one. Sorted.
 *
 * Each profile is weighed once, so that it takes time for what policies let in and not for pairs.
 */
export function openNamespaces({ workloads, reachability }: DeclaredReach, coverage: PolicyCoverage, selection: PolicySelection, index: WorkloadIndex): readonly OpenNamespace[] {
  const { classes, profiles } = reachability;
  const weights = new Int32Array(classes.all.length);
  const inNamespace = new Map<string, number>();
  for (let i = 0; i < workloads.length; i++) {
    weights[classes.of[i]!]! += 1;
    const { namespace } = workloads[i]!.resource;
    inNamespace.set(namespace, (inNamespace.get(namespace) ?? 0) + 1);
  }
  if (inNamespace.size <= FEWEST_NAMESPACES) return [];
  const words = wordWeights(weights);
  const toldOtherwise = saidElsewhere(coverage, selection, index);
  const everywhere = new Map<number, number>();
  const found = new Map<string, { of: number; let: number; readonly open: Set<string> }>();
  for (let i = 0; i < workloads.length; i++) {
    const workload = workloads[i]!;
    const { resource, component } = workload;
    const { namespace } = resource;
    if (component !== undefined || isSystemNamespace(namespace) || toldOtherwise.has(workload)) continue;
    const number = classes.of[i]!;
    const { admission } = profiles.of(number, 'ingress');
    const letIn = (set: ClassSet): number => admission.reduce((sum, { peers }) => sum + weightOfCommon(peers, set, weights, words), 0);
    const profile = profiles.byClass.ingress[number]!;
    let all = everywhere.get(profile);
    if (all === undefined) everywhere.set(profile, (all = letIn(classes.pods)));
    // Most let in few: those of their own namespace need not be told from the others.
    const outside = workloads.length - inNamespace.get(namespace)!;
    const others = all * 2 < outside ? 0 : all - letIn(classes.byNamespace.get(namespace)!);
    let known = found.get(namespace);
    if (!known) found.set(namespace, (known = { of: 0, let: 0, open: new Set() }));
    known.of += outside;
    known.let += others;
    if (others * 2 >= outside) known.open.add(`${resource.kind} ${resource.name}`);
  }
  return [...found]
    .filter(([, pairs]) => pairs.of > 0 && pairs.let * 2 >= pairs.of)
    .map(([name, { open }]) => ({ name, open: [...open].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function saidElsewhere({ namespaces }: PolicyCoverage, selection: PolicySelection, index: WorkloadIndex): ReadonlySet<Workload> {
  const told = new Set(workloadsSelectedBy(selection, index, selection.groups.keys(), ({ traits }) => (traits.ingress & (RULE_TRAITS.forAll | RULE_TRAITS.anyNamespace)) !== 0));
  for (const { ingress } of namespaces.values()) for (const workload of ingress.open) told.add(workload);
  return told;
}
