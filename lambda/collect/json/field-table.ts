import { unionOfTrees, type FieldTree } from '../fields/field-tree.ts';
import type { JsonModule } from './json-module.ts';
import { BYTES_OF_START, CHOOSER, EVERY_STRING, FIELD, HOLDS_OBJECTS, KEEPS_ELEMENTS, KEEPS_KEYS, MEMO, MEMO_BYTES, MOST_FRAMES, NODE, OPTION, STARTS, WHOLE } from './memory-layout.ts';

/** What stands in a table about a field of the outermost node besides what is kept of it. */
export interface FieldNote {
  /** Where the last value is remembered, and the field's bit. */
  readonly memo?: number;
  readonly bit?: number;
  /** The field may not stand here. */
  readonly refused?: true;
}

const encoder = new TextEncoder();
/** `project` compares and copies sixteen bytes at once. */
const SLACK = 16;
/** What one memo takes. */
export const MEMO_SIZE = MEMO.bytes + MEMO_BYTES + SLACK;

/** How many bytes the table of a tree takes; NaN: no table can say what it keeps. */
export function tableBytes(tree: FieldTree, depth = 1): number {
  if (tree.whole) return NODE.fields + 4;
  if (depth > MOST_FRAMES) return NaN;
  if (tree.keys.size === 0 && !tree.each && tree.where.length === 0 && tree.prefixes.length === 0) return NaN;
  if (tree.prefixes.some((prefix) => encoder.encode(prefix).length < BYTES_OF_START)) return NaN;
  // Elements that are chosen by several fields of theirs are read by the other reader.
  if (tree.where.some(({ key }) => key !== tree.where[0]!.key)) return NaN;
  let bytes = NODE.fields + 4 * slotsFor(tree.keys.size) + (tree.each ? tableBytes(tree.each, depth + 1) : 0);
  if (tree.prefixes.length > 0) bytes += startsBytes(tree.prefixes);
  if (tree.where.length > 0) bytes += chooserBytes(tree.where[0]!.key);
  for (const { equals, node } of optionsOf(tree)) bytes += optionBytes(equals) + tableBytes(node, depth + 1);
  for (const [name, child] of tree.keys) bytes += fieldBytes(encoder.encode(name).length) + tableBytes(child, depth + 1);
  return bytes;
}

/** Writes the table of a tree, for which there must be room. Returns where it lies. */
export function writeTable(module: JsonModule, tree: FieldTree, notes: ReadonlyMap<string, FieldNote> = new Map()): number {
  const { whole, keys, each, where, prefixes } = tree;
  const names = new Set(whole ? [] : [...keys.keys(), ...notes.keys()]);
  const slots = slotsFor(names.size);
  const node = module.takeTable(NODE.fields + 4 * slots);
  // Beside `whole` nothing else counts, and beside keys of its own a list may be kept.
  const holdsObjects = prefixes.length === 0 && (each ? !each.whole && each.keys.size > 0 : where.length > 0);
  const flags = whole ? WHOLE : (names.size > 0 ? KEEPS_KEYS : 0) | (each || where.length > 0 || prefixes.length > 0 ? KEEPS_ELEMENTS : 0) | (each?.whole ? EVERY_STRING : 0) | (holdsObjects ? HOLDS_OBJECTS : 0);
  module.view.setInt32(node + NODE.flags, flags, true);
  module.view.setInt32(node + NODE.mask, slots - 1, true);
  if (whole) return node;
  if (each) module.view.setInt32(node + NODE.each, writeTable(module, each), true);
  if (where.length > 0) module.view.setInt32(node + NODE.chooser, writeChooser(module, tree, module.view.getInt32(node + NODE.each, true)), true);
  if (prefixes.length > 0) module.view.setInt32(node + NODE.starts, writeStarts(module, prefixes), true);
  for (const name of names) writeField(module, node, slots, name, keys.get(name), notes.get(name));
  return node;
}

/** Of a string that begins as one that is kept the other reader says whether it is. */
function writeStarts(module: JsonModule, prefixes: readonly string[]): number {
  const starts = module.takeTable(startsBytes(prefixes));
  module.view.setInt32(starts + STARTS.count, prefixes.length, true);
  for (const [index, prefix] of prefixes.entries()) module.bytes.set(encoder.encode(prefix).subarray(0, BYTES_OF_START), starts + STARTS.bytes + BYTES_OF_START * index);
  return starts;
}

function startsBytes(prefixes: readonly string[]): number {
  return STARTS.bytes + BYTES_OF_START * prefixes.length;
}

function writeChooser(module: JsonModule, tree: FieldTree, otherwise: number): number {
  const key = encoder.encode(tree.where[0]!.key);
  const chooser = module.takeTable(chooserBytes(tree.where[0]!.key));
  module.view.setInt32(chooser + CHOOSER.length, key.length, true);
  module.view.setInt32(chooser + CHOOSER.otherwise, otherwise, true);
  module.bytes.set(key, chooser + CHOOSER.key);
  for (const { equals, node } of optionsOf(tree)) {
    const text = encoder.encode(equals);
    const option = module.takeTable(optionBytes(equals));
    module.view.setInt32(option + OPTION.next, module.view.getInt32(chooser + CHOOSER.options, true), true);
    module.view.setInt32(chooser + CHOOSER.options, option, true);
    module.view.setInt32(option + OPTION.length, text.length, true);
    module.bytes.set(text, option + OPTION.text);
    module.view.setInt32(option + OPTION.node, writeTable(module, node), true);
  }
  return chooser;
}

/** Of elements whose field is this text, what all elements keep and those do. */
function optionsOf({ each, where }: FieldTree): { readonly equals: string; readonly node: FieldTree }[] {
  return where.map(({ equals, tree }) => ({ equals, node: each ? unionOfTrees(each, tree) : tree }));
}

function chooserBytes(key: string): number {
  return CHOOSER.key + padded(encoder.encode(key).length);
}

function optionBytes(equals: string): number {
  return OPTION.text + padded(encoder.encode(equals).length);
}

function writeField(module: JsonModule, node: number, slots: number, name: string, tree: FieldTree | undefined, note: FieldNote | undefined): void {
  const { view } = module;
  const bytes = encoder.encode(name);
  const field = module.takeTable(fieldBytes(bytes.length));
  const slot = node + NODE.fields + 4 * (hashOf(bytes) & (slots - 1));
  view.setInt32(field + FIELD.next, view.getInt32(slot, true), true);
  view.setInt32(slot, field, true);
  view.setInt32(field + FIELD.memo, note?.memo ?? 0, true);
  view.setInt32(field + FIELD.bit, note?.bit ?? 0, true);
  view.setInt32(field + FIELD.length, bytes.length, true);
  module.bytes.set(bytes, field + FIELD.name);
  if (tree && !note?.refused) view.setInt32(field + FIELD.node, writeTable(module, tree), true);
}

export function writeMemo(module: JsonModule): number {
  return module.takeTable(MEMO_SIZE);
}

function fieldBytes(length: number): number {
  return FIELD.name + padded(length);
}

function padded(length: number): number {
  return (length + SLACK + 3) & ~3;
}

function slotsFor(fields: number): number {
  let slots = 1;
  while (slots < 2 * fields) slots *= 2;
  return slots;
}

/** As in `project-code.ts`; no field has an empty name. */
function hashOf(bytes: Uint8Array): number {
  return (bytes.length * 7) ^ bytes[0]! ^ (bytes.at(-1)! << 1);
}
