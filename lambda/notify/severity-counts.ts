import { SEVERITIES, type Severity } from '../model/severity.ts';

/** How many of each severity. */
export type SeverityCounts = { readonly [S in Severity]: number };

export function countSeverities(severities: Iterable<Severity>): SeverityCounts {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const severity of severities) counts[severity] += 1;
  return counts;
}

export function totalOf(counts: SeverityCounts): number {
  let total = 0;
  for (const severity of SEVERITIES) total += counts[severity];
  return total;
}
