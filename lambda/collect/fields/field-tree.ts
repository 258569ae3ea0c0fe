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
    const steps = parseFieldPath(path);
    for (const step of steps) tree = descend(tree, step);
    if (steps.at(-1)!.type !== 'prefix') tree.whole = true;
  }
  return root;
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
    if (inner !== NOTHING) kept[key] = inner;
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
    const trees = treesFor(element, tree);
    if (trees.length === 0) continue;
    const parts = trees.map((t) => projectOrNothing(element, t)).filter((p) => p !== NOTHING);
    if (parts.length > 0) kept.push(parts.length === 1 ? parts[0] : parts.reduce(merge));
  }
  return kept;
}

function treesFor(element: unknown, tree: FieldTree): FieldTree[] {
  const trees = tree.each ? [tree.each] : [];
  if (element === null || typeof element !== 'object') return trees;
  for (const { key, equals, tree: chosen } of tree.where) {
    if ((element as Record<string, unknown>)[key] === equals) trees.push(chosen);
  }
  return trees;
}

/** Two projections of one value. */
function merge(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) || Array.isArray(b) || a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return b;
  const merged: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b as object)) merged[key] = Object.hasOwn(merged, key) ? merge(merged[key], value) : value;
  return merged;
}
