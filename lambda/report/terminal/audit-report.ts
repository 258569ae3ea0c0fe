import type { Digest } from '../../notify/digest.ts';
import { networkWords } from '../network-words.ts';
import { clusterBlocks, type ClusterLine } from './cluster-blocks.ts';
import { digestBlocks, type DigestOptions } from './digest-blocks.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

export interface AuditReport {
  readonly clusters: readonly ClusterLine[];
  readonly digest: Digest;
  /** Where it was kept, as the user would name it. */
  readonly store: string;
}

/** What `eksaminer audit` prints: the clusters, what changed (or the baseline), where it is kept; with everything, what was measured too. */
export function auditReport({ clusters, digest, store }: AuditReport, options: DigestOptions & TerminalOptions): string {
  const kept = digest.baseline ? [paragraph(0, `Kept in ${store}. The next run shows only what changed.`)] : [];
  const blocks = separated([clusterBlocks(clusters, options.now), options.items === Infinity ? networkBlocks(clusters) : [], [...digestBlocks(digest, options)], kept]);
  return layOut(blocks, options);
}

function networkBlocks(clusters: readonly ClusterLine[]): readonly Block[] {
  return clusters.flatMap((line) => ('assessment' in line && line.assessment.network ? [paragraph(0, span(line.label), `  network policies as written: ${networkWords(line.assessment.network)}`)] : []));
}
