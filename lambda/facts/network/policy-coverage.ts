import type { V1Namespace } from '@kubernetes/client-node';
import type { Unread } from '../../model/derived.ts';
import type { KubernetesSource } from '../../model/kinds.ts';
import type { CustomObject } from '../../model/policy-kinds.ts';
import { defineFact, type Inputs } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Labels } from './label-selector.ts';
import { withName } from './namespace-labels.ts';
import { DIRECTIONS, type Direction } from './policy.ts';
import type { PolicyGroup } from './policy-selection.ts';
import { coversEverything, tierIndex } from './tier-coverage.ts';
import type { TierPolicy } from './tier-policies.ts';

/**
 * How far a namespace is closed in one direction: `catch-all` whatever comes, less what a tier policy lets out by labels that nothing there has; `selected` all that is there now; `open` something is not;
 * `unknown` policies of Calico or Cilium, or an engine whose settings were not read, may close what is open.
 */
export type CoverageState = 'catch-all' | 'selected' | 'open' | 'unknown';

export interface DirectionCoverage {
  readonly state: CoverageState;
  /** Workloads that nothing isolates, host network left out; where the state is `open` or `unknown`. */
  readonly open: readonly Workload[];
}

export interface NamespaceCoverage {
  readonly name: string;
  /** Its labels with `kubernetes.io/metadata.name`, which every namespace carries. */
  readonly labels: Labels;
  /** How many NetworkPolicies and ApplicationNetworkPolicies it holds. */
  readonly policies: number;
  readonly ingress: DirectionCoverage;
  readonly egress: DirectionCoverage;
  /** Policies of Calico or Cilium may select its pods. */
  readonly otherEngines: boolean;
  /** Tier policies whose subject has pods of it, in the order in which they decide. */
  readonly tiers: readonly TierPolicy[];
}

export interface PolicyCoverage {
  /** By name, sorted. */
  readonly namespaces: ReadonlyMap<string, NamespaceCoverage>;
  /** Kinds of policy that are there and that this version does not read. */
  readonly unjudged: readonly Unread[];
  /** Why it is not known whether an engine closes what no policy selects. */
  readonly unjudgedDefault: readonly Unread[];
}

const OTHER_ENGINES = [
  'calicoGlobalNetworkPolicies',
  'calicoNetworkPolicies',
  'ciliumClusterwideNetworkPolicies',
  'ciliumNetworkPolicies',
] as const satisfies readonly KubernetesSource[];

/** How far each namespace is closed. Policies as they are written: whether an engine enforces them is the fact `policyEnforcement`. */
export const policyCoverage = defineFact({
  name: 'policyCoverage',
  revision: 4,
  needs: ['engineDefaults', 'namespaces', 'podFamily', 'policySelection', 'tierPolicies', 'workloadIndex', ...OTHER_ENGINES],
  fields: { namespaces: ['metadata.labels'] },
  derive: (input): PolicyCoverage => {
    const others = otherEngines(input);
    const tiersOf = tierIndex(input.tierPolicies);
    const names = [...input.namespaces].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    return {
      namespaces: new Map(
        names.map((namespace) => {
          const name = nameOf(namespace);
          const labels = withName(name, namespace.metadata?.labels);
          return [name, coverageOf(name, labels, input, tiersOf(labels), others.selects(name))];
        }),
      ),
      unjudged: others.unjudged,
      unjudgedDefault: input.engineDefaults.unjudged,
    };
  },
});

function nameOf({ metadata }: V1Namespace): string {
  return metadata?.name ?? '';
}

function otherEngines(input: { readonly [S in (typeof OTHER_ENGINES)[number]]: readonly CustomObject<unknown>[] }) {
  const everywhere = input.calicoGlobalNetworkPolicies.length + input.ciliumClusterwideNetworkPolicies.length > 0;
  const namespaces = new Set([...input.calicoNetworkPolicies, ...input.ciliumNetworkPolicies].map(({ metadata }) => metadata?.namespace ?? ''));
  return {
    selects: (namespace: string) => everywhere || namespaces.has(namespace),
    unjudged: OTHER_ENGINES.filter((source) => input[source].length > 0).map((source) =>
      unsaid(source, 'there are policies of this kind, which this version does not read; what they may select is not judged'),
    ),
  };
}

type Input = Pick<Inputs, 'engineDefaults' | 'podFamily' | 'policySelection' | 'workloadIndex'>;

function coverageOf(name: string, labels: Labels, input: Input, tiers: readonly TierPolicy[], otherEngines: boolean): NamespaceCoverage {
  const { of, groups } = input.policySelection;
  const own = groups.get(name) ?? [];
  const inDirection = (direction: Direction): DirectionCoverage => {
    const covered = coversEverything(tiers, direction, undefined, input.podFamily);
    if (catchesAll(own, direction) || (covered && !tiers.some(({ pods }) => pods && !pods.everything))) return { state: 'catch-all', open: [] };
    const open = input.workloadIndex.in(name).filter((workload) => {
      const selection = of.get(workload);
      if (workload.spec.hostNetwork === true || selection?.[direction] || input.engineDefaults.of(workload.spec, selection !== undefined) === 'closed') return false;
      return !coversEverything(tiers, direction, workload.labels, input.podFamily);
    });
    // What a policy lets out of it by labels shows where it is there.
    if (covered && open.length === 0) return { state: 'catch-all', open };
    const whatComes = input.engineDefaults.of({}, false);
    if (whatComes === 'closed' && open.length === 0) return { state: 'catch-all', open };
    if (otherEngines || whatComes === 'unknown') return { state: 'unknown', open };
    // Nothing open because nothing is there is no coverage: without any policy the next pod is open.
    return { state: open.length === 0 && own.some((group) => group[direction]) ? 'selected' : 'open', open };
  };
  const [ingress, egress] = DIRECTIONS.map(inDirection);
  return { name, labels, policies: own.reduce((sum, group) => sum + group.policies.length, 0), ingress: ingress!, egress: egress!, otherEngines, tiers };
}

function catchesAll(groups: readonly PolicyGroup[], direction: Direction): boolean {
  return groups.some((group) => group.selector.everything && group[direction]);
}
