import { setOwn } from '../../model/set-own.ts';

import { EVERY } from '../../model/fields.ts';

/**
 * Field paths compiled for trimming. The grammar of a path stands in `model/fields.ts`.
 */
export interface FieldTree {
  /** Keep the value with all below it. */
  readonly whole: boolean;
  /** Fields of an object. */
  readonly keys: ReadonlyMap<string, FieldTree>;
  /** Elements of a list, all alike. */
  readonly each: FieldTree | undefined;
  /** Elements of a list whose field `key` is the string `equals`. */
  readonly where: readonly { readonly key: string; readonly equals: string; readonly tree: FieldTree }[];
  /** Strings of a list that begin with one of these. */
  readonly prefixes: readonly string[];
}

interface GrowingTree {
  whole: boolean;
  keys: Map<string, GrowingTree>;
  each: GrowingTree | undefined;
  where: { key: string; equals: string; tree: GrowingTree }[];
  prefixes: string[];
}

type Step =
  | { readonly type: 'key'; readonly name: string }
  | { readonly type: 'each' }
  | { readonly type: 'where'; readonly key: string; readonly equals: string }
  | { readonly type: 'prefix'; readonly prefix: string };

const STEP = /\.?([A-Za-z0-9_$-]+)|\["([^"]+)"\]|\[\]|\[\^([^\]]+)\]|\[([A-Za-z0-9]+)=([^\]]+)\]/y;

/** Throws with the path and the position where a path is malformed: a mistake in a check, found by its tests. */
export function parseFieldPath(path: string): readonly Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(path);
    if (!match) throw new Error(`field path "${path}": cannot be read from position ${at}`);
    const [, bare, quoted, prefix, key, equals] = match;
    if (bare !== undefined) steps.push({ type: 'key', name: bare });
    else if (quoted !== undefined) steps.push({ type: 'key', name: quoted });
    else if (prefix !== undefined) steps.push({ type: 'prefix', prefix });
    else if (key !== undefined && equals !== undefined) steps.push({ type: 'where', key, equals });
    else steps.push({ type: 'each' });
  }
  if (steps.length === 0) throw new Error('field path is empty');
  return steps;
}

function emptyTree(): GrowingTree {
  return { whole: false, keys: new Map(), each: undefined, where: [], prefixes: [] };
}

function descend(tree: GrowingTree, step: Step): GrowingTree {
  if (step.type === 'key') {
    let child = tree.keys.get(step.name);
    if (!child) tree.keys.set(step.name, (child = emptyTree()));
    return child;
  }
  if (step.type === 'each') return (tree.each ??= emptyTree());
  if (step.type === 'where') {
    const known = tree.where.find((w) => w.key === step.key && w.equals === step.equals);
    if (known) return known.tree;
    const child = emptyTree();
    // The field that an element is chosen by stays with it.
    child.keys.set(step.key, { ...emptyTree(), whole: true });
    tree.where.push({ key: step.key, equals: step.equals, tree: child });
    return child;
  }
  if (!tree.prefixes.includes(step.prefix)) tree.prefixes.push(step.prefix);
  return emptyTree();
}

/** Always kept of a Kubernetes object. */
export const ALWAYS_KEPT: readonly string[] = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'];

export function compileFields(paths: readonly string[]): FieldTree {
  const root = emptyTree();
  for (const path of paths) {
    let tree = root;
    const steps = parseFieldPath(path.startsWith(EVERY) ? path.slice(EVERY.length) : path);
    for (const step of steps) tree = descend(tree, step);
    if (steps.at(-1)!.type !== 'prefix') tree.whole = true;
  }
  return root;
}

/** What either tree keeps. */
export function unionOfTrees(a: FieldTree, b: FieldTree): FieldTree {
  if (a === b) return a;
  const keys = new Map(a.keys);
  for (const [key, child] of b.keys) keys.set(key, unionOfOptional(keys.get(key), child)!);
  const where = [...a.where];
  for (const chosen of b.where) {
    const at = where.findIndex(({ key, equals }) => key === chosen.key && equals === chosen.equals);
    if (at < 0) where.push(chosen);
    else where[at] = { ...chosen, tree: unionOfTrees(where[at]!.tree, chosen.tree) };
  }
  return { whole: a.whole || b.whole, keys, each: unionOfOptional(a.each, b.each), where, prefixes: [...new Set([...a.prefixes, ...b.prefixes])] };
}

function unionOfOptional(a: FieldTree | undefined, b: FieldTree | undefined): FieldTree | undefined {
  return a && b ? unionOfTrees(a, b) : (a ?? b);
}

/** Whether `tree` keeps all that `part` keeps. */
export function isWithin(part: FieldTree, tree: FieldTree): boolean {
  if (tree.whole) return true;
  if (part.whole) return false;
  for (const [key, child] of part.keys) if (!isWithinOptional(child, tree.keys.get(key))) return false;
  if (part.each && !isWithinOptional(part.each, tree.each)) return false;
  for (const { key, equals, tree: child } of part.where) {
    if (!isWithinOptional(child, tree.where.find((chosen) => chosen.key === key && chosen.equals === equals)?.tree)) return false;
  }
  return part.prefixes.every((prefix) => tree.prefixes.includes(prefix));
}

function isWithinOptional(part: FieldTree, tree: FieldTree | undefined): boolean {
  return tree !== undefined && isWithin(part, tree);
}

const NOTHING = Symbol('nothing kept');

/** The same trimming on a parsed value. Returns `undefined` where nothing of it is kept. */
export function project(value: unknown, tree: FieldTree): unknown {
  const kept = projectOrNothing(value, tree);
  return kept === NOTHING ? undefined : kept;
}

function projectOrNothing(value: unknown, tree: FieldTree): unknown {
  if (tree.whole || value === null) return value;
  if (Array.isArray(value)) return projectList(value, tree);
  if (typeof value !== 'object') return NOTHING;
  if (tree.keys.size === 0) return NOTHING;
  const kept: Record<string, unknown> = {};
  for (const [key, child] of tree.keys) {
    if (!Object.hasOwn(value, key)) continue;
    const inner = projectOrNothing((value as Record<string, unknown>)[key], child);
    if (inner !== NOTHING) setOwn(kept, key, inner);
  }
  return kept;
}

function projectList(list: readonly unknown[], tree: FieldTree): unknown {
  if (!tree.each && tree.where.length === 0 && tree.prefixes.length === 0) return NOTHING;
  const kept: unknown[] = [];
  for (const element of list) {
    if (typeof element === 'string') {
      if (tree.each?.whole || tree.prefixes.some((p) => element.startsWith(p))) kept.push(element);
      continue;
    }
    const chosen = treeForElement(element, tree);
    const part = chosen ? projectOrNothing(element, chosen) : NOTHING;
    if (part !== NOTHING) kept.push(part);
  }
  return kept;
}

/** What is kept of one element: what all elements keep, and what those chosen by a field of theirs do. */
function treeForElement(element: unknown, tree: FieldTree): FieldTree | undefined {
  if (element === null || typeof element !== 'object' || Array.isArray(element)) return tree.each;
  let chosen = tree.each;
  for (const { key, equals, tree: more } of tree.where) {
    if (Object.hasOwn(element, key) && (element as Record<string, unknown>)[key] === equals) chosen = unionOfOptional(chosen, more);
  }
  return chosen;
}
