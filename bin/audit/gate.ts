import type { Check } from '../../lambda/checks/define-check.ts';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { Change, FindingChange } from '../../lambda/model/change.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { SEVERITIES, atLeast, type Severity } from '../../lambda/model/severity.ts';
import { firstLooks } from '../../lambda/notify/digest.ts';
import { isSight } from '../../lambda/notify/net-changes.ts';
import { countSeverities } from '../../lambda/notify/severity-counts.ts';
import { counted } from '../../lambda/model/time-words.ts';
import type { FailOn } from './fail-on.ts';

export interface GateInput {
  readonly failOn: readonly FailOn[];
  /** Checks that may stay unevaluated. */
  readonly allowed: ReadonlySet<string>;
  readonly checks: readonly Pick<Check, 'id' | 'severity' | 'worstSeverity'>[];
  readonly assessments: readonly Assessment[];
  /** Targets of the run that were not audited. */
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
  readonly changes: readonly Change[];
  readonly states: readonly ClusterState[];
  readonly before: ReadonlyMap<string, ClusterState>;
  /** Clusters whose look was not newer than what the record knows: nothing was compared. */
  readonly superseded: readonly string[];
  /** What a person types to audit a cluster again. */
  readonly again: string;
}

export interface Gate {
  readonly code: 0 | 1 | 2;
  /** Why, a sentence each. */
  readonly reasons: readonly string[];
}

/** Never green because something could not be looked at: what could not be told outweighs what was found. */
export function gate(input: GateInput): Gate {
  const unknown = input.missed.map(({ label, reason }) => `could not tell: ${label} was not audited: ${reason}`);
  const found: string[] = [];
  for (const rule of input.failOn) {
    const reached = rule.what === 'any' ? openSeverities(input) : newSeverities(input);
    const over = reached.filter((severity) => atLeast(severity, rule.threshold));
    if (over.length > 0) found.push(`${rule.what}:${rule.threshold} is reached: ${foundWords(rule, over)}`);
    if (rule.what === 'new') unknown.push(...withoutComparison(input, rule.threshold));
  }
  if (input.failOn.length > 0) unknown.push(...unevaluated(input, leastSevere(input.failOn)));
  return { code: unknown.length > 0 ? 2 : found.length > 0 ? 1 : 0, reasons: [...found, ...new Set(unknown)] };
}

function foundWords({ what }: FailOn, severities: readonly Severity[]): string {
  const counts = Object.entries(countSeverities(severities)).filter(([, count]) => count > 0);
  const words = counts.map(([severity, count]) => `${count} ${severity}`).join(', ');
  return what === 'any' ? `${counted(severities.length, 'finding')} open (${words})` : `${counted(severities.length, 'finding')} opened, reopened or worsened (${words})`;
}

/** Of everything that is open in the clusters of this run, seen or out of sight. */
function openSeverities({ states }: GateInput): Severity[] {
  return states.flatMap(({ findings }) => findings.filter(({ status }) => status === 'open').map(({ severity }) => severity));
}

const NEWS: ReadonlySet<Change['kind']> = new Set(['opened', 'reopened', 'worsened', 'unexcepted']);

function newSeverities(input: GateInput): Severity[] {
  return newsOf(input)
    .filter(({ origin }) => origin === 'cluster' || origin === 'setting')
    .map(({ finding }) => finding.severity);
}

function newsOf({ changes, states, before }: GateInput): FindingChange[] {
  const fresh = new Set(firstLooks(states, before).map(({ cluster }) => cluster.id));
  return changes.filter((change): change is FindingChange => !isSight(change) && NEWS.has(change.kind) && change.finding.status === 'open' && !fresh.has(change.cluster.id));
}

/** Clusters, and checks of known clusters, whose findings cannot be called new or old because nobody looked before. */
function withoutComparison(input: GateInput, threshold: Severity): string[] {
  const { assessments, states, before, superseded, again, allowed } = input;
  const fresh = new Set(firstLooks(states, before).map(({ cluster }) => cluster.id));
  const reasons: string[] = [];
  for (const { cluster, observedAt } of assessments) {
    if (fresh.has(cluster.id)) {
      reasons.push(`could not tell what is new in ${cluster.label}: the record had no earlier run of it. This run is the first; from the next one on it can be told: ${again}`);
    } else if (superseded.includes(cluster.id)) {
      reasons.push(`could not tell what is new in ${cluster.label}: this look (${observedAt}) is not newer than the one in the record (${before.get(cluster.id)?.observedAt}), so nothing was compared`);
    }
  }
  const own = newsOf(input).filter(({ origin, finding }) => (origin === 'first-look' || origin === 'revision') && atLeast(finding.severity, threshold) && !allowed.has(finding.check));
  for (const [check, count] of tally(own.map(({ finding }) => finding.check))) {
    reasons.push(`could not tell what is new of ${check}: it looked for the first time (${counted(count, 'finding')} at or above ${threshold}); the next run can tell`);
  }
  return reasons;
}

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Checks that could reach the threshold and did not get to say so everywhere. */
function unevaluated({ checks, assessments, allowed }: GateInput, threshold: Severity): string[] {
  const worst = new Map(checks.map(({ id, severity, worstSeverity }) => [id, worstSeverity ?? severity]));
  const clusters = new Map<string, { labels: string[]; reason: string }>();
  for (const { cluster, outcomes } of assessments) {
    for (const { check, outcome, reason, unread } of outcomes) {
      const complete = outcome === 'pass' || outcome === 'not-applicable' || (outcome === 'fail' && unread.length === 0);
      if (complete || allowed.has(check) || !atLeast(worst.get(check) ?? 'critical', threshold)) continue;
      const known = clusters.get(check) ?? { labels: [], reason: reason ?? unread.map((row) => `${row.source}: ${row.reason.message}`).join('; ') };
      known.labels.push(cluster.label);
      clusters.set(check, known);
    }
  }
  return [...clusters].map(
    ([check, { labels, reason }]) => `could not tell: ${check} (up to ${worst.get(check) ?? 'critical'}) was not wholly evaluated on ${labels.join(', ')}: ${reason}${reason.endsWith('?') ? '' : '.'} To do without it: --allow-unevaluated ${check}`,
  );
}

function leastSevere(rules: readonly FailOn[]): Severity {
  return SEVERITIES[Math.max(...rules.map(({ threshold }) => SEVERITIES.indexOf(threshold)))]!;
}
