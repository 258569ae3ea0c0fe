import type { Digest, DigestItem, OwnDifference } from '../../notify/digest.ts';
import type { SightChange } from '../../model/change.ts';
import { groupOf } from '../../notify/digest-items.ts';
import { totalOf } from '../../notify/severity-counts.ts';
import { counted, grouped, sinceWords, momentWords } from '../../model/time-words.ts';
import { changedItemsBlocks, countsSpans, openItemsBlocks, separated, type ItemOptions } from './item-blocks.ts';
import { paragraph, span, type Block } from './layout.ts';

export interface DigestOptions extends ItemOptions {
  /** UTC, ISO 8601. */
  readonly now: string;
  /** How many items of a baseline are shown. */
  readonly items: number;
  /** How many items that changed are shown. */
  readonly news: number;
  /** What the reader types to see the rest. */
  readonly rest: string;
}

/** Baseline, news, what came from us, what went out of sight; one line where nothing changed. */
export function digestBlocks(digest: Digest, options: DigestOptions): Block[] {
  // Of clusters that were never looked at there is no news: their own lines say why.
  const news = digest.since !== undefined && (digest.items.length > 0 || digest.own.length > 0 || digest.sight.length > 0 || digest.gone.length > 0);
  return separated([
    digest.baseline ? baselineBlocks(digest, options) : [],
    news ? newsBlocks(digest, options) : [],
    !news && digest.since !== undefined ? [paragraph(0, quietLine(digest, options.now))] : [],
  ]);
}

function baselineBlocks({ baseline }: Digest, options: DigestOptions): Block[] {
  const { clusters, counts, items } = baseline!;
  const total = totalOf(counts);
  const heading = `Baseline of ${counted(clusters.length, 'cluster')}: ${total === 0 ? 'no findings' : counted(total, 'finding')}`;
  return separated([[paragraph(0, span(heading, 'strong'), '   ', ...countsSpans(counts))], [...capped(items, options.items, options, openItemsBlocks)]]);
}

function newsBlocks(digest: Digest, options: DigestOptions): Block[] {
  const { counts, items, since } = digest;
  const summary = counts.map(({ kind, findings }) => `${grouped(findings)} ${kind}`).join('  ') || 'Nothing opened, worsened or resolved';
  const heading = paragraph(0, span(summary, 'strong'), since === undefined ? '' : `   (${sinceWords(since, options.now)})`);
  return separated([
    [heading],
    capped(items, options.news, options, changedItemsBlocks),
    digest.own.map(ownBlock),
    digest.gone.map(({ cluster, findings }) => ({ indent: 12, head: span('gone'), body: [span(`${cluster.label}  the cluster does not exist any more; its ${counted(findings, 'finding')} closed with it`)] })),
    digest.sight.map((change) => sightBlock(change, digest)).filter((block) => block !== undefined),
    digest.standing.unseen.length + digest.standing.partly.length > 0 || totalOf(digest.standing.open) > 0 ? [paragraph(0, standingLine(digest, options.now))] : [],
  ]);
}

function capped(items: readonly DigestItem[], most: number, options: DigestOptions, blocksOf: (items: readonly DigestItem[], options: ItemOptions) => Block[]): Block[] {
  const blocks = [...Map.groupBy(items.slice(0, most), groupOf).values()].flatMap((group) => blocksOf(group, options));
  const more = items.slice(most);
  if (more.length === 0) return blocks;
  const findings = more.reduce((sum, { places }) => sum + places.length, 0);
  const where = findings === more.length ? '' : ` in ${grouped(findings)} places`;
  return [...blocks, paragraph(2, `… ${grouped(more.length)} more${where}: ${options.rest}`)];
}

/** What an upgrade of ours or a new permission shows must not look like an incident. */
function ownBlock({ check, title, origin, clusters, opened, others }: OwnDifference): Block {
  const total = totalOf(opened);
  const why = origin === 'revision' ? 'this version of Eksaminer looks closer' : 'looked at for the first time';
  const where = clusters.length === 1 ? clusters[0]!.label : counted(clusters.length, 'cluster');
  const found = [...(total > 0 ? [`${counted(total, 'finding')} to begin with`] : []), ...(others > 0 ? [`${counted(others, 'finding')} changed or closed`] : [])].join(', ');
  return { indent: 12, head: span('not news'), body: [span(`${title} (${check}) in ${where}: ${why}; ${found}`)] };
}

function sightBlock({ kind, cluster, checks, reason, findings }: SightChange, { standing }: Digest): Block | undefined {
  const regained = kind === 'regained-sight';
  // The line of the cluster itself says it already.
  if (!regained && checks === undefined && standing.unseen.some((unseen) => unseen.cluster.id === cluster.id)) return undefined;
  const what = checks === undefined ? 'the whole cluster' : checks.length <= 3 ? checks.join(', ') : `${checks.slice(0, 2).join(', ')} and ${checks.length - 2} more checks`;
  const stay = regained ? '' : `. ${findings === 1 ? '1 finding stays' : `${grouped(findings)} findings stay`} open, unseen.`;
  return { indent: 14, head: span(regained ? 'in sight' : 'out of sight'), body: [span(`${cluster.label}  ${what}${reason === undefined ? '' : `: ${reason}`}${stay}`)] };
}

/** "No change in 2 clusters since yesterday 06:00 UTC. 28 findings open, nothing out of sight." */
export function quietLine(digest: Digest, now: string): string {
  const { standing, since } = digest;
  return `No change in ${counted(standing.clusters, 'cluster')} since ${momentWords(since!, now)}. ${standingLine(digest, now)}`;
}

function standingLine({ standing }: Digest, now: string): string {
  const open = totalOf(standing.open);
  const findings = open === 0 ? 'No findings open' : `${counted(open, 'finding')} open`;
  const away = [
    ...standing.unseen.map(({ cluster, since }) => `${cluster.label} (since ${momentWords(since, now)})`),
    ...standing.partly.map(({ cluster, checks }) => `${counted(checks.length, 'check')} of ${cluster.label}`),
  ];
  if (away.length === 0) return `${findings}, nothing out of sight.`;
  return `${findings}; out of sight: ${away.slice(0, 3).join(', ')}${away.length > 3 ? ` and ${away.length - 3} more` : ''}.`;
}
