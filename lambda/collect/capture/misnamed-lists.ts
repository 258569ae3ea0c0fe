import { KINDS, type KindDefinition, type KubernetesSource } from '../../model/kinds.ts';
import type { TypeName } from '../json/known-kind.ts';
import type { CaptureContents } from './file-sink.ts';
import { sourcesOfFileName, sourcesOfType } from './kind-names.ts';

/** More kinds than these are a number. */
const NAMED_KINDS = 5;
/** Longest kind in a message, in UTF-16 units: what no audit reads may be called anything. */
const KIND_CAP = 60;

/**
 * Files whose name says one kind and whose lists hold others, where no other file speaks of the kind that the name says: a sentence
 * each. What they hold was read as what it is; somebody who thinks that they captured services did not.
 */
export function misnamedLists({ listsByFile, kubernetes, ownHeaders }: CaptureContents): readonly string[] {
  const problems: string[] = [];
  for (const [file, types] of listsByFile) {
    const said = ownHeaders.has(file) ? [] : sourcesOfFileName(file);
    const held = new Set([...types.values()].flatMap(({ apiVersion, kind }) => sourcesOfType(apiVersion, kind)));
    const unsaid = said.length > 0 && said.every((source) => !held.has(source) && !isSpokenOf(source, kubernetes));
    if (!unsaid) continue;
    const missing = [...new Set(said.map((source) => KINDS[source].plural))].join(', ');
    problems.push(`${file}: its name says ${missing}, and it holds ${kindsOf(types)}. They are read as what they are; no file of the capture lists ${missing}`);
  }
  return problems;
}

function isSpokenOf(source: KubernetesSource, kubernetes: CaptureContents['kubernetes']): boolean {
  const { listed, single, given, fault } = kubernetes.of(source);
  return listed || single || given > 0 || fault !== undefined;
}

function kindsOf(types: ReadonlyMap<string, TypeName>): string {
  const names = [...new Set([...types.values()].map(nameOf))].sort();
  const shown = names.slice(0, NAMED_KINDS);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} kinds more` : shown.join(', ');
}

/** As kubectl calls it, where we know it. */
function nameOf({ apiVersion, kind }: TypeName): string {
  const [source] = sourcesOfType(apiVersion, kind);
  if (source === undefined) return kind.length > KIND_CAP ? `${kind.slice(0, KIND_CAP - 1)}…` : kind;
  const { plural, group, builtIn }: KindDefinition = KINDS[source];
  return builtIn ? plural : `${plural}.${group}`;
}
