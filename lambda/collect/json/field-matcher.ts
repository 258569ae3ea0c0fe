import { unionOfTrees, type FieldTree } from '../fields/field-tree.ts';
import { RepeatedValue } from './repeated-value.ts';

/** A field that a matcher keeps. */
export interface KeptField {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly matcher: FieldMatcher;
  /** Where many objects in a row are likely to say the same. */
  readonly repeated: RepeatedValue | undefined;
  readonly next: KeptField | undefined;
}

/** A field tree that keys can be compared with while they are still bytes. */
export class FieldMatcher {
  readonly whole: boolean;
  readonly keepsKeys: boolean;
  readonly keepsElements: boolean;
  readonly each: FieldMatcher | undefined;
  readonly everyString: boolean;
  /** Elements that are no objects have no place in the list. */
  readonly holdsObjects: boolean;
  readonly prefixes: readonly { readonly text: string; readonly bytes: Uint8Array }[];
  /** Reads the fields that elements are chosen by. */
  readonly chooser: FieldMatcher | undefined;
  private readonly tree: FieldTree;
  private readonly mask: number;
  private readonly slots: (KeptField | undefined)[];
  private readonly chosen = new Map<string, FieldMatcher | undefined>();

  /** `repeating`: its fields are likely to be the same in one object after the other. */
  constructor(tree: FieldTree, repeating = false) {
    this.tree = tree;
    this.whole = tree.whole;
    this.keepsKeys = tree.keys.size > 0;
    this.keepsElements = tree.each !== undefined || tree.where.length > 0 || tree.prefixes.length > 0;
    this.each = tree.each && new FieldMatcher(tree.each);
    this.everyString = tree.each?.whole ?? false;
    this.holdsObjects = tree.prefixes.length === 0 && (tree.each ? tree.each.keys.size > 0 && !tree.each.whole : tree.where.length > 0);
    this.prefixes = tree.prefixes.map((text) => ({ text, bytes: encoder.encode(text) }));
    this.chooser = tree.where.length === 0 ? undefined : new FieldMatcher(chooserOf(tree));
    let size = 4;
    while (size < 2 * tree.keys.size) size *= 2;
    this.mask = size - 1;
    this.slots = new Array<KeptField | undefined>(size).fill(undefined);
    for (const [name, child] of tree.keys) this.add(name, new FieldMatcher(child), repeating);
  }

  private add(name: string, matcher: FieldMatcher, repeating: boolean): void {
    const bytes = encoder.encode(name);
    const slot = slotOf(bytes, 0, bytes.length) & this.mask;
    this.slots[slot] = { name, bytes, matcher, repeated: repeating ? new RepeatedValue() : undefined, next: this.slots[slot] };
  }

  /** The field whose name is the bytes from `from` up to `to` (which hold no escape). */
  find(bytes: Uint8Array, from: number, to: number): KeptField | undefined {
    let field = this.slots[slotOf(bytes, from, to) & this.mask];
    while (field !== undefined && !sameBytes(field.bytes, bytes, from, to)) field = field.next;
    return field;
  }

  findName(name: string): KeptField | undefined {
    const bytes = encoder.encode(name);
    const field = this.find(bytes, 0, bytes.length);
    return field;
  }

  /** What is kept of an element whose choosing fields are these. */
  choose(fields: Readonly<Record<string, unknown>>): FieldMatcher | undefined {
    const matching = this.tree.where.filter(({ key, equals }) => fields[key] === equals);
    if (matching.length === 0) return this.each;
    const id = matching.map(({ key, equals }) => `${key}=${equals}`).join('\n');
    let matcher = this.chosen.get(id);
    if (!matcher) {
      const trees = matching.map(({ tree }) => tree);
      matcher = new FieldMatcher((this.tree.each ? [this.tree.each, ...trees] : trees).reduce(unionOfTrees));
      this.chosen.set(id, matcher);
    }
    return matcher;
  }
}

const encoder = new TextEncoder();
const WHOLE: FieldTree = { whole: true, keys: new Map(), each: undefined, where: [], prefixes: [] };

function chooserOf(tree: FieldTree): FieldTree {
  return { ...WHOLE, whole: false, keys: new Map(tree.where.map(({ key }) => [key, WHOLE])) };
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  return length === 0 ? 0 : (length * 7) ^ bytes[from]! ^ (bytes[to - 1]! << 1);
}

function sameBytes(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}

const matchers = new WeakMap<FieldTree, FieldMatcher>();

/** The matcher of a tree, made once. */
export function matcherOf(tree: FieldTree): FieldMatcher {
  let matcher = matchers.get(tree);
  if (!matcher) matchers.set(tree, (matcher = new FieldMatcher(tree)));
  return matcher;
}
