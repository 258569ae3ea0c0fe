import { compareSeverity, type Severity } from '../model/severity.ts';
import type { Bulletin, Section } from './bulletin.ts';
import { chatMessage } from './chat-message.ts';
import { digestDocument } from './digest-document.ts';
import { emailText, type Shown } from './email-text.ts';
import { MESSAGE_CAP, sizeOf, type SnsAttribute, type SnsMessage } from './sns-message.ts';
import { subjectOf } from './subject.ts';

/** Protocols whose subscribers are programs. `default` is for all others: people's. */
const PROGRAMS = ['sqs', 'lambda', 'https', 'firehose'] as const;
/** More entries are not tried: they would not fit. */
const MOST_ENTRIES = 2_000;
/** Places named of an item. Where not even one entry fits, fewer are. */
const PLACES = [10, 3, 1] as const;
/** Kept free: what a topic or a later version of the service adds. */
const RESERVE = 2_048;
const MOST_ACCOUNTS = 1_000;

/** The message that tells a route what it is told, as much of it as fits; the rest is counted in it. */
export function routeMessage(bulletin: Bulletin): SnsMessage {
  const { route } = bulletin;
  const frame = { topicArn: route.topicArn, subject: subjectOf(bulletin), attributes: attributesOf(bulletin) };
  if (route.format === 'chat') return { ...frame, body: chatMessage(bulletin) };
  const message = (shown: Shown): SnsMessage => ({ ...frame, structure: 'json', body: bodyOf(bulletin, shown) });
  const fits = (shown: Shown): boolean => sizeOf(message(shown)) <= MESSAGE_CAP - RESERVE;
  for (const places of PLACES) {
    const entries = most(Math.min(bulletin.entries.length, MOST_ENTRIES), (count) => fits({ entries: count, places }));
    if (entries > 0) return message({ entries, places });
  }
  return message({ entries: 0, places: 1 });
}

function bodyOf(bulletin: Bulletin, shown: Shown): string {
  const document = digestDocument(bulletin, shown);
  return JSON.stringify({ default: emailText(bulletin, shown), ...Object.fromEntries(PROGRAMS.map((protocol) => [protocol, document])) });
}

/** The largest number up to `highest` that fits, 0 where none does. What fits once fits with less. */
function most(highest: number, fits: (count: number) => boolean): number {
  if (fits(highest)) return highest;
  let low = 0;
  let high = highest;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

const OPENING: ReadonlySet<Section> = new Set(['opened', 'reopened', 'worsened']);

/**
 * For filter policies, about the whole of the news, whatever of it is shown. `severityMax` and `severity` tell of what opened, reopened or
 * worsened (`none`: nothing did); a first look is no incident. `account`: all that are named, with `more` among them where these are too many.
 */
function attributesOf({ route, entries }: Bulletin): Record<string, SnsAttribute> {
  const severities = new Set<Severity>();
  const accounts = new Set<string>();
  const note = (account: string | undefined): void => void (account !== undefined && accounts.add(account));
  for (const entry of entries) {
    if (entry.type === 'item') {
      for (const { cluster, severity } of entry.item.places) {
        note(cluster.account);
        if (OPENING.has(entry.section)) severities.add(severity);
      }
    } else if (entry.type === 'sight') note(entry.change.cluster.account);
    else if (entry.type === 'check') for (const { account } of entry.own.clusters) note(account);
    else note(entry.cluster?.account ?? (entry.type === 'clusters' ? entry.account : undefined));
  }
  const worst = [...severities].sort(compareSeverity);
  const named = [...accounts].sort();
  return {
    route: route.name,
    severityMax: worst[0] ?? 'none',
    change: [...new Set(entries.map(({ section }) => section))],
    ...(worst.length > 0 ? { severity: worst } : {}),
    ...(named.length > 0 ? { account: named.length > MOST_ACCOUNTS ? [...named.slice(0, MOST_ACCOUNTS), 'more'] : named } : {}),
  };
}
