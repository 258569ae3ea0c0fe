import { createHash } from 'node:crypto';
import { grouped } from '../model/time-words.ts';
import { findingsOf, type Bulletin, type Entry } from './bulletin.ts';
import { countsWords, groupPlaces, labelWords } from './cluster-words.ts';
import { consoleAddress } from './console-address.ts';
import { cutText } from './cut-text.ts';
import { ASKING, SECTION_WORDS, firstLookWords, goneWords, messageOf, ownWords, sentence, severityWords, shortId, sightWords, titleOf } from './entry-words.ts';
import { subjectOf } from './subject.ts';

/** Longest texts that are sent, in UTF-16 units. The service drops without a word what its schema refuses, and does not say how long is too long. */
const TITLE_CAP = 250;
const DESCRIPTION_CAP = 3_000;
const TEXT_CAP = 250;
const NAME_CAP = 150;
/** Longest that an escape makes a character. */
const LONGEST_ESCAPE = 5;
/** More than these nobody reads in a channel. */
const MOST_ENTRIES = 10;
const PLACES = 3;

/**
 * A custom notification for Amazon Q Developer in chat applications, version 1.0, as JSON.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function chatMessage(bulletin: Bulletin): string {
  const { route, to } = bulletin;
  // A title that is cut must not end within an entity.
  const title = cutText(chatText(subjectOf(bulletin).replace(/[&<>]/g, '?')), TITLE_CAP);
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: `eksaminer-${route.name}-${to}`,
    content: {
      textType: 'client-markdown',
      title,
      description: describe(bulletin),
      keywords: [...new Set(bulletin.entries.map(({ section }) => section))],
    },
    metadata: {
      threadId: threadOf(bulletin),
      summary: title,
      eventType: 'eksaminer-digest',
      additionalContext: { route: route.name, seal: String(to) },
      enableCustomActions: false,
    },
  });
}

/** As many entries as fit, whole, and how many there are besides. */
function describe(bulletin: Bulletin): string {
  const closing = context(bulletin);
  const blocks: string[] = [];
  let length = closing.length;
  for (const [index, entry] of bulletin.entries.entries()) {
    const block = entryBlock(entry);
    const more = moreWords(bulletin.entries.slice(index));
    if (index === MOST_ENTRIES || length + block.length + more.length + 4 > DESCRIPTION_CAP) return [...blocks, more, closing].join('\n\n');
    blocks.push(block);
    length += block.length + 2;
  }
  return [...blocks, closing].join('\n\n');
}

function moreWords(entries: readonly Entry[]): string {
  let findings = 0;
  for (const entry of entries) findings += findingsOf(entry);
  return `… and ${grouped(entries.length)} more${findings > 0 ? ` (${grouped(findings)} findings)` : ''}`;
}

function context({ digest, route, bucket, changeKeys }: Bulletin): string {
  const away = digest.standing.unseen.length + digest.standing.partly.length;
  let below = 0;
  for (const { findings } of digest.below) below += findings;
  const key = changeKeys.at(-1);
  const address = key === undefined ? undefined : consoleAddress(route.topicArn, bucket, key);
  return [
    `Open now: ${countsWords(digest.standing.open)}${away > 0 ? `; ${grouped(away)} out of sight` : ''}${below > 0 ? `; ${grouped(below)} changes below ${route.severity}` : ''}.`,
    ...(address === undefined ? [] : [`All changes: ${address}`]),
  ].join('\n');
}

function entryBlock(entry: Entry): string {
  const heading = SECTION_WORDS[entry.section].toLowerCase();
  switch (entry.type) {
    case 'item': {
      const { item } = entry;
      const { clusters, more } = groupPlaces(item.places, PLACES);
      const where = clusters.map(({ cluster, things }) => [labelWords(cluster), ...things].map(code).join(' ')).join(', ') + (more > 0 ? ` and ${grouped(more)} more` : '');
      const first = `*${heading}* ${severityWords(item)}: *${short(titleOf(item))}* \`${shortId(item)}\``;
      if (!ASKING.has(entry.section)) return `${first}\n${where}`;
      return [first, where, short(messageOf(item)), ...(item.remediation === '' ? [] : [`Fix: ${short(sentence(item.remediation))}`])].join('\n');
    }
    case 'sight':
      return `*${heading}* ${code(labelWords(entry.change.cluster))}: ${short(sightWords(entry.change))}`;
    case 'gone':
      return `*${heading}* ${code(labelWords(entry.cluster))}: ${goneWords(entry)}`;
    case 'clusters':
      return `*first look* ${entry.cluster ? code(labelWords(entry.cluster)) : `account ${entry.account!}`}: ${firstLookWords(entry)}`;
    case 'check':
      return `*first look* ${short(titleOf(entry.own))}: ${ownWords(entry.own)}`;
  }
}

/** One cluster's news is one thread; that of several is the route's. */
function threadOf({ route, entries }: Bulletin): string {
  const clusters = new Set(entries.flatMap(clustersOf));
  const [only = ''] = clusters;
  return clusters.size === 1 ? `eksaminer/${createHash('sha256').update(only).digest('hex').slice(0, 16)}` : `eksaminer/${route.name}`;
}

function clustersOf(entry: Entry): readonly string[] {
  if (entry.type === 'item') return entry.item.places.map(({ cluster }) => cluster.id);
  if (entry.type === 'check') return entry.own.clusters.map(({ id }) => id);
  if (entry.type === 'sight') return [entry.change.cluster.id];
  return [entry.cluster?.id ?? `account ${entry.type === 'clusters' ? entry.account : ''}`];
}

function short(text: string): string {
  return fitted(text, TEXT_CAP, chatText);
}

/** Names stand as code: neither marks nor mentions nor links are looked for in it. */
function code(name: string): string {
  return `\`${fitted(name, NAME_CAP, (text) => escapeEntities(text).replaceAll('`', "'"))}\``;
}

/** Cut before it is escaped, never through an escape; somewhat longer than the cap at most. */
function fitted(text: string, cap: number, escape: (text: string) => string): string {
  const escaped = escape(cutText(text, cap));
  return escaped.length <= cap * 1.2 ? escaped : escape(cutText(text, Math.floor(cap / LONGEST_ESCAPE)));
}

/** Text in which Slack and Teams find no mention, no link and no mark of ours. https://docs.slack.dev/messaging/formatting-message-text */
export function chatText(text: string): string {
  return escapeEntities(text)
    .replaceAll('`', "'")
    .replaceAll('*', '∗')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/\](?=\()/g, ']\u200b')
    .replace(/:(?=\/\/)/g, ':\u200b');
}

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
