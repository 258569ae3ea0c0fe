import { CHECKS } from '../../lambda/checks/registry.ts';
import type { FindingChange } from '../../lambda/model/change.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { isSight } from '../../lambda/notify/net-changes.ts';
import { readHistoryOf } from '../../lambda/reconcile/reconcile.ts';
import type { ExplainedFinding } from '../../lambda/report/terminal/explanation.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import type { Meant } from './find-meant.ts';

/** A finding with where it stands and how it came and went. Throws where neither state nor history knows it. */
export async function findingStory({ id, title }: Meant, states: readonly ClusterState[], store: ObjectStore): Promise<ExplainedFinding> {
  const history = (await readHistoryOf(store, { fingerprint: id })).filter((change): change is FindingChange => !isSight(change));
  for (const { cluster, findings, unseen, checks, gone } of states) {
    const finding = gone ? undefined : findings.find(({ fingerprint }) => fingerprint === id);
    if (!finding) continue;
    const lost = checks.find(({ check }) => check === finding.check)?.unseen;
    const away = unseen?.since ?? (lost?.lost ? lost.since : undefined);
    return { cluster, finding, title, check: checkOf(finding.check), standing: { state: finding.status, ...(away === undefined ? {} : { unseen: away }) }, history };
  }
  const last = history.at(-1);
  if (!last) throw new Error(`finding ${id} is in no state and in no history`);
  return { cluster: last.cluster, finding: last.finding, title, check: checkOf(last.finding.check), standing: { state: 'resolved', at: last.observedAt }, history };
}

function checkOf(id: string): ExplainedFinding['check'] {
  return CHECKS.find((check) => check.id === id);
}
