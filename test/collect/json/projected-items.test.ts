import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ALWAYS_KEPT, compileFields, type FieldTree } from '../../../lambda/collect/fields/field-tree.ts';
import { trimObject } from '../../../lambda/collect/fields/newest-writer.ts';
import { ByteScanner, PADDING } from '../../../lambda/collect/json/byte-scanner.ts';
import { DocumentReader } from '../../../lambda/collect/json/document-reader.ts';
import { controllerOf } from '../../../lambda/collect/json/item-reader.ts';
import { JsonModule } from '../../../lambda/collect/json/json-module.ts';
import { ProjectedItems } from '../../../lambda/collect/json/projected-items.ts';
import type { ObjectSink } from '../../../lambda/collect/json/read-objects.ts';

/** Counts what it reads; `never`: leaves all to the other reader. */
class Counting extends ProjectedItems {
  count = 0;
  never = false;

  override read(...asked: Parameters<ProjectedItems['read']>): number | undefined {
    const to = this.never ? undefined : super.read(...asked);
    if (to !== undefined) this.count++;
    return to;
  }
}

interface Outcome {
  readonly objects: readonly unknown[];
  readonly fault: string | undefined;
  /** How many were not left to the other reader. */
  readonly projected: number;
}

const module = new JsonModule();

function read(text: string | Buffer, treeFor: ObjectSink['treeFor'], never = false): Outcome {
  const objects: unknown[] = [];
  const sink: ObjectSink = { treeFor, accept: (object, apiVersion, kind, misshapen) => void objects.push([object, apiVersion, kind, misshapen]) };
  module.dropTables();
  const scanner = new ByteScanner(module);
  const items = new Counting(module, scanner, sink);
  items.never = never;
  const reader = new DocumentReader(scanner, sink, items, undefined);
  const bytes = Buffer.from(text);
  const window = scanner.widen(bytes.length + PADDING);
  window.fill(0, bytes.length);
  window.set(bytes);
  scanner.look(window, bytes.length, true, 0);
  let fault: string | undefined;
  try {
    reader.readOn();
    reader.finish(bytes.length);
  } catch (error) {
    fault = (error as Error).message;
  }
  return { objects, fault, projected: items.count };
}

/** Everything of a value but the order of keys; own `__proto__` among it. */
function shown(of: unknown): string {
  return inspect(of, { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null, compact: false });
}

const FIELDS = ['metadata.labels', 'metadata.annotations["a/b"]', 'spec.containers[].image', 'spec.containers[].ports[].containerPort', 'spec.hostNetwork', 'spec.lists[][]', 'rules[].verbs', 'chosen[type=A].x', 'some[^--flag=]', 'status'];
const full = compileFields([...ALWAYS_KEPT, ...FIELDS]);
const light = compileFields([...ALWAYS_KEPT, 'metadata.labels']);
const byController: ObjectSink['treeFor'] = (_apiVersion, _kind, controller) => (controller ? light : full);

const owner = (name: string) => ({ apiVersion: 'apps/v1', controller: true, kind: 'ReplicaSet', name });
const pod = (metadata: object, rest: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata, ...rest });
const listOf = (items: readonly unknown[]) => ({ apiVersion: 'v1', items, kind: 'List' });

function parsed(text: string, treeFor: ObjectSink['treeFor']): unknown[] {
  const { items } = JSON.parse(text) as { items: { apiVersion: string; kind: string; metadata: unknown }[] };
  return items.flatMap((item) => {
    const tree = treeFor(item.apiVersion, item.kind, controllerOf(item.metadata));
    return tree ? [[trimObject(item, tree), item.apiVersion, item.kind, undefined]] : [];
  });
}

/** Reads items in all ways and expects the same of each. Returns how many items were projected. */
function same(items: readonly unknown[], treeFor: ObjectSink['treeFor'] = byController): number {
  const text = JSON.stringify(listOf(items), null, 4);
  const { objects, fault, projected } = read(text, treeFor);
  expect(fault).toBeUndefined();
  expect(shown(objects)).toBe(shown(parsed(text, treeFor)));
  expect(shown(read(text, treeFor, true).objects)).toBe(shown(objects));
  return projected;
}

describe('objects that are like the one before', () => {
  test('are projected from the third on: one tells what they are, one that there are several', () => {
    expect(same(['a', 'b', 'c', 'd'].map((name) => pod({ name, labels: { app: 'x' } }, { spec: { hostNetwork: true, other: 1 } })))).toBe(2);
  });

  test('share what is the same byte for byte, and only that', () => {
    const labels = [{ app: 'x' }, { app: 'x' }, { app: 'x' }, { app: 'y' }, {}, null, { app: 'y' }, { app: 'y' }].map((of, index) => pod({ name: `p${index}`, labels: of }));
    expect(same([...labels, pod({ name: 'none' }), ...labels])).toBe(15);
    const { objects } = read(JSON.stringify(listOf(labels.slice(0, 4))), byController);
    const [, , third, fourth] = objects.map((entry) => (entry as [{ metadata: { labels: object } }])[0].metadata.labels);
    expect(fourth).toEqual({ app: 'y' });
    expect(third).not.toBe(fourth);
  });

  test('keep by their controller, also one that is the same as before', () => {
    const items = ['r1', 'r1', 'r1', undefined, 'r2', undefined, 'r2', 'r2'].map((name, index) => pod({ name: `p${index}`, ...(name ? { ownerReferences: [owner(name)] } : {}) }, { spec: { hostNetwork: true } }));
    expect(same(items)).toBe(6);
  });

  test('are left out by their controller, and what they had is not told of the next', () => {
    const items = ['r1', 'r1', undefined, 'r1', undefined, 'r1', undefined].map((name, index) => pod({ labels: { at: index >> 1 }, name: `p${index}`, ...(name ? { ownerReferences: [owner(name)] } : {}) }));
    expect(same(items, (_apiVersion, _kind, controller) => (controller ? undefined : full))).toBe(5);
  });

  test('of a kind that nobody wants are skipped', () => {
    expect(same(['a', 'b', 'c', 'd'].map((name) => pod({ name })), () => undefined)).toBe(2);
  });

  test('of several kinds, one after the other and by turns', () => {
    const service = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, status: 1 });
    expect(same([...['a', 'b', 'c'].map((name) => pod({ name })), ...['d', 'e', 'f'].map(service)])).toBe(2);
    expect(same(['a', 'b', 'c'].flatMap((name) => [pod({ name }), service(name)]))).toBe(0);
  });

  test('in lists that say the kind, which the next list says anew', () => {
    const list = (kind: string, names: readonly string[]) => JSON.stringify({ kind: `${kind}List`, apiVersion: 'v1', items: names.map((name) => ({ metadata: { name } })) });
    const { objects, projected } = read(list('Pod', ['a', 'b', 'c']) + list('Service', ['d', 'e', 'f']), byController);
    expect(objects.map((entry) => (entry as unknown[])[2])).toEqual(['Pod', 'Pod', 'Pod', 'Service', 'Service', 'Service']);
    expect(projected).toBe(2);
  });

  test('more kinds than there is room for', () => {
    const kinds = [...Array(60).keys()].flatMap((index) => ['a', 'b', 'c', 'd'].map((name) => ({ apiVersion: 'v1', kind: `Kind${index}`, metadata: { name, labels: { index } } })));
    expect(same([...kinds, ...kinds])).toBe(240);
  });

  test('larger together than the text that they are copied into', () => {
    const items = [...Array(40).keys()].map((index) => pod({ name: `p${index}` }, { status: 'x'.repeat(10_000 + index) }));
    expect(same(items)).toBe(38);
    expect(same(items.map((item) => ({ ...item, status: 'x'.repeat(300_000) })))).toBe(0);
  });

  test.each([
    ['and nothing of the others', ['spec.list[type=A].x']],
    ['and something of all', ['spec.list[type=A].x', 'spec.list[].y', 'spec.list[type=of more than sixteen bytes].type']],
    ['of which all are kept', ['spec.list[type=A].x', 'spec.list[]']],
  ])('lists of which elements are chosen by a field, %s', (_what, paths) => {
    const tree = compileFields([...ALWAYS_KEPT, ...paths]);
    const lists = [[], [{ type: 'A', x: 1, y: 2 }, { x: 1, y: { type: 'A' }, type: 'B' }], [{}, { y: 1 }, { type: ['A'], x: 2 }, { x: [1], type: 'A' }], [{ type: 'of more than sixteen bytes', y: 3 }, { type: null }], null];
    const items = lists.map((list, index) => pod({ name: `p${index}` }, { spec: { list } }));
    expect(same([...items, ...items.slice(0, 3)], () => tree)).toBeGreaterThan(3);
  });

  test('of several fields that choose an element the last counts', () => {
    const lists = ['{"type":"A","type":"B","x":1}', '{"type":"B","type":"A","x":1}', '{"type":"A","type":1,"x":1}'];
    const text = `{"items":[${[...lists, ...lists].map((list) => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"chosen":[${list}]}`).join(',')}]}`;
    const { objects, projected } = read(text, byController);
    expect(projected).toBe(4);
    const chosen = [[], [{ type: 'A', x: 1 }], []];
    expect(objects.map((entry) => (entry as [{ chosen: unknown }])[0].chosen)).toEqual([...chosen, ...chosen]);
  });

  test('with lists of which some strings are kept, as long as none begins as these do', () => {
    const some = compileFields([...ALWAYS_KEPT, 'spec.args[^--flag=]', 'spec.args[^éa-]', 'spec.args[].name']);
    const short = compileFields([...ALWAYS_KEPT, 'spec.args[^-]']);
    const items = (...args: readonly unknown[]) => ['a', 'b', 'c', 'd'].map((name) => pod({ name }, { spec: { args } }));
    for (const plain of [[], [''], ['-', '--'], ['--other=1', 'x', '--fl'.slice(1)], ['éa', 'é'], [null, { name: 'x', other: 1 }]]) expect(same(items(...plain), () => some)).toBe(2);
    for (const odd of [['--flag=1'], ['x', '--flag'], ['--fl'], ['éa-b'], ['\\flag'], ['-\n']]) expect(same(items(...odd), () => some)).toBe(0);
    expect(same(items('x'), () => short)).toBe(0);
    const escaped = JSON.stringify(listOf(items('--flag=1'))).replaceAll('--flag', '\\u002d-flag');
    expect(shown(read(escaped, () => some).objects)).toBe(shown(parsed(escaped, () => some)));
  });

  test('with characters beyond ASCII, and bytes that are none', () => {
    expect(same(['a', 'b', 'ü', '漢\ud83d\ude00'].map((name) => pod({ name, labels: { [name]: '\n"\\' } })))).toBe(2);
    const text = Buffer.concat([Buffer.from('{"items":['), ...[1, 2, 3].map((index) => Buffer.from(`${index > 1 ? ',' : ''}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a\xff\xe2\x82"}}`, 'latin1')), Buffer.from(']}')]);
    const { objects, projected } = read(text, byController);
    expect(projected).toBe(1);
    expect(shown(objects)).toBe(shown(read(text, byController, true).objects));
  });
});

describe('what is rare is left to the other reader', () => {
  const twice = `${JSON.stringify(pod({ name: 'a' }))},${JSON.stringify(pod({ name: 'b' }))}`;
  test.each([
    ['an escape in a key', '"metadata":{"n\\u0061me":"c"}'],
    ['a field of another shape', '"metadata":{"name":"c"},"spec":[]'],
    ['an element of another shape', '"metadata":{"name":"c"},"spec":{"containers":[1]}'],
    ['no object where one should be', '"metadata":7'],
    ['an escape in what chooses', '"metadata":{"name":"c"},"chosen":[{"type":"\\u0041","x":1}]'],
    ['no JSON in what is chosen from', '"metadata":{"name":"c"},"chosen":[{"type":"A" "x":1}]'],
    ['an end too early in what is chosen from', '"metadata":{"name":"c"},"chosen":[{"type":"A",'],
    ['metadata twice', '"metadata":{"name":"c"},"metadata":{"name":"d"}'],
    ['a kind behind the metadata', '"metadata":{"name":"c"},"kind":"Service"'],
    ['labels twice', '"metadata":{"labels":{"a":"1"},"labels":null,"name":"c"}'],
    ['no JSON in what is kept', '"metadata":{"name":c}'],
    ['no JSON in what is skipped', '"metadata":{"name":"c"},"other":[1,]'],
    ['no JSON behind a field', '"metadata":{"name":"c"} "other":1'],
    ['an end too early', '"metadata":{"name":"c"'],
  ])('%s', (_what, rest) => {
    const text = `{"items":[${twice},{"apiVersion":"v1","kind":"Pod",${rest}},${twice}]}`;
    const { projected, ...outcome } = read(text, byController);
    const { projected: none, ...expected } = read(text, byController, true);
    expect(shown(outcome)).toBe(shown(expected));
    expect(none).toBe(0);
    // Those behind it are like the one before it again.
    expect(projected).toBeLessThanOrEqual(2);
  });

  test.each([
    ['elements that are chosen by several fields', ['spec.containers[name=a].image', 'spec.containers[image=y].name']],
    ['strings that are chosen by less than four bytes', ['spec.args[^--f]']],
    ['all of the object', ['metadata']],
  ])('fields that no table can say: %s', (_what, paths) => {
    const tree = compileFields([...ALWAYS_KEPT, ...paths]);
    expect(same(['a', 'b', 'c', 'd'].map((name) => pod({ name }, { spec: { args: ['--flag', 'x'], containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'y' }] } })), () => tree)).toBe(0);
  });
});

const names = fc.constantFrom('a', 'b', 'name', 'labels', '__proto__', 'constructor', 'a name of more than sixteen bytes', 'x'.repeat(16), 'é', '', 'a"b');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('x', 'y', 'xxxxy'), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
    fc.array(tie('value'), { maxLength: 3 }),
    ownRecord(tie('value')),
  ),
}));

function ownRecord(inner: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc.uniqueArray(fc.tuple(names, inner), { selector: ([key]) => key, maxLength: 4 }).map((entries) => {
    const made = {};
    for (const [key, own] of entries) Object.defineProperty(made, key, { value: own, enumerable: true, writable: true, configurable: true });
    return made;
  });
}

const labels = fc.oneof({ weight: 3, arbitrary: fc.constantFrom<unknown>({ app: 'x' }, { app: 'y', team: 'z' }, {}) }, { weight: 1, arbitrary: value });
const owners = fc.constantFrom<unknown>([owner('r1')], [owner('r2')], [{ ...owner('r1'), controller: false }], [], null);
const writers = fc.constantFrom<unknown>([{ manager: 'helm', time: '2026-01-01T00:00:00Z', fieldsV1: { a: {} } }], [{ manager: 'kubelet', subresource: 'status', time: '2026-01-02T00:00:00Z' }], null);
const item = fc
  .record({ name: fc.string(), labels, annotations: ownRecord(value), ownerReferences: owners, managedFields: writers, other: value }, { requiredKeys: ['name'] })
  .chain((metadata) => fc.record({ spec: value, rules: value, a: value, ['a name of more than sixteen bytes']: value }, { requiredKeys: [] }).map((rest) => pod(metadata, rest)));
const path = fc
  .tuple(fc.constantFrom('spec', 'rules', 'a', 'metadata.labels', 'metadata.annotations', '["a name of more than sixteen bytes"]'), fc.array(fc.constantFrom('.a', '.b', '.name', '[]', '[a=x]', '[a=y]', '[name=x]', '[^xxxx]', '["__proto__"]', '["a name of more than sixteen bytes"]'), { maxLength: 3 }))
  .map(([first, steps]) => first + steps.join(''));
const tree: fc.Arbitrary<FieldTree> = fc.array(path, { maxLength: 6 }).map((paths) => compileFields([...ALWAYS_KEPT, ...paths]));

test('any objects, any fields, spoilt anywhere: the other reader and, where it is JSON, the plain parser give the same', () => {
  const texts = fc.tuple(fc.array(item, { minLength: 3, maxLength: 8 }), fc.constantFrom(undefined, 1, 4, '\t'));
  const fault = fc.option(fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.constantFrom('', '"', ',', ':', '}', ']', '{', '\\', '0', 'x', ' ')));
  let projected = 0;
  fc.assert(
    fc.property(texts, tree, tree, fault, ([items, indent], fields, controlled, spoilt) => {
      const good = JSON.stringify(listOf(items), null, indent);
      const [at, cut, put] = spoilt ?? [0, 0, ''];
      const text = good.slice(0, at % good.length) + put + good.slice((at % good.length) + cut);
      const treeFor: ObjectSink['treeFor'] = (_apiVersion, _kind, controller) => (controller ? controlled : fields);
      const outcome = read(text, treeFor);
      const other = read(text, treeFor, true);
      expect(shown([outcome.objects, outcome.fault])).toBe(shown([other.objects, other.fault]));
      if (!spoilt && outcome.objects.every((entry) => (entry as unknown[])[3] === undefined)) expect(shown(outcome.objects)).toBe(shown(parsed(text, treeFor)));
      projected += outcome.projected;
    }),
    { numRuns: 1000 },
  );
  expect(projected).toBeGreaterThan(500);
});
