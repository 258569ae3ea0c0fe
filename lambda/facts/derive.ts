import type { Derived, Unread } from '../model/derived.ts';
import type { FieldPaths } from '../model/fields.ts';
import type { Refusal } from '../model/collected.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceName } from '../model/sources.ts';
import type { InputName, Inputs, Reach } from './define-fact.ts';
import type { Facts } from './facts.ts';
import { FACTS } from './registry.ts';
import { listed } from '../model/listed.ts';

/** Something that reads inputs: a fact or a check. */
export interface Reader {
  readonly needs: readonly InputName[];
  readonly wants: readonly InputName[];
  readonly eases?: readonly InputName[];
  readonly fields: FieldPaths;
  readonly reach?: Reach;
}

/** The inputs of one reader, or what is missing for them. */
export type Gathered =
  | { readonly ok: true; readonly input: Record<string, unknown>; readonly unread: readonly Unread[] }
  | { readonly ok: false; readonly unread: readonly Unread[] };

/** Hands readers their inputs from one snapshot; each fact is derived at most once. */
export interface FactResolver {
  fact<K extends keyof Facts>(name: K): Derived<Inputs[K]>;
  gather(reader: Reader): Gathered;
}

export function isFact(name: InputName): name is keyof Facts {
  return Object.hasOwn(FACTS, name);
}

export function createFactResolver(snapshot: Snapshot): FactResolver {
  const derived = new Map<keyof Facts, Derived<unknown>>();

  function fact<K extends keyof Facts>(name: K): Derived<Inputs[K]> {
    let value = derived.get(name);
    if (!value) {
      value = derive(name);
      derived.set(name, value);
    }
    return value as Derived<Inputs[K]>;
  }

  function derive(name: keyof Facts): Derived<unknown> {
    const definition = FACTS[name];
    const gathered = gather(definition);
    if (!gathered.ok) return gathered;
    const irrelevant = definition.irrelevant?.(gathered.input as never) ?? [];
    return { ok: true, value: definition.derive(gathered.input as never, snapshot.namespaces), unread: gathered.unread.filter(({ source }) => !irrelevant.includes(source)) };
  }

  function gather(reader: Reader): Gathered {
    const input: Record<string, unknown> = {};
    const missing: Unread[] = [];
    const unread: Unread[] = [];
    for (const name of reader.needs) {
      const value = isFact(name) ? fact(name) : readSource(snapshot, name, reader);
      if (value.ok) input[name] = value.value;
      if ('unread' in value) (value.ok ? unread : missing).push(...value.unread);
      else if (!value.ok) missing.push({ source: name as SourceName, reason: value.reason });
    }
    for (const name of reader.wants) {
      if (Object.hasOwn(input, name)) continue;
      const value = isFact(name) ? fact(name) : readSource(snapshot, name, reader);
      input[name] = value;
      if (reader.eases?.includes(name)) continue;
      if ('unread' in value) unread.push(...value.unread);
      else if (!value.ok) unread.push({ source: name as SourceName, reason: value.reason });
    }
    if (missing.length > 0) return { ok: false, unread: bySource([...missing, ...unread]) };
    return { ok: true, input, unread: bySource(unread) };
  }

  return { fact, gather };
}

/** A source as collected; refused where too few namespaces were looked at, or an older capture did not keep the fields that this reader reads. */
function readSource(snapshot: Snapshot, name: SourceName, { fields, reach }: Reader) {
  const value = snapshot.sources[name];
  const beyond = outOfReach(snapshot, reach?.[name]);
  if (value.ok && beyond) return { ok: false as const, reason: beyond };
  const kept = snapshot.fields?.[name];
  const asked = fields[name];
  if (!value.ok || !kept || !asked) return value;
  const lost = asked.filter((path) => !kept.includes(path));
  if (lost.length === 0) return value;
  const reason: Refusal = {
    code: 'fields-not-kept',
    message: `the capture was made by a version that did not keep ${lost.join(', ')}; make a new one`,
  };
  return { ok: false as const, reason };
}

function outOfReach({ namespaces }: Snapshot, needed: string | undefined): Refusal | undefined {
  if (needed === undefined || namespaces === 'all' || namespaces.includes(needed)) return undefined;
  const missing = needed === 'all' ? 'this depends on the whole cluster; look at all namespaces' : `this depends on ${needed} too; look at that namespace as well`;
  return { code: 'not-configured', message: `only ${listed(namespaces)} ${namespaces.length === 1 ? 'was' : 'were'} looked at, and ${missing}` };
}

function bySource(unread: readonly Unread[]): readonly Unread[] {
  const first = new Map<SourceName, Unread>();
  for (const row of unread) if (!first.has(row.source)) first.set(row.source, row);
  return [...first.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Names and revisions of all facts that a reader rests on, itself not included, sorted. */
export function factRevisions(reader: Reader): readonly string[] {
  const seen = new Map<keyof Facts, number>();
  const visit = (names: readonly InputName[]): void => {
    for (const name of names) {
      if (!isFact(name) || seen.has(name)) continue;
      const definition = FACTS[name];
      seen.set(name, definition.revision);
      visit(definition.needs);
      visit(definition.wants);
    }
  };
  visit(reader.needs);
  visit(reader.wants);
  return [...seen].map(([name, revision]) => `${name}.${revision}`).sort();
}

/** Every source that a reader rests on, through its facts too, sorted. */
export function sourcesOf(reader: Reader): readonly SourceName[] {
  const sources = new Set<SourceName>();
  const seen = new Set<keyof Facts>();
  const visit = (names: readonly InputName[]): void => {
    for (const name of names) {
      if (!isFact(name)) sources.add(name);
      else if (!seen.has(name)) {
        seen.add(name);
        visit(FACTS[name].needs);
        visit(FACTS[name].wants);
      }
    }
  };
  visit(reader.needs);
  visit(reader.wants);
  return [...sources].sort();
}

