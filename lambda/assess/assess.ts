import { CHECKS } from '../checks/registry.ts';
import type { Check } from '../checks/define-check.ts';
import { createFactResolver, factRevisions, sourcesOf, type FactResolver } from '../facts/derive.ts';
import type { Assessment, CheckOutcome, CoverageRow, Finding } from '../model/assessment.ts';
import type { Unread } from '../model/derived.ts';
import { compareSeverity } from '../model/severity.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { SOURCE_NAMES, type SourceName } from '../model/sources.ts';
import type { Violation } from '../model/violation.ts';
import { cappedAssessment, cappedFinding } from './capped-sizes.ts';
import { fingerprintOf, itemOf } from './fingerprint.ts';
import { measureNetwork } from './measure-network.ts';
import { sortFindings } from './sort-findings.ts';
import { compareText } from '../model/compare-text.ts';

/** What every check says of one snapshot. Pure: the same snapshot gives the same bytes. */
export function assess(snapshot: Snapshot, checks: readonly Check[] = CHECKS): Assessment {
  const resolver = createFactResolver(snapshot);
  const outcomes: CheckOutcome[] = [];
  const findings: Finding[] = [];
  for (const check of checks) {
    const judged = judge(check, snapshot, resolver);
    outcomes.push(judged.outcome);
    for (const finding of judged.findings) findings.push(finding);
  }
  outcomes.sort((a, b) => (a.check < b.check ? -1 : 1));
  const version = snapshot.sources.kubernetesVersion;
  return cappedAssessment({
    schemaVersion: 1,
    cluster: snapshot.cluster,
    observedAt: snapshot.observedAt,
    namespaces: snapshot.namespaces,
    ...(version.ok ? { kubernetesVersion: version.value } : {}),
    ...workloadCount(resolver),
    // Who asks about rights alone pays for no measures.
    ...(checks.some(({ area }) => area === 'network') ? { network: measureNetwork(resolver) } : {}),
    outcomes,
    findings: sortFindings(findings),
    coverage: coverageOf(snapshot),
    problems: snapshot.problems,
  });
}

/** How many there are; nothing where that could not be found out, which must not cost the answers of the checks. */
function workloadCount(resolver: FactResolver): Pick<Assessment, 'workloads'> {
  try {
    const workloads = resolver.fact('workloads');
    return workloads.ok ? { workloads: workloads.value.length } : {};
  } catch {
    return {};
  }
}

interface Judged {
  readonly outcome: CheckOutcome;
  readonly findings: readonly Finding[];
}

function judge(check: Check, snapshot: Snapshot, resolver: FactResolver): Judged {
  const frame = { check: check.id, revision: effectiveRevision(check), ...(check.controls.length > 0 ? { controls: check.controls } : {}) };
  try {
    const gathered = resolver.gather(check);
    if (!gathered.ok) {
      return { outcome: { ...frame, outcome: 'not-evaluated', reason: explain(gathered.unread), unread: gathered.unread, findings: 0 }, findings: [] };
    }
    const { input } = gathered;
    const unread = withUnjudged(gathered.unread, check.unjudged?.(input as never) ?? []);
    const applies = check.applies?.(input as never) ?? true;
    if (applies !== true) {
      return { outcome: { ...frame, outcome: 'not-applicable', reason: applies, unread, findings: 0 }, findings: [] };
    }
    const findings = identify(check, snapshot, check.evaluate(input as never));
    if (findings.length > 0) return { outcome: { ...frame, outcome: 'fail', unread, findings: findings.length }, findings };
    if (unread.length > 0) {
      return { outcome: { ...frame, outcome: 'not-evaluated', reason: explain(unread), unread, findings: 0 }, findings: [] };
    }
    return { outcome: { ...frame, outcome: 'pass', unread, findings: 0 }, findings: [] };
  } catch (error) {
    // A defect of ours in one check must not take the others with it. What it found so far is not the whole and is dropped.
    const reason = `${check.id} failed: ${error instanceof Error ? error.message : String(error)}; please report this as a defect`;
    return { outcome: { ...frame, outcome: 'error', reason, unread: [], findings: 0 }, findings: [] };
  }
}

/** One row a source: a refusal says more than that something in it is not understood. */
function withUnjudged(unread: readonly Unread[], unjudged: readonly Unread[]): readonly Unread[] {
  if (unjudged.length === 0) return unread;
  const rows = new Map(unread.map((row) => [row.source, row]));
  for (const row of unjudged) if (!rows.has(row.source)) rows.set(row.source, row);
  return [...rows.values()].sort((a, b) => compareText(a.source, b.source));
}

/** The check's own revision and those of all facts under it: when any goes up, the check's answers may differ through us. */
export function effectiveRevision(check: Check): string {
  return [String(check.revision), ...factRevisions(check)].join('+');
}

function explain(unread: readonly Unread[]): string {
  return unread.map(({ source, reason }) => `${source}: ${reason.message}`).join('; ');
}

function identify(check: Check, snapshot: Snapshot, violations: Iterable<Violation>): Finding[] {
  const found: Finding[] = [];
  /** By fingerprint its place. */
  const places = new Map<string, number>();
  const sources = sourcesOf(check);
  // One cause may have thousands of findings.
  const items = new Map<string, string>();
  const itemFor = (cause: string): string => {
    let item = items.get(cause);
    if (item === undefined) items.set(cause, (item = itemOf(check.id, cause)));
    return item;
  };
  for (const violation of violations) {
    if (!inScope(violation, snapshot)) continue;
    const finding = toFinding(check, snapshot, violation, sources, itemFor);
    const place = places.get(finding.fingerprint);
    if (place === undefined) places.set(finding.fingerprint, found.push(finding) - 1);
    // One fault told twice is one finding; which telling stays does not depend on their order.
    else if (compareTellings(finding, found[place]!) < 0) found[place] = finding;
  }
  return found;
}

function inScope({ resource }: Violation, { namespaces }: Snapshot): boolean {
  if (namespaces === 'all') return true;
  // A Namespace object is of its own namespace: what is missing in one that was not asked for was not looked for.
  const namespace = resource.kind === 'Namespace' && resource.apiVersion === 'v1' ? resource.name : resource.namespace;
  return namespace === undefined || namespaces.includes(namespace);
}

function toFinding(check: Check, snapshot: Snapshot, violation: Violation, sources: readonly SourceName[], itemFor: (cause: string) => string): Finding {
  const { resource, key, message, cause, evidence, mildest, restsOn } = violation;
  const finding: Finding = {
    fingerprint: fingerprintOf(snapshot.cluster.id, check.id, violation),
    item: itemFor(cause),
    check: check.id,
    severity: violation.severity ?? check.severity,
    resource,
    key,
    message,
    cause,
    evidence,
    status: 'open',
    restsOn: inOrder(restsOn ?? sources),
  };
  if (mildest === undefined && !check.passing) return cappedFinding(finding);
  return cappedFinding({ ...finding, ...(mildest === undefined ? {} : { mildest }), ...(check.passing ? { passing: check.passing } : {}) });
}

/** Thousands rest on the same few, which are mostly in order. */
function inOrder(sources: readonly SourceName[]): readonly SourceName[] {
  for (let at = 1; at < sources.length; at += 1) if (sources[at - 1]! > sources[at]!) return [...sources].sort();
  return sources;
}

function compareTellings(a: Finding, b: Finding): number {
  return compareSeverity(a.severity, b.severity) || compareText(JSON.stringify(a), JSON.stringify(b));
}

function coverageOf(snapshot: Snapshot): CoverageRow[] {
  return SOURCE_NAMES.map((source) => {
    const value = snapshot.sources[source];
    if (!value.ok) return { source, state: 'refused' as const, reason: value.reason };
    const objects = Array.isArray(value.value) ? value.value.length : 1;
    if (value.assumed !== undefined) return { source, state: 'assumed' as const, reason: { code: 'not-in-capture' as const, message: value.assumed }, objects };
    return { source, state: 'read' as const, objects };
  });
}
