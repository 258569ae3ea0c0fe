import { itemOf } from '../../lambda/assess/fingerprint.ts';
import type { FindingChange, OpenFinding, SightChange } from '../../lambda/model/change.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import type { CheckWords } from '../../lambda/notify/digest.ts';

export const DAY_1 = '2026-11-20T06:00:00.000Z';
export const DAY_2 = '2026-11-21T06:00:00.000Z';

export function cluster(label: string): ClusterIdentity {
  return { id: `arn:aws:eks:eu-west-1:111122223333:cluster/${label}`, label };
}

export const WORDS: readonly CheckWords[] = [
  { id: 'public-endpoint', title: 'Anyone on the Internet can reach the API server', remediation: 'Narrow publicAccessCidrs.' },
  { id: 'admin-binding', title: 'An ordinary account is cluster-admin', remediation: 'Bind a role with what it needs.' },
  { id: 'idle-policy', title: 'Policies that select no pod', remediation: 'Delete the policy.' },
];

/** A finding of a check; everything that a test does not say follows from check, place and cause. */
export function finding(check: string, place: string, more: Partial<OpenFinding> = {}): OpenFinding {
  const cause = more.cause ?? 'cause';
  const [namespace, name] = place.includes('/') ? (place.split('/') as [string, string]) : [undefined, place];
  return {
    fingerprint: Buffer.from(`${check}${place}${more.key ?? ''}`).toString('hex').padEnd(32, '0').slice(-32),
    item: itemOf(check, cause),
    check,
    severity: 'high',
    resource: { apiVersion: 'v1', kind: 'ServiceAccount', ...(namespace === undefined ? {} : { namespace }), name },
    key: 'fault',
    message: `${place} is at fault`,
    cause,
    evidence: {},
    status: 'open',
    restsOn: ['pods'],
    since: DAY_1,
    ...more,
  };
}

export function change(kind: FindingChange['kind'], where: ClusterIdentity, found: OpenFinding, more: Partial<FindingChange> = {}): FindingChange {
  return { kind, run: 'RUN', seq: 2, cluster: where, observedAt: DAY_2, origin: 'cluster', finding: found, ...more };
}

export function sight(kind: SightChange['kind'], where: ClusterIdentity, more: Partial<SightChange> = {}): SightChange {
  return { kind, run: 'RUN', seq: 2, cluster: where, observedAt: DAY_2, origin: 'cluster', findings: 0, ...more };
}

export function state(where: ClusterIdentity, findings: readonly OpenFinding[] = [], more: Partial<ClusterState> = {}): ClusterState {
  return {
    schemaVersion: 1,
    cluster: where,
    firstSeen: DAY_1,
    observedAt: DAY_1,
    run: 'RUN',
    seq: 1,
    namespaces: 'all',
    checks: [],
    findings,
    resolved: [],
    ...more,
  };
}

export function byId(states: readonly ClusterState[]): ReadonlyMap<string, ClusterState> {
  return new Map(states.map((known) => [known.cluster.id, known]));
}
