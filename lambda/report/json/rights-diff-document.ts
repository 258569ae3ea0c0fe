import { DIFFERENCES, type RightsChange } from '../rights-diff/diff-rights.ts';
import type { HeldRight } from '../rights-diff/held-right.ts';
import { BEYOND_FINDINGS, type RightsDiffAnswer } from '../rights-diff/rights-diff-answer.ts';
import type { RightsSide } from '../rights-diff/rights-side.ts';
import { asciiJson } from './ascii-json.ts';

/** `eksaminer rights --diff --output json`, as `docs/schema/rights-diff-1.json` describes it: new fields may come; what is there keeps its name and meaning. */
export function rightsDiffDocument({ before, after, clusters, missed }: RightsDiffAnswer): string {
  return asciiJson({
    schemaVersion: 1,
    before,
    after,
    notes: [BEYOND_FINDINGS],
    clusters: clusters.map(({ before: then, after: now, changes, same, blind }) => ({
      before: sideFields(then),
      after: sideFields(now),
      counts: Object.fromEntries(DIFFERENCES.map((difference) => [difference, changes.reduce((sum, change) => (change.difference === difference ? sum + change.rights.length : sum), 0)])),
      same,
      changes: changes.map(changeFields),
      blind,
    })),
    missed,
  });
}

function sideFields({ cluster: { id, label, arn, account, region, name }, observedAt, namespaces }: RightsSide) {
  return { cluster: id, label, arn, account, region, name, observedAt, namespaces };
}

function changeFields({ difference, severity, cause, reason, rights }: RightsChange) {
  return { difference, severity, cause, reason: reason ?? null, rights: rights.map(rightFields) };
}

function rightFields({ holder, resource: { apiVersion, kind, namespace: home, name }, power, namespace, severity, message, check }: HeldRight) {
  return { holder, resource: { apiVersion, kind, ...(home === undefined ? {} : { namespace: home }), name }, power, namespace: namespace ?? null, severity, message, check };
}
