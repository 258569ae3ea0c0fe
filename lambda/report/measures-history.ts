import type { ClusterIdentity } from '../model/cluster-target.ts';
import { compareText } from '../model/compare-text.ts';
import type { LookRow } from '../model/history.ts';
import type { MeasuredNetwork } from '../model/network-measures.ts';

/** What looks at one cluster measured, in the order in which they were committed. */
export interface MeasuresOfCluster {
  readonly cluster: ClusterIdentity;
  readonly looks: readonly { readonly run: string; readonly seq: number; readonly observedAt: string; readonly network: MeasuredNetwork | undefined }[];
}

/** Of looks that were made: by cluster, sorted by label. */
export function measuresHistory(rows: readonly LookRow[]): readonly MeasuresOfCluster[] {
  const found = new Map<string, { cluster: ClusterIdentity; looks: MeasuresOfCluster['looks'][number][] }>();
  for (const { cluster, result, run, seq, observedAt, network } of rows) {
    if (!cluster || result !== 'audited') continue;
    const known = found.get(cluster.id);
    const own = { ...{ run, seq, observedAt }, network };
    if (known) {
      known.cluster = cluster;
      known.looks.push(own);
    } else found.set(cluster.id, { cluster, looks: [own] });
  }
  return [...found.values()].sort((a, b) => compareText(a.cluster.label, b.cluster.label) || compareText(a.cluster.id, b.cluster.id));
}
