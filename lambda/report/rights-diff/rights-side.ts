import type { Assessment, CheckOutcome } from '../../model/assessment.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import type { ClusterState } from '../../model/cluster-state.ts';
import type { SourceName } from '../../model/sources.ts';
import { reasonWords } from '../coverage-words.ts';
import { rightsIn, type HeldRight } from './held-right.ts';

/** Why a check could not say all. */
export interface Blindness {
  readonly reason: string;
  /** What it could not read; undefined: it said nothing at all, or it is not known what was missing. */
  readonly sources?: readonly SourceName[];
}

/** One of the two looks at the rights of a cluster. */
export interface RightsSide {
  readonly cluster: ClusterIdentity;
  /** UTC, ISO 8601. */
  readonly observedAt: string;
  readonly namespaces: 'all' | readonly string[];
  readonly rights: readonly HeldRight[];
  /** By check that saw too little, why. */
  readonly blind: ReadonlyMap<string, Blindness>;
  /** By check, what it was when it said so; a check that is not here did not exist, or never looked. */
  readonly revisions: ReadonlyMap<string, string>;
}

export function sideOfAssessment({ cluster, observedAt, namespaces, outcomes, findings }: Pick<Assessment, 'cluster' | 'observedAt' | 'namespaces' | 'outcomes' | 'findings'>): RightsSide {
  const blind = new Map<string, Blindness>();
  for (const outcome of outcomes) {
    const why = blindnessOf(outcome);
    if (why) blind.set(outcome.check, why);
  }
  return { cluster, observedAt, namespaces, rights: findings.flatMap(rightsIn), blind, revisions: new Map(outcomes.map(({ check, revision }) => [check, revision])) };
}

function blindnessOf({ outcome, reason = '', unread }: CheckOutcome): Blindness | undefined {
  if (outcome === 'error') return { reason };
  return unread.length > 0 ? { reason: reasonWords(unread), sources: unread.map(({ source }) => source) } : undefined;
}

/** Where a cluster stood by the record, as far as these checks told; undefined: it was never looked at, or did not exist any more. */
export function sideOfState({ cluster, observedAt, namespaces, checks, findings, unseen, gone }: ClusterState, about: ReadonlySet<string>): RightsSide | undefined {
  if (observedAt === undefined || gone) return undefined;
  const blind = new Map<string, Blindness>();
  const revisions = new Map<string, string>();
  for (const { check, revision, unseen: away } of checks) {
    const reason = (unseen ?? away)?.reason;
    if (!about.has(check)) continue;
    if (reason !== undefined) blind.set(check, { reason });
    if (revision !== undefined) revisions.set(check, revision);
  }
  return { cluster, observedAt, namespaces, rights: findings.flatMap(rightsIn), blind, revisions };
}
