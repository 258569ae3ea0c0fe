import { compareText } from '../../model/compare-text.ts';

/** The roles that Kubernetes fills from others by their labels, the weakest first: what flows into `view` reaches `edit` and `admin` as well. */
export const AGGREGATED = ['view', 'edit', 'admin'] as const;
export type Aggregated = (typeof AGGREGATED)[number];

const LABEL = 'rbac.authorization.k8s.io/aggregate-to-';

/** The fields that say where a ClusterRole flows. */
export const AGGREGATION_FIELDS: readonly string[] = AGGREGATED.map((target) => `metadata.labels["${LABEL}${target}"]`);

/** The weakest of them that a ClusterRole flows into by its labels. */
export function aggregatesInto(labels: unknown): Aggregated | undefined {
  if (typeof labels !== 'object' || labels === null) return undefined;
  return AGGREGATED.find((target) => (labels as Record<string, unknown>)[`${LABEL}${target}`] === 'true');
}

interface Labelled {
  readonly metadata?: { readonly name?: string; readonly labels?: unknown };
}

/**
 * By the text of each of the three, the texts of the ClusterRoles that others than Kubernetes let flow into it, sorted: `ClusterRole edit` of `ClusterRole
 * team-extras`. What flows into a weaker one reaches the stronger.
 */
export function inflows(clusterRoles: readonly Labelled[]): ReadonlyMap<string, readonly string[]> {
  const byTarget = new Map<string, string[]>(AGGREGATED.map((target) => [`ClusterRole ${target}`, []]));
  for (const { metadata } of clusterRoles) {
    const name = metadata?.name ?? '';
    const into = aggregatesInto(metadata?.labels);
    if (into === undefined || name.startsWith('system:aggregate-to-') || (AGGREGATED as readonly string[]).includes(name)) continue;
    for (const target of AGGREGATED.slice(AGGREGATED.indexOf(into))) byTarget.get(`ClusterRole ${target}`)!.push(`ClusterRole ${name}`);
  }
  for (const texts of byTarget.values()) texts.sort(compareText);
  return byTarget;
}
