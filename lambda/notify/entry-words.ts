import type { SightChange } from '../model/change.ts';
import { counted, grouped, momentWords } from '../model/time-words.ts';
import { countsWords } from './cluster-words.ts';
import { plainText } from './cut-text.ts';
import type { DigestItem, OwnDifference } from './digest.ts';
import type { Entry, Section } from './bulletin.ts';
import type { SeverityCounts } from './severity-counts.ts';
import { totalOf } from './severity-counts.ts';

/** Digits of an item's id in a message: among all items of an organization enough to be one's alone. */
const SHORT_ID = 8;
const SENTENCE_CAP = 500;
const TITLE_CAP = 200;

export const SECTION_WORDS: { readonly [S in Section]: string } = {
  opened: 'Opened',
  reopened: 'Reopened',
  worsened: 'Worsened',
  unexcepted: 'No longer excepted',
  'lost-sight': 'Out of sight',
  gone: 'Gone',
  'first-look': 'First looks',
  eased: 'Eased',
  excepted: 'Excepted',
  resolved: 'Resolved',
  'regained-sight': 'In sight again',
};

/** Sections whose items are told with why and what to do; the others in a line each. */
export const ASKING: ReadonlySet<Section> = new Set(['opened', 'reopened', 'worsened', 'unexcepted']);

export function shortId({ id }: DigestItem): string {
  return id.slice(0, SHORT_ID);
}

export function titleOf({ title }: { readonly title: string }): string {
  return plainText(title, TITLE_CAP);
}

/** "medium → critical", "low ×2". */
export function severityWords({ severity, was, places, kind }: DigestItem): string {
  const times = places.length > 1 && !ASKING.has(kind as Section) ? ` ×${grouped(places.length)}` : '';
  return `${was === undefined ? '' : `${was} → `}${severity}${times}`;
}

/** What is wrong, of the worst place; of the others it may be said otherwise. */
export function messageOf({ places }: DigestItem): string {
  const { message } = places[0]!;
  return `${places.every((place) => place.message === message) ? '' : 'For example: '}${sentence(message)}`;
}

export function sentence(text: string): string {
  return plainText(text, SENTENCE_CAP);
}

/** Who wrote it last, where one thing is at fault: a hint, no proof. */
export function changedByWords({ places }: DigestItem, now: string): string | undefined {
  const { changedBy } = places[0]!;
  return changedBy && places.length === 1 ? `${plainText(changedBy.manager, 100)}, ${momentWords(changedBy.time, now)} (managedFields)` : undefined;
}

/** "the API server did not answer in 10 s; 11 findings there stay open, unseen". */
export function sightWords({ kind, checks, reason, findings }: SightChange): string {
  const what = checks === undefined ? [] : [checks.length <= 3 ? checks.map((check) => plainText(check, 100)).join(', ') : `${checks.slice(0, 2).map((check) => plainText(check, 100)).join(', ')} and ${checks.length - 2} more checks`];
  if (kind === 'regained-sight') return [...what, 'it can be looked at again'].join(': ');
  const why = [...what, ...(reason === undefined ? [] : [sentence(reason)])].join(': ');
  const stay = findings === 1 ? '1 finding there stays open, unseen' : `${grouped(findings)} findings there stay open, unseen`;
  return `${why === '' ? 'it cannot be looked at' : why}; ${findings === 0 ? 'nothing is open there' : stay}`;
}

export function goneWords({ findings }: Extract<Entry, { type: 'gone' }>): string {
  return `the cluster does not exist any more${findings === 0 ? '' : `; its ${counted(findings, 'finding')} closed with it`}`;
}

/** "4 clusters, 31 findings (3 critical, 28 low)". */
export function firstLookWords({ account, clusters, counts }: { readonly account?: string; readonly clusters: number; readonly counts: SeverityCounts }): string {
  return account === undefined ? countsWords(counts) : `${counted(clusters, 'cluster')}, ${countsWords(counts)}`;
}

/** "this version looks closer, 24 clusters; 3 findings (3 high) to begin with". An upgrade of ours must not look like an incident. */
export function ownWords({ origin, clusters, opened, others }: OwnDifference): string {
  const why = origin === 'revision' ? 'this version of Eksaminer looks closer' : 'looked at for the first time';
  const found = [...(totalOf(opened) > 0 ? [`${countsWords(opened)} to begin with`] : []), ...(others > 0 ? [`${counted(others, 'finding')} changed or closed`] : [])].join(', ');
  return `${why}, ${counted(clusters.length, 'cluster')}; ${found}`;
}
