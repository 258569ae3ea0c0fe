import type { EdgeChange } from '../../facts/network/reach/edge-changes.ts';
import { DECLARED_WORKLOADS } from '../matrix-of-cluster.ts';
import type { LookedAt, ReachDiffAnswer } from '../reach-diff-answer.ts';
import { cappedJson } from './ascii-json.ts';
import { portFields } from './reach-document.ts';

/** `eksaminer reach --diff --output json`, as `docs/schema/reach-diff-1.json` describes it. */
export function reachDiffDocument({ before, after, diff }: ReachDiffAnswer): string {
  return cappedJson({
    schemaVersion: 1,
    before: sideEntry(before),
    after: sideEntry(after),
    answered: diff !== undefined,
    notes: [DECLARED_WORKLOADS],
    compared: diff?.compared ?? null,
    written: (diff?.written ?? []).map(changeEntry),
    enforced: (diff?.enforced ?? []).map(changeEntry),
    unknown: diff?.unknown ?? null,
    hostNetwork: diff?.hostNetwork ?? null,
  });
}

function sideEntry({ name, cluster, observedAt, unread, missed }: LookedAt) {
  return {
    name,
    cluster: cluster?.id ?? null,
    observedAt: observedAt ?? null,
    missed: missed ?? null,
    unread: unread.map(({ source, reason }) => ({ source, code: reason.code, message: reason.message })),
  };
}

function changeEntry({ kind, because, from, to, ports, otherProtocols, pairs }: EdgeChange) {
  return { kind, because, from, to, ports: portFields(ports), otherProtocols, pairs };
}
