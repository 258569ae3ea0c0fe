import type { MeasuresOfCluster } from '../measures-history.ts';
import { MEASURED_BY_NOBODY } from '../network-words.ts';
import { asciiJson } from './ascii-json.ts';

/** `eksaminer reach --history --output json`, as `docs/schema/reach-history-1.json` describes it. */
export function measuresHistoryDocument(clusters: readonly MeasuresOfCluster[]): string {
  return asciiJson({
    schemaVersion: 1,
    clusters: clusters.map(({ cluster, looks }) => ({
      cluster: cluster.id,
      label: cluster.label,
      looks: looks.map(({ run, seq, observedAt, network }) => ({ run, seq, observedAt, measures: network?.measures ?? null, unsure: network?.unsure ?? [MEASURED_BY_NOBODY] })),
    })),
  });
}
