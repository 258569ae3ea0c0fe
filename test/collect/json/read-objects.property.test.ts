import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ALWAYS_KEPT, compileFields, type FieldTree } from '../../../lambda/collect/fields/field-tree.ts';
import { trimObject } from '../../../lambda/collect/fields/newest-writer.ts';
import { controllerOf } from '../../../lambda/collect/json/item-reader.ts';
import { readObjects, type ObjectSink } from '../../../lambda/collect/json/read-objects.ts';

// Few names, so that paths meet what they name, and names that a cluster could choose to do harm.
const NAMES = ['a', 'b', 'name', 'metadata', 'managedFields', 'manager', 'time', 'subresource', 'labels', 'ownerReferences', 'controller', 'apiVersion', 'kind', 'items', '__proto__', 'constructor', '', 'é', 'a"b', 'x\ny', '\ud83d\ude00'];
const TEXTS = ['', 'a', 'b', 'status', '--flag=1', '--flag', 'apps/v1', 'ReplicaSet', '\\', '\u2028', '\u0000', '日本', '\ud83d\ude00', '\ud800', '2026-01-01T00:00:00Z', 'x'.repeat(300)];

const scalar = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(-0, 1e21, 123456789012345680000, 0.1));
const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: fc.string() });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, scalar, fc.array(tie('value'), { maxLength: 4 }), record(tie('value'))),
}));

/** An object whose keys are its own, `__proto__` among them. */
function record(inner: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.uniqueArray(fc.tuple(name, inner), { selector: ([key]) => key, maxLength: 5 }).map((entries) => ownObject(entries));
}

function ownObject(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const made = {};
  for (const [key, own] of entries) Object.defineProperty(made, key, { value: own, enumerable: true, writable: true, configurable: true });
  return made;
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('.a', '.b', '.name', '.metadata', '.labels', '.ownerReferences', '.managedFields', '["__proto__"]', '["a b"]', '["é"]', '.constructor') },
  { weight: 3, arbitrary: fc.constant('[]') },
  { weight: 2, arbitrary: fc.constantFrom('[name=a]', '[name=b]', '[kind=status]') },
);
const path = fc
  .tuple(fc.constantFrom('a', 'b', 'name', 'metadata', 'metadata.labels', 'metadata.ownerReferences[]', '["__proto__"]', 'items'), fc.array(step, { maxLength: 4 }), fc.constantFrom('', '', '', '[^--flag=]', '[^-]', '[^é]'))
  .map(([first, steps, last]) => first + steps.join('') + last);
const tree: fc.Arbitrary<FieldTree> = fc.array(path, { maxLength: 6 }).map((paths) => compileFields([...ALWAYS_KEPT, ...paths]));

/** JSON text of a value with white space and escapes wherever JSON allows them, chosen by the bytes of `noise`. */
function print(of: unknown, noise: () => number): string {
  const space = () => ['', '', '', ' ', '\n', '\n        ', '\t\r\n'][noise() % 7]!;
  const text = (s: string) => {
    const plain = JSON.stringify(s);
    if (noise() % 4 > 0) return plain;
    return `"${[...Array(s.length).keys()].map((i) => `\\u${s.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
  };
  const list = (parts: string[], open: string, close: string) => `${open}${space()}${parts.join(`${space()},${space()}`)}${space()}${close}`;
  if (Array.isArray(of)) return list(of.map((v) => print(v, noise)), '[', ']');
  if (typeof of === 'object' && of !== null) return list(Object.entries(of).map(([k, v]) => `${text(k)}${space()}:${space()}${print(v, noise)}`), '{', '}');
  return typeof of === 'string' ? text(of) : Object.is(of, -0) ? '-0' : JSON.stringify(of);
}

function noiseOf(bytes: Uint8Array): () => number {
  let i = 0;
  return () => (bytes.length === 0 ? 0 : bytes[i++ % bytes.length]!);
}

/** The bytes in chunks, each thrown to ruin once the next is asked for, as a reader of files may do. */
async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const chunk = bytes.slice(at, at + (sizes[i % sizes.length] ?? bytes.length));
    yield chunk;
    at += chunk.length;
    chunk.fill(0x7b);
  }
}

interface Read {
  readonly object: unknown;
  readonly apiVersion: string;
  readonly kind: string;
}

async function readAll(text: string, sizes: readonly number[], treeFor: ObjectSink['treeFor']): Promise<{ objects: Read[]; items: number | undefined }> {
  const objects: Read[] = [];
  const { items } = await readObjects(chunked(Buffer.from(text), sizes), { treeFor, accept: (object, apiVersion, kind) => void objects.push({ object, apiVersion, kind }) });
  return { objects, items };
}

/** Everything of a value: own `constructor` and `__proto__`, -0, the order of lists; not the order of keys. */
function shown(of: unknown): string {
  return inspect(of, { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null, compact: false });
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const noise = fc.uint8Array({ minLength: 1, maxLength: 30 }).map((bytes) => ({ bytes }));

/** What the reader should give for an object, by the plain parser. */
function expected(object: Record<string, unknown>, list: { apiVersion: string; kind: string } | undefined, treeFor: ObjectSink['treeFor']): Read[] {
  const own = typeof object['kind'] === 'string' && Object.hasOwn(object, 'kind');
  const kind = own ? (object['kind'] as string) : list?.kind;
  const apiVersion = !own ? list?.apiVersion : typeof object['apiVersion'] === 'string' ? object['apiVersion'] : '';
  const typed = kind === undefined ? object : ownObject([...Object.entries(object), ['apiVersion', apiVersion], ['kind', kind]]);
  const kept = treeFor(apiVersion ?? '', kind ?? '', controllerOf(Object.hasOwn(object, 'metadata') ? object['metadata'] : undefined));
  return kept ? [{ object: trimObject(typed, kept), apiVersion: apiVersion ?? '', kind: kind ?? '' }] : [];
}

describe('reading objects from bytes is parsing and trimming them', () => {
  test('one object of any shape, for any fields', async () => {
    await fc.assert(
      fc.asyncProperty(record(value), tree, tree, noise, sizes, async (object, full, controlled, { bytes }, chunks) => {
        if (Array.isArray(object['items']) || object['items'] === null) return;
        const treeFor: ObjectSink['treeFor'] = (_a, _k, controller) => (controller ? controlled : full);
        const text = print(object, noiseOf(bytes));
        expect(shown((await readAll(text, chunks, treeFor)).objects)).toBe(shown(expected(JSON.parse(text) as Record<string, unknown>, undefined, treeFor)));
      }),
      { numRuns: 400 },
    );
  });

  const controllers = fc.constantFrom(undefined, { apiVersion: 'apps/v1', controller: true, kind: 'ReplicaSet', name: 'x' }, { apiVersion: 'apps/v1', kind: 'ReplicaSet' });
  const item = fc.tuple(controllers, record(value), record(value), fc.boolean()).map(([owner, metadata, rest, typed]) => {
    const { kind: _kind, apiVersion: _apiVersion, metadata: _metadata, ...others } = rest;
    const head = typed ? { apiVersion: 'v1', kind: 'Pod' } : {};
    return ownObject([...Object.entries(head), ['metadata', ownObject([...Object.entries(metadata), ...(owner ? [['ownerReferences', [owner]] as const] : [])])], ...Object.entries(others)]);
  });

  test('a list of objects in their usual order, some controlled by another, for any fields', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 5 }), fc.array(tree, { minLength: 2, maxLength: 2 }), noise, sizes, fc.boolean(), async (items, trees, { bytes }, chunks, skipsControlled) => {
        const treeFor: ObjectSink['treeFor'] = (_a, _k, controller) => (controller ? (skipsControlled ? undefined : trees[1]) : trees[0]);
        const list = { apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: '7' }, items };
        const text = print(list, noiseOf(bytes));
        const read = await readAll(text, chunks, treeFor);
        const parsed = (JSON.parse(text) as { items: Record<string, unknown>[] }).items;
        expect(shown(read.objects)).toBe(shown(parsed.flatMap((object) => expected(object, { apiVersion: 'v1', kind: 'Pod' }, treeFor))));
        expect(read.items).toBe(items.length);
      }),
      { numRuns: 400 },
    );
  });

  test('refuses exactly the texts that JSON.parse refuses', async () => {
    const broken = fc.tuple(record(value), noise, fc.nat(), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', 'e', '.', 'null', '\u0001', 'x', '\n', '\\u12'), fc.nat({ max: 3 }));
    await fc.assert(
      fc.asyncProperty(broken, sizes, async ([object, { bytes }, at, put, cut], chunks) => {
        const good = print(object, noiseOf(bytes));
        const from = at % (good.length + 1);
        const text = good.slice(0, from) + put + good.slice(from + cut);
        const parsed = parses(text);
        // Several documents in a row are read one by one; JSON.parse knows only one. An object with a list of items is that list.
        fc.pre(parsed.documents === 1 && !/"(items|\\u0069)/.test(text));
        const outcome = await readAll(text, chunks, () => undefined).then(
          () => true,
          (error: Error) => (error.name === 'JsonSyntaxError' ? false : error),
        );
        expect(outcome).toBe(parsed.ok);
      }),
      { numRuns: 800 },
    );
  });
});

function parses(text: string): { ok: boolean; documents: number } {
  try {
    const parsed: unknown = JSON.parse(text);
    return { ok: typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed), documents: 1 };
  } catch (error) {
    return { ok: false, documents: /after JSON/.test((error as Error).message) ? 2 : 1 };
  }
}
