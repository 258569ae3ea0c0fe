import { groupOf } from '../../notify/digest-items.ts';
import { totalOf, countSeverities } from '../../notify/severity-counts.ts';
import type { DigestItem } from '../../notify/digest.ts';
import { counted, grouped, momentWords } from '../../model/time-words.ts';
import { countsSpans, openItemsBlocks, separated, type ItemOptions } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

export interface FindingsOptions extends ItemOptions, TerminalOptions {
  readonly items: number;
  readonly now: string;
  /** Whether filters were given: then nothing found means less. */
  readonly filtered: boolean;
  /** The command that explains one. */
  readonly explain: string;
  /** Clusters in the record. */
  readonly clusters: number;
}

/** What `eksaminer findings` prints: open findings as items, the most consequential first. */
export function findingsReport(items: readonly DigestItem[], options: FindingsOptions): string {
  const counts = countSeverities(items.flatMap(({ places }) => places.map(({ severity }) => severity)));
  const total = totalOf(counts);
  const clusters = counted(options.clusters, 'cluster');
  if (total === 0) {
    const words = options.filtered ? `No open finding of this kind in the record of ${clusters}.` : `No findings open in ${clusters}.`;
    return layOut([paragraph(0, words)], options);
  }
  const heading = paragraph(0, span(`${counted(total, 'finding')} open`, 'strong'), '   ', ...countsSpans(counts));
  const groups = Map.groupBy(items.slice(0, options.items), groupOf).values();
  const shown = [...groups].flatMap((group) => openItemsBlocks(group, options, (item) => unseenBlocks(item, options.now)));
  const more = items.length - Math.min(items.length, options.items);
  const rest = more > 0 ? [paragraph(2, `… ${grouped(more)} more: --all`)] : [];
  return layOut(separated([[heading], [...shown, ...rest], [paragraph(0, `What one means and what to do: ${options.explain}`)]]), options);
}

function unseenBlocks({ places }: DigestItem, now: string): Block[] {
  const away = places.flatMap(({ unseen }) => unseen ?? []).sort();
  if (away.length === 0) return [];
  const which = away.length === places.length ? '' : `${grouped(away.length)} of ${grouped(places.length)} `;
  return [paragraph(10, `${which}out of sight since ${momentWords(away[0]!, now)}: nobody could look whether it is still there.`)];
}
