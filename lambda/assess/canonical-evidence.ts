import { TEXT_CAP, cappedName, cappedText } from '../model/capped-text.ts';
import { setOwn } from '../model/set-own.ts';
import type { Evidence, Json } from '../model/violation.ts';

/** Longest list that evidence carries; a longer one is cut and its total said. */
const LIST_CAP = 20;
/** Longest evidence altogether, in UTF-16 units of JSON. Lists in lists of long names would be megabytes. */
const WHOLE_CAP = 65_536;
/** A character that JSON escapes takes six. */
const ESCAPED = 6;
/** What JSON puts around a value, and all of a value that is no text. */
const AROUND = 32;

/** Keys sorted, lists over the cap cut with `{ first, total }`, long strings cut with an ellipsis: the same facts give the same bytes. */
export function canonicalEvidence(evidence: Evidence): Evidence {
  // One fact shows thousands of findings in a row.
  if (last?.given !== evidence) {
    const whole = canonicalObject(evidence);
    last = { given: evidence, made: mostUnits(whole) > WHOLE_CAP && JSON.stringify(whole).length > WHOLE_CAP ? beginnings(whole) : whole };
  }
  return last.made;
}

let last: { readonly given: Evidence; readonly made: Evidence } | undefined;

/** What it takes as JSON at most: nearly all evidence is short, and need not be written to be measured. */
function mostUnits(value: Json): number {
  if (typeof value === 'string') return AROUND + ESCAPED * value.length;
  if (value === null || typeof value !== 'object') return AROUND;
  let units = AROUND;
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) units += mostUnits((value as readonly Json[])[i]!);
  else for (const key in value) units += ESCAPED * key.length + mostUnits((value as Evidence)[key]!);
  return units;
}

/** Where all of it is too much: the beginning of each fact, as JSON. */
function beginnings(evidence: Evidence): Evidence {
  const facts = Object.entries(evidence).slice(0, LIST_CAP);
  return Object.fromEntries(facts.map(([name, value]) => [cappedName(name), cappedText(JSON.stringify(value))]));
}

/** The object itself where nothing of it is to be changed: so it mostly is. */
function canonicalObject(value: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return isCanonicalObject(value) ? value : sortedObject(value);
}

function sortedObject(value: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  const sorted: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) setOwn(sorted, key, canonical(value[key]!));
  return sorted;
}

function isCanonicalObject(value: { readonly [key: string]: Json }): boolean {
  let before: string | undefined;
  for (const key in value) {
    if ((before !== undefined && key < before) || !isCanonical(value[key]!)) return false;
    before = key;
  }
  return true;
}

function isCanonical(value: Json): boolean {
  if (typeof value === 'string') return value.length <= TEXT_CAP;
  if (value === null || typeof value !== 'object') return true;
  if (!Array.isArray(value)) return isCanonicalObject(value as { readonly [key: string]: Json });
  if (value.length > LIST_CAP) return false;
  for (let i = 0; i < value.length; i++) if (!isCanonical((value as readonly Json[])[i]!)) return false;
  return true;
}

function canonical(value: Json): Json {
  if (typeof value === 'string') return cappedText(value);
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return sortedObject(value as { readonly [key: string]: Json });
  const items = value.map(canonical);
  return items.length > LIST_CAP ? { first: items.slice(0, LIST_CAP), total: items.length } : items;
}
