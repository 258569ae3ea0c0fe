import type { CheckOutcome, Finding } from '../model/assessment.ts';
import type { ChangeOrigin, FindingChange, OpenFinding } from '../model/change.ts';
import type { CheckState, ClusterState } from '../model/cluster-state.ts';
import { compareSeverity } from '../model/severity.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import { covers, isEvaluated, isNamespaced, isWhole, namespaceOf, reaches, union } from './sight.ts';

/** A change of a finding, not yet in a commit. */
export type FindingDifference = Pick<FindingChange, 'kind' | 'origin' | 'finding' | 'was'>;

/** One check in one look, with what was known before. */
export interface CheckLook {
  readonly observedAt: string;
  readonly namespaces: 'all' | readonly string[];
  readonly outcome: CheckOutcome;
  /** What this look found, by fingerprint. */
  readonly found: ReadonlyMap<string, Finding>;
  readonly before: {
    readonly state: ClusterState | undefined;
    readonly check: CheckState | undefined;
    /** Open findings of this check. */
    readonly findings: readonly OpenFinding[];
    readonly resolved: ReadonlySet<string>;
  };
}

/** What became of the findings of one check: sorted by fingerprint. Where the check was not evaluated, nothing. */
export function compareFindings(look: CheckLook): FindingDifference[] {
  if (!isEvaluated(look.outcome.outcome)) return [];
  const known = new Map(look.before.findings.map((finding) => [finding.fingerprint, finding]));
  const differences: FindingDifference[] = [];
  for (const fingerprint of [...new Set([...known.keys(), ...look.found.keys()])].sort()) {
    const before = known.get(fingerprint);
    const found = look.found.get(fingerprint);
    if (!before) differences.push(opened(look, found!));
    else if (found) differences.push(...compareOne(look, before, found));
    else if (maySettle(look, before)) differences.push({ kind: 'resolved', origin: closingOrigin(look), finding: before });
  }
  return differences;
}

function opened(look: CheckLook, found: Finding): FindingDifference {
  const again = look.before.resolved.has(found.fingerprint);
  return { kind: again ? 'reopened' : 'opened', origin: originOf(look, found), finding: openFinding(look, found, look.observedAt) };
}

/**
 * A finding that is still there. Where not everything was read, what is seen may be less than what is: then it may get worse,
 * and for the rest stays as it was.
 */
function compareOne(look: CheckLook, before: OpenFinding, seen: Finding): FindingDifference[] {
  // What was not read may be all that makes it seem as grave as it does.
  const settles = maySettle(look, before) && seen.mildest === undefined;
  const found = seen.mildest === undefined ? seen : { ...seen, severity: seen.mildest };
  const direction = compareSeverity(found.severity, before.severity);
  const next = stillOpen(look, before, found, settles);
  const excepted = before.status === 'open' && found.status === 'excepted';
  if (!settles && direction >= 0) {
    return before.status === 'excepted' && found.status === 'open' ? [{ kind: 'unexcepted', origin: 'setting', finding: { ...before, status: 'open' } }] : [];
  }
  const finding: OpenFinding = excepted && !settles ? { ...next, status: 'open' } : next;
  const differences: FindingDifference[] = [];
  if (finding.status !== before.status) differences.push({ kind: finding.status === 'excepted' ? 'excepted' : 'unexcepted', origin: 'setting', finding });
  if (direction !== 0) differences.push({ kind: direction < 0 ? 'worsened' : 'eased', origin: originOf(look, found), finding, was: before.severity });
  else if (differences.length === 0 && !sameContent(finding, before)) differences.push({ kind: 'updated', origin: originOf(look, found), finding });
  return differences;
}

/** A look that sees a part only must not make what holds the finding seem less than it was: then the next such look could close it. */
function stillOpen(look: CheckLook, before: OpenFinding, found: Finding, settles: boolean): OpenFinding {
  const { namespaces: here, ...next } = openFinding(look, found, before.since);
  const namespaces = here && before.namespaces ? union(here, before.namespaces) : 'all';
  const restsOn = settles ? next.restsOn : [...new Set([...next.restsOn, ...before.restsOn])].sort();
  return { ...next, restsOn, ...(namespaces === 'all' ? {} : { namespaces }) };
}

function maySettle(look: CheckLook, before: OpenFinding): boolean {
  return isWhole(look.outcome) && reaches(look.namespaces, before);
}

/** What `updated` is about. Who changed it last is no difference, and neither is what it rests on. */
function sameContent(a: OpenFinding, b: OpenFinding): boolean {
  return a.item === b.item && a.message === b.message && a.cause === b.cause && sameJson(a.evidence, b.evidence) && sameJson(a.resource, b.resource);
}

/** Both came out of the store mostly, their keys in one order: then plain JSON, which is much faster to make, tells. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);
}

function originOf(look: CheckLook, found: Finding): ChangeOrigin {
  const { check } = look.before;
  if (check?.revision === undefined) return 'first-look';
  if (check.revision !== look.outcome.revision) return 'revision';
  return isFirstSight(look, check, found) ? 'first-look' : 'cluster';
}

/** It rests on a list, or lies in a namespace, that nobody had looked at before. */
function isFirstSight(look: CheckLook, check: CheckState, found: Finding): boolean {
  const unread = new Set(look.outcome.unread.map(({ source }) => source));
  if (check.neverRead?.some((source) => !unread.has(source) && found.restsOn.includes(source))) return true;
  const looked = look.before.state?.namespaces ?? 'all';
  if (covers(looked, look.namespaces)) return false;
  const namespace = namespaceOf(found.resource);
  return namespace === undefined ? found.restsOn.some(isNamespaced) : !looked.includes(namespace);
}

function closingOrigin({ outcome, before: { check } }: CheckLook): ChangeOrigin {
  return check?.revision !== undefined && (check.revision !== outcome.revision || check.unsettled) ? 'revision' : 'cluster';
}

function openFinding(look: CheckLook, found: Finding, since: string): OpenFinding {
  const { fingerprint, item, check, severity, resource, key, message, cause, evidence, status, restsOn, changedBy } = found;
  return {
    ...{ fingerprint, item, check, severity, resource, key, message, cause, evidence, status, restsOn, since },
    ...(look.namespaces === 'all' ? {} : { namespaces: [...look.namespaces].sort() }),
    ...(changedBy ? { changedBy } : {}),
  };
}
