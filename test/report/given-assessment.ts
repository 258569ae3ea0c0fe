import type { Assessment, CheckOutcome, Finding } from '../../lambda/model/assessment.ts';
import type { SourceName } from '../../lambda/model/sources.ts';
import { DAY_2, cluster, finding } from '../notify/given.ts';

export function outcome(check: string, kind: CheckOutcome['outcome'], more: Partial<CheckOutcome> = {}): CheckOutcome {
  return { check, revision: '1', outcome: kind, unread: [], findings: 0, ...more };
}

export function refusedOutcome(check: string, ...sources: readonly SourceName[]): CheckOutcome {
  const unread = sources.map((source) => ({ source, reason: { code: 'forbidden' as const, message: `may not list ${source}` } }));
  return outcome(check, 'not-evaluated', { reason: unread.map(({ source, reason }) => `${source}: ${reason.message}`).join('; '), unread });
}

export function assessmentOf(label: string, more: Partial<Assessment> = {}): Assessment {
  return {
    schemaVersion: 1,
    cluster: cluster(label),
    observedAt: DAY_2,
    namespaces: 'all',
    kubernetesVersion: '1.35',
    workloads: 12,
    outcomes: [outcome('admin-binding', 'pass'), outcome('public-endpoint', 'pass')],
    findings: [],
    coverage: [],
    problems: [],
    ...more,
  };
}

/** A finding as an assessment holds it: without its past. */
export function assessed(check: string, place: string, more: Partial<Finding> = {}): Finding {
  const { since: _since, ...now } = finding(check, place, more);
  return now;
}
