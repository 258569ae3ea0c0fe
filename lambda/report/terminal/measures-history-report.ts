import { grouped, momentWords } from '../../model/time-words.ts';
import type { MeasuresOfCluster } from '../measures-history.ts';
import { networkWords } from '../network-words.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

const INDENT = 2;

interface HistoryOptions extends TerminalOptions {
  readonly now: string;
  /** Of a cluster; the newest. */
  readonly rows: number;
}

/** `eksaminer reach --history`: a block a cluster, and a paragraph for each look that measured something else than the one before it. */
export function measuresHistoryReport(clusters: readonly MeasuresOfCluster[], options: HistoryOptions): string {
  const blocks = clusters.map(({ cluster, looks }) => [paragraph(0, span(cluster.label, 'strong'), ': how well it is parted, as its policies are written'), ...lookBlocks(looks, options)]);
  const note = 'Of workloads outside the network of their node: who may open some connection to whom; blast radius: how many others one reaches; the Internet: at least half of its addresses.';
  return layOut(separated([...blocks, [paragraph(0, span(note, 'quiet'))]]), options);
}

function lookBlocks(looks: MeasuresOfCluster['looks'], { now, rows }: HistoryOptions): readonly Block[] {
  const kept: { readonly first: MeasuresOfCluster['looks'][number]; again: number }[] = [];
  let before: string | undefined;
  for (const look of looks) {
    const key = JSON.stringify(look.network ?? null);
    if (key === before) kept.at(-1)!.again += 1;
    else kept.push({ first: look, again: 0 });
    before = key;
  }
  const shown = kept.slice(Math.max(0, kept.length - rows));
  const hidden = kept.length - shown.length;
  return [
    ...(hidden > 0 ? [paragraph(INDENT, `… ${hidden} before; --all shows them`)] : []),
    ...shown.map(({ first, again }) => paragraph(INDENT, span(momentWords(first.observedAt, now), 'strong'), `  ${networkWords(first.network)}`, span(again === 0 ? '' : ` (and the same in the ${again === 1 ? 'look' : `${grouped(again)} looks`} after it)`, 'quiet'))),
  ];
}
