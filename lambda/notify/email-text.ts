import { counted, grouped, momentWords } from '../model/time-words.ts';
import type { Bulletin, Entry, Section } from './bulletin.ts';
import { SECTIONS, restOf } from './bulletin.ts';
import { clusterWords, countsWords, groupPlaces, labelWords } from './cluster-words.ts';
import { consoleAddress } from './console-address.ts';
import { ASKING, SECTION_WORDS, changedByWords, firstLookWords, goneWords, messageOf, ownWords, sentence, severityWords, shortId, sightWords, titleOf } from './entry-words.ts';
import type { DigestItem } from './digest.ts';

export interface Shown {
  /** How many entries are shown; the rest is counted. */
  readonly entries: number;
  /** How many places of an item are named. */
  readonly places: number;
}

/** Plain text for a person, the whole of it in the order: what changed, where things stand, where to look closer. No line is a cluster's alone. */
export function emailText(bulletin: Bulletin, shown: Shown): string {
  return [[heading(bulletin)], ...sections(bulletin, shown), standing(bulletin), footer(bulletin, shown)]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function heading({ digest, accounts, now }: Bulletin): string {
  const { clusters } = digest.standing;
  const where = `in ${counted(clusters, 'cluster')}${accounts > 0 ? ` of ${counted(accounts, 'account')}` : ''}`;
  return digest.since === undefined ? `The first look, ${where}:` : `Since ${momentWords(digest.since, now)}, ${where}:`;
}

function sections(bulletin: Bulletin, shown: Shown): string[][] {
  const rest = restOf(bulletin, shown.entries);
  const kept = bulletin.entries.slice(0, shown.entries);
  let number = 0;
  return SECTIONS.map((section) => {
    const lines = kept.filter((entry) => entry.section === section).flatMap((entry) => entryLines(entry, bulletin, shown, () => ++number));
    const more = rest.get(section);
    if (more) lines.push(moreWords(section, more));
    return lines.length > 0 ? [SECTION_WORDS[section].toUpperCase(), ...lines] : [];
  });
}

function moreWords(section: Section, { entries, findings }: { readonly entries: number; readonly findings: number }): string {
  return `… and ${grouped(entries)} more${findings > entries ? ` in ${grouped(findings)} places` : ''} (${SECTION_WORDS[section].toLowerCase()}; see below where)`;
}

function entryLines(entry: Entry, bulletin: Bulletin, shown: Shown, number: () => number): string[] {
  switch (entry.type) {
    case 'item':
      return ASKING.has(entry.section) ? askingLines(entry.item, bulletin, shown, number()) : [itemLine(entry.item, shown)];
    case 'sight':
      return [`${clusterWords(entry.change.cluster)}: ${sightWords(entry.change)}.`];
    case 'gone':
      return [`${clusterWords(entry.cluster)}: ${goneWords(entry)}.`];
    case 'clusters':
      return [`${entry.cluster ? `Cluster ${clusterWords(entry.cluster)}` : `Account ${entry.account!}`}: ${firstLookWords(entry)}.`];
    case 'check':
      return [`Check "${titleOf(entry.own)}" (${sentence(entry.own.check)}): ${ownWords(entry.own)}.`];
  }
}

function askingLines(item: DigestItem, { now }: Bulletin, { places }: Shown, number: number): string[] {
  const { clusters, more } = groupPlaces(item.places, places);
  const setting = item.origin === 'setting' ? ' (by a setting)' : '';
  const changedBy = changedByWords(item, now);
  return [
    `${number}. ${severityWords(item)}  ${titleOf(item)}${setting}`,
    ...clusters.map(({ cluster, things }) => `   ${clusterWords(cluster)}${things.length > 0 ? `: ${things.join(', ')}` : ''}`),
    ...(more > 0 ? [`   and ${counted(more, 'more place')}`] : []),
    `   ${messageOf(item)}.`,
    ...(item.remediation === '' ? [] : [`   Fix: ${sentence(item.remediation)}`]),
    ...(item.places.length === 1 ? [`   First seen ${momentWords(item.places[0]!.since, now)}.${changedBy === undefined ? '' : ` Changed by: ${changedBy}.`}`] : []),
    `   eksaminer explain ${shortId(item)}`,
  ];
}

function itemLine(item: DigestItem, { places }: Shown): string {
  const { clusters, more } = groupPlaces(item.places, places);
  const where = clusters.map(({ cluster, things }) => `${labelWords(cluster)} ${things.join(', ')}`.trimEnd()).join('; ');
  return `${severityWords(item)}  ${titleOf(item)}   ${where}${more > 0 ? ` and ${grouped(more)} more` : ''}${item.origin === 'setting' ? ' (by a setting)' : ''}`;
}

function standing({ digest, route }: Bulletin): string[] {
  const { below, standing: now } = digest;
  const away = now.unseen.length + now.partly.length;
  return [
    ...(below.length > 0 ? [`Less severe than ${route.severity}, and not listed: ${below.map(({ kind, findings }) => `${grouped(findings)} ${kind}`).join(', ')}.`] : []),
    `Open now: ${countsWords(now.open)}. ${away === 0 ? 'Nothing is out of sight.' : `Out of sight, wholly or in part: ${counted(away, 'cluster')}.`}`,
  ];
}

function footer({ route, bucket, changeKeys, entries }: Bulletin, shown: Shown): string[] {
  const key = changeKeys.at(-1);
  const address = key === undefined ? undefined : consoleAddress(route.topicArn, bucket, key);
  return [
    ...(key === undefined ? [] : [`${shown.entries < entries.length ? 'Everything, also what is only counted here' : 'Every change'}: s3://${bucket}/${key}${changeKeys.length > 1 ? ` and ${grouped(changeKeys.length - 1)} before it` : ''}`]),
    ...(address === undefined ? [] : [address]),
    'To look closer, with a copy of the record:',
    `  aws s3 sync s3://${bucket} record --exclude "*" --include "state/*" --include "history/*"`,
    '  eksaminer explain ID --store record',
    `You get this because the route "${sentence(route.name)}" is told of findings of severity ${route.severity}${route.severity === 'critical' ? '' : ' and above'}, and of clusters that are new, gone, or out of sight. To accept a finding, see its explanation.`,
  ];
}
