import type { Configuration } from '../../configuration/configuration.ts';
import type { EksTarget } from '../../model/cluster-target.ts';
import { compareText } from '../../model/compare-text.ts';
import type { MissedTarget } from '../../model/run-scope.ts';
import { coversName, coversTags, vantageOf } from './coverage.ts';
import type { Described } from './describe-cluster.ts';
import { labelsOf } from './labels.ts';
import { describeAll, type Found } from './places.ts';

/** What becomes of a cluster. */
export type Verdict =
  | { readonly is: 'target' }
  | { readonly is: 'missed'; readonly reason: string }
  | { readonly is: 'absent' }
  | { readonly is: 'uncovered' };

export type Judged = Found & Verdict;

/** Asks EKS about each of these clusters. `listed`: a list named them, so that they are there even if EKS does not say more. */
export async function judgeClusters({ clusters }: Configuration, found: readonly Found[], listed: boolean): Promise<readonly Judged[]> {
  const described = await describeAll(found);
  return found.map((cluster, index) => ({ ...cluster, ...verdictOf(clusters, cluster, described[index]!, listed) }));
}

function verdictOf(clusters: Configuration['clusters'], cluster: Found, described: Described, listed: boolean): Verdict {
  if (described.state === 'absent') return { is: 'absent' };
  if (!coversName(clusters, cluster)) return { is: 'uncovered' };
  if (described.state === 'unknown') {
    const { message } = described.refusal;
    if (!listed) return { is: 'missed', reason: `no list named it, and ${message}` };
    // The audit asks again, and says what it cannot read.
    return Object.keys(clusters.tags).length === 0 ? { is: 'target' } : { is: 'missed', reason: `its tags decide whether it is audited, and ${message}` };
  }
  if (!coversTags(clusters, described.tags)) return { is: 'uncovered' };
  return described.state === 'not-ready' ? { is: 'missed', reason: described.reason } : { is: 'target' };
}

/** Those that are targets and those that are missed, each sorted by account, region and name, under labels that no two of them share. */
export function targetsOf({ vantages }: Configuration, judged: readonly Judged[]): { readonly targets: readonly EksTarget[]; readonly missed: readonly MissedTarget[] } {
  const clusters = judged
    .filter((cluster) => cluster.is === 'target' || cluster.is === 'missed')
    .map((cluster) => ({ cluster, account: cluster.place.account.id, region: cluster.place.region, name: cluster.name }))
    .sort((a, b) => compareText(a.account, b.account) || compareText(a.region, b.region) || compareText(a.name, b.name));
  const labels = labelsOf(clusters);
  const targets: EksTarget[] = [];
  const missed: MissedTarget[] = [];
  for (const [index, { cluster, account, region, name }] of clusters.entries()) {
    const label = labels[index]!;
    const { arn } = cluster;
    if (cluster.is === 'missed') missed.push({ label, cluster: arn, reason: cluster.reason });
    else {
      const { role } = cluster.place.account;
      const vantage = vantageOf(vantages, cluster);
      targets.push({ via: 'eks', label, arn, account, region, name, ...(role ? { role } : {}), ...(vantage === undefined ? {} : { vantage }) });
    }
  }
  return { targets, missed };
}
