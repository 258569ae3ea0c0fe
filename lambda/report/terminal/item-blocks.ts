import type { DigestItem } from '../../notify/digest.ts';
import type { Severity } from '../../model/severity.ts';
import type { FindingChange } from '../../model/change.ts';
import { BLANK, paragraph, span, type Block, type Span } from './layout.ts';
import { placesWords } from '../../notify/place-words.ts';
import { resourceWords } from '../../model/resource-words.ts';

/** Wide enough for "critical" and a gap. */
const SEVERITY_COLUMN = 10;
/** Wide enough for "unexcepted", "critical" and gaps. */
const KIND_COLUMN = 12;

const NEWS: ReadonlySet<FindingChange['kind']> = new Set(['opened', 'reopened', 'worsened', 'unexcepted']);

export interface ItemOptions {
  /** Short ids by item id. */
  readonly short: ReadonlyMap<string, string>;
  /** How many places are named. */
  readonly places: number;
}

/** Open items of one check: severity, title and, where it is one item, its short id; where and why of each, and `more` of it; what to do, once. */
export function openItemsBlocks(items: readonly DigestItem[], { short, places }: ItemOptions, more: (item: DigestItem) => Block[] = () => []): Block[] {
  const first = items[0]!;
  const idOf = ({ id }: DigestItem): Span => span(short.get(id) ?? id, 'quiet');
  const head = { indent: SEVERITY_COLUMN, head: span(first.severity, first.severity), body: [span(first.title, 'strong')] };
  const where = (item: DigestItem): Block => paragraph(SEVERITY_COLUMN, ...whereAndWhy(item, places));
  return [
    ...(items.length === 1
      ? [{ ...head, tail: idOf(first) }, where(first), ...more(first)]
      : [head, ...items.flatMap((item) => [{ ...where(item), tail: idOf(item) }, ...more(item)])]),
    ...(first.remediation === '' ? [] : [paragraph(SEVERITY_COLUMN, first.remediation)]),
  ];
}

/** Items that changed, each for itself: kind of change, severity, title and short id; where; why only where it is news. */
export function changedItemsBlocks(items: readonly DigestItem[], options: ItemOptions): Block[] {
  return items.flatMap((item) => changedItemBlocks(item, options));
}

function changedItemBlocks(item: DigestItem, { short, places }: ItemOptions): Block[] {
  const news = NEWS.has(item.kind);
  const severity = severityWords(item);
  const head = [span(item.kind.padEnd(KIND_COLUMN)), ...severity];
  const indent = Math.max(KIND_COLUMN + SEVERITY_COLUMN, KIND_COLUMN + severity.reduce((sum, { text }) => sum + text.length, 0) + 2);
  const origin = item.origin === 'setting' ? ' (by a setting)' : '';
  if (!news) return [{ indent, head, body: [span(item.title), span('   '), span(placesWords(item.places, places)), span(origin)] }];
  return [
    { indent, head, body: [span(item.title, 'strong'), span(origin)], tail: span(short.get(item.id) ?? item.id, 'quiet') },
    paragraph(KIND_COLUMN + SEVERITY_COLUMN, ...whereAndWhy(item, places)),
  ];
}

function severityWords({ kind, severity, was, places }: DigestItem): Span[] {
  const times = places.length > 1 && !NEWS.has(kind) ? [span(` ×${places.length}`)] : [];
  if (was === undefined) return [span(severity, severity), ...times];
  return [span(was, was), span(' → '), span(severity, severity), ...times];
}

function whereAndWhy({ places }: DigestItem, named: number): Span[] {
  const { cluster, resource, message } = places[0]!;
  const words = resourceWords(resource);
  // Most messages name their place themselves.
  if (places.length === 1 && words !== '' && message.includes(words)) return [span(`${cluster.label}: ${message}`)];
  const same = places.every((place) => place.message === message);
  return [span(`${placesWords(places, named)}${same ? ': ' : '; for example: '}${message}`)];
}

/** "3 critical  9 high": only what there is. */
export function countsSpans(counts: { readonly [S in Severity]: number }): Span[] {
  const spans: Span[] = [];
  for (const [severity, count] of Object.entries(counts) as [Severity, number][]) {
    if (count === 0) continue;
    if (spans.length > 0) spans.push(span('  '));
    spans.push(span(`${count} ${severity}`, severity));
  }
  return spans;
}

export function separated(groups: readonly (readonly Block[])[]): Block[] {
  return groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? group : [BLANK, ...group]));
}
