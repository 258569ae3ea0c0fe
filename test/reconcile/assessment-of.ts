import { fingerprintOf, itemOf } from '../../lambda/assess/fingerprint.ts';
import type { Assessment, CheckOutcome, Finding, OutcomeKind } from '../../lambda/model/assessment.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import type { Unread } from '../../lambda/model/derived.ts';
import type { Severity } from '../../lambda/model/severity.ts';
import type { SourceName } from '../../lambda/model/sources.ts';
import type { Json } from '../../lambda/model/violation.ts';
import { TEST_CLUSTER } from '../snapshot-of.ts';

/** A finding as a test writes it: the name of what it is about, and what differs from the ordinary. */
export interface GivenFinding {
  readonly name: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly severity?: Severity;
  readonly mildest?: Severity;
  readonly message?: string;
  readonly evidence?: Json;
  readonly status?: Finding['status'];
  readonly restsOn?: readonly SourceName[];
  readonly changedBy?: Finding['changedBy'];
  readonly passing?: true;
}

/** What a check says, as a test writes it. A list of findings is `pass` when it is empty, else `fail`. */
export interface GivenOutcome {
  readonly revision?: string;
  readonly outcome?: OutcomeKind;
  readonly reason?: string;
  /** Sources that were not read. */
  readonly unread?: readonly SourceName[];
  readonly findings?: readonly GivenFinding[];
}

export interface GivenAssessment {
  readonly cluster?: ClusterIdentity;
  readonly at: string;
  readonly namespaces?: Assessment['namespaces'];
  readonly problems?: readonly string[];
  /** By check id. */
  readonly checks: Readonly<Record<string, GivenOutcome | readonly GivenFinding[]>>;
}

/** Minutes past six on the morning of 21 November 2026, UTC. */
export function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 21, 6, minute)).toISOString();
}

export function cluster(name: string, more: Partial<ClusterIdentity> = {}): ClusterIdentity {
  const id = TEST_CLUSTER.arn.replace(/test$/, name);
  return { ...TEST_CLUSTER, id, arn: id, label: name, name, ...more };
}

export function assessmentOf({ cluster: identity = TEST_CLUSTER, at: observedAt, namespaces = 'all', problems = [], checks }: GivenAssessment): Assessment {
  const outcomes: CheckOutcome[] = [];
  const findings: Finding[] = [];
  for (const [check, given] of Object.entries(checks)) {
    const outcome: GivenOutcome = Array.isArray(given) ? { findings: given as readonly GivenFinding[] } : (given as GivenOutcome);
    const unread = (outcome.unread ?? []).map((source): Unread => ({ source, reason: { code: 'forbidden', message: `may not list ${source}` } }));
    const found = (outcome.findings ?? []).map((finding) => findingOf(identity, check, finding));
    const kind = outcome.outcome ?? (found.length > 0 ? 'fail' : unread.length > 0 ? 'not-evaluated' : 'pass');
    outcomes.push({ check, revision: outcome.revision ?? '1', outcome: kind, unread, findings: found.length, ...(outcome.reason === undefined ? {} : { reason: outcome.reason }) });
    findings.push(...found);
  }
  return {
    schemaVersion: 1,
    cluster: identity,
    observedAt,
    namespaces,
    outcomes: outcomes.sort((a, b) => (a.check < b.check ? -1 : 1)),
    findings,
    coverage: [{ source: 'deployments', state: 'read', objects: 1 }],
    problems,
  };
}

export function findingOf(identity: ClusterIdentity, check: string, given: GivenFinding): Finding {
  const { name, kind = 'Deployment', namespace, severity = 'medium', message = `${name} is at fault`, evidence = {}, status = 'open', restsOn = ['deployments'], changedBy, mildest, passing } = given;
  const resource = { apiVersion: kind === 'Namespace' ? 'v1' : 'apps/v1', kind, ...(namespace === undefined ? {} : { namespace }), name };
  return {
    fingerprint: fingerprintOf(identity.id, check, { resource, key: 'fault' }),
    item: itemOf(check, 'cause'),
    ...{ check, severity, resource, key: 'fault', message, cause: 'cause', evidence: evidence as Finding['evidence'], status, restsOn },
    ...(changedBy ? { changedBy } : {}),
    ...(mildest ? { mildest } : {}),
    ...(passing ? { passing } : {}),
  };
}
