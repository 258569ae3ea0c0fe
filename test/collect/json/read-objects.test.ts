import { describe, expect, test } from '@jest/globals';
import { compileFields } from '../../../lambda/collect/fields/field-tree.ts';
import { KindUnknownError, TooLargeError } from '../../../lambda/collect/json/json-errors.ts';
import { readObjects, type DocumentHeader, type ObjectSink, type ReadLimits } from '../../../lambda/collect/json/read-objects.ts';

const NAMES = compileFields(['apiVersion', 'kind', 'metadata.name']);

interface Taken {
  readonly headers: DocumentHeader[];
  readonly objects: unknown[];
  readonly asked: string[];
  readonly misshapen: (string | undefined)[];
}

async function read(text: string | readonly string[], options: Partial<ObjectSink> & ReadLimits = {}): Promise<Taken> {
  const taken: Taken = { headers: [], objects: [], asked: [], misshapen: [] };
  const sink: ObjectSink = {
    treeFor(apiVersion, kind, controller) {
      taken.asked.push(`${apiVersion} ${kind}${controller ? ` of ${controller.apiVersion} ${controller.kind}` : ''}`);
      return options.treeFor ? options.treeFor(apiVersion, kind, controller) : NAMES;
    },
    accept(object, _apiVersion, _kind, misshapen) {
      taken.objects.push(object);
      taken.misshapen.push(misshapen);
    },
    endDocument: (header) => void taken.headers.push(header),
  };
  const chunks = typeof text === 'string' ? [text] : text;
  await readObjects(stream(chunks), sink, options);
  return taken;
}

async function* stream(chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

const pod = (name: string): string => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}`;
const named = (name: string): object => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });

describe('what a document is', () => {
  test('a List as kubectl prints it: its items say their kind', async () => {
    const text = `{"apiVersion":"v1","items":[${pod('a')},${pod('b')}],"kind":"List","metadata":{"resourceVersion":""}}\n`;
    const { objects, headers } = await read(text);
    expect(objects).toEqual([named('a'), named('b')]);
    expect(headers).toEqual([{ apiVersion: 'v1', kind: 'List', resourceVersion: '', items: 2, bytes: text.length - 1 }]);
  });

  test('a page as the API server gives it: the list says the kind, and where it goes on', async () => {
    const text = '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"abc"},"items":[{"metadata":{"name":"a"}}]}';
    const { objects, headers } = await read(text);
    expect(objects).toEqual([named('a')]);
    expect(headers).toEqual([{ apiVersion: 'v1', kind: 'PodList', continue: 'abc', resourceVersion: '7', items: 1, bytes: text.length }]);
  });

  test('an empty list, with and without brackets', async () => {
    expect((await read('{"kind":"PodList","apiVersion":"v1","items":[ ]}')).headers[0]).toMatchObject({ kind: 'PodList', items: 0 });
    expect((await read('{"kind":"PodList","apiVersion":"v1","items":null}')).headers[0]).toMatchObject({ kind: 'PodList', items: 0 });
  });

  test('one object, and several documents in a row', async () => {
    const { objects, headers } = await read(`${pod('a')}\n${pod('b')}{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"c"}}]}`);
    expect(objects).toEqual([named('a'), named('b'), named('c')]);
    expect(headers.map(({ items }) => items)).toEqual([undefined, undefined, 1]);
  });

  test('a Status: what went wrong is in the header', async () => {
    const { headers } = await read('{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no","reason":"Forbidden","code":403}');
    expect(headers[0]).toMatchObject({ kind: 'Status', message: 'no', reason: 'Forbidden', code: 403 });
  });

  test('an object without a kind is asked for without one', async () => {
    const taken = await read('{"cluster":{"name":"a"}}', { treeFor: () => compileFields(['cluster.name']) });
    expect(taken.asked).toEqual([' ']);
    expect(taken.objects).toEqual([{ cluster: { name: 'a' } }]);
  });

  test('a byte order mark before the first document is no part of it', async () => {
    expect((await read(`\uFEFF${pod('a')}`)).objects).toEqual([named('a')]);
  });

  test('items that say no kind, in a list that says its own behind them, need a hint', async () => {
    const text = '{"items":[{"metadata":{"name":"a"}}],"kind":"PodList","apiVersion":"v1"}';
    await expect(read(text)).rejects.toThrow(KindUnknownError);
    expect((await read(text, { kindHint: { apiVersion: 'v1', kind: 'Pod' } })).objects).toEqual([named('a')]);
  });
});

describe('what is kept', () => {
  const owned = '{"apiVersion":"v1","kind":"Pod","metadata":{"labels":{"app":"x"},"name":"a","ownerReferences":[{"apiVersion":"apps/v1","controller":true,"kind":"ReplicaSet"}]},"spec":{"hostNetwork":true}}';
  const full = compileFields(['metadata.name', 'spec.hostNetwork']);
  const light = compileFields(['metadata.name', 'metadata.labels']);

  test('of a controlled object what its controller leaves to say, told by its metadata before its spec', async () => {
    const taken = await read(`{"apiVersion":"v1","kind":"List","items":[${owned},${pod('b')},${owned}]}`, { treeFor: (_apiVersion, _kind, controller) => (controller ? light : full) });
    expect(taken.objects).toEqual([{ metadata: { name: 'a', labels: { app: 'x' } } }, { metadata: { name: 'b' } }, { metadata: { name: 'a', labels: { app: 'x' } } }]);
    expect(taken.asked).toEqual(['v1 Pod', 'v1 Pod of apps/v1 ReplicaSet', 'v1 Pod of apps/v1 ReplicaSet']);
  });

  test('the same, where the spec stands before the metadata', async () => {
    const turned = '{"spec":{"hostNetwork":true},"metadata":{"name":"a","ownerReferences":[{"apiVersion":"apps/v1","controller":true,"kind":"ReplicaSet"}]},"kind":"Pod","apiVersion":"v1"}';
    const taken = await read(turned, { treeFor: (_apiVersion, _kind, controller) => (controller ? light : full) });
    expect(taken.objects).toEqual([{ metadata: { name: 'a' } }]);
  });

  test('of managedFields the manager and time of the newest entry that is not about the status', async () => {
    const entry = (manager: string, time: string, more = '') => `{"apiVersion":"v1","fieldsV1":{"f:x":{}},"manager":"${manager}"${more},"time":"${time}"}`;
    const entries = [entry('helm', '2026-01-01T00:00:00Z'), entry('kubectl', '2026-03-01T00:00:00Z'), entry('kubelet', '2026-04-01T00:00:00Z', ',"subresource":"status"'), entry('old', '2025-01-01T00:00:00Z')];
    const { objects } = await read(`{"apiVersion":"v1","kind":"Pod","metadata":{"managedFields":[${entries.join(',')}],"name":"a"}}`);
    expect(objects).toEqual([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', managedFields: [{ manager: 'kubectl', time: '2026-03-01T00:00:00Z' }] } }]);
  });

  test('a kind that nobody wants is left out, and checked', async () => {
    const taken = await read(`{"apiVersion":"v1","kind":"List","items":[${pod('a')}]}`, { treeFor: () => undefined });
    expect(taken.objects).toEqual([]);
    expect(taken.headers[0]?.items).toBe(1);
    await expect(read('{"apiVersion":"v1","kind":"List","items":[{"kind":"Secret","data":{"a":tru}}]}', { treeFor: () => undefined })).rejects.toThrow('expected the word true, found "}", in item 1 of the list');
  });

  test('`__proto__` is a field like any other', async () => {
    const { objects } = await read('{"apiVersion":"v1","kind":"Pod","metadata":{"labels":{"__proto__":"a","constructor":"b"}}}', { treeFor: () => compileFields(['metadata.labels']) });
    const { labels } = (objects[0] as { metadata: { labels: object } }).metadata;
    expect(Object.entries(labels)).toEqual([['__proto__', 'a'], ['constructor', 'b']]);
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
  });

  test.each([
    ['{"spec":"x"}', 'its field "spec" is no object'],
    ['{"spec":{"containers":{}}}', 'its field "containers" is no list'],
    ['{"spec":{"containers":["x"]}}', 'a list of its holds what is no object'],
    ['{"spec":{"containers":[null]}}', 'a list of its holds what is no object'],
    ['{"spec":{"containers":[[]]}}', 'a list of its holds what is no object'],
    ['{"spec":{"containers":null}}', undefined],
    ['{"spec":{"containers":[{"image":7}]}}', undefined],
  ])('says of %s whether it has the shape that its fields need', async (rest, fault) => {
    const taken = await read(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},${rest.slice(1)}`, { treeFor: () => compileFields(['metadata.name', 'spec.containers[].image']) });
    expect(taken.misshapen).toEqual([fault]);
  });
});

describe('what it refuses', () => {
  test.each([
    ['', 'not JSON after byte 0 (the input is empty)'],
    ['[1]', 'not JSON after byte 0 (expected an object, found "[", in the input)'],
    [`{"apiVersion":"v1","kind":"List","items":[${pod('a')},{"kind":"Po`, 'not JSON after byte 110 (the input ends inside item 2 of the list)'],
    [`{"apiVersion":"v1","kind":"List","items":[${pod('a')}`, 'not JSON after byte 98 (the input ends inside the list behind its item 1)'],
    [`{"apiVersion":"v1","kind":"List","items":[${pod('a')}]`, 'not JSON after byte 99 (the input ends inside what follows the items of the list)'],
    [`{"apiVersion":"v1","kind":"List","items":[${pod('a')},3]}`, 'not JSON after byte 99 (expected an object, found "3", in item 2 of the list)'],
    ['{"apiVersion":"v1","kind":"List","items":[null]}', 'not JSON after byte 42 (expected an object, found "n", in item 1 of the list)'],
    ['{"apiVersion":"v1","kind":"List","items":[{"metadata":{}}]}', 'not JSON after byte 42 (expected an object that says its kind, found "{", in item 1 of the list)'],
    ['{"a":1} x', 'not JSON after byte 8 (expected an object, found "x", in the input)'],
    ['{"a":01}', 'not JSON after byte 6 (expected a comma or a closing bracket, found "1", in an object)'],
    ['{"a":"\u0001"}', 'not JSON after byte 6 (expected a closing quote, found byte 0x01, in an object)'],
    ['{"items":[],"items":[]}', 'not JSON after byte 12 (expected the items once, found """, in what follows the items of the list)'],
  ])('%s', async (text, message) => {
    // Whole, and byte by byte.
    await expect(read(text)).rejects.toThrow(message);
    await expect(read([...text])).rejects.toThrow(message);
  });

  test('nesting that would exhaust the stack', async () => {
    const deep = `{"apiVersion":"v1","kind":"Pod","metadata":{},"spec":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    await expect(read(deep)).rejects.toThrow('expected at most 1000 levels');
    await expect(read(deep, { treeFor: () => compileFields(['spec']) })).rejects.toThrow('expected at most 1000 levels');
  });

  test('an object larger than the limit, naming it; smaller ones of any number pass', async () => {
    const list = (names: readonly string[]) => ['{"apiVersion":"v1","kind":"List","items":[', ...names.map((name, i) => `${i === 0 ? '' : ','}${pod(name)}`), ']}'];
    expect((await read(list(Array.from({ length: 50 }, () => 'a')), { maxObjectBytes: 200 })).objects).toHaveLength(50);
    const fault = await read([...list(['a', 'x'.repeat(500)]).join('')], { maxObjectBytes: 200 }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(TooLargeError);
    expect((fault as Error).message).toBe('item 2 of the list, which begins at byte 99, is larger than 200 bytes');
  });

  test('an input larger than the limit', async () => {
    await expect(read([pod('a'), pod('b')], { maxBytes: 80 })).rejects.toThrow('the input, which begins at byte 0, is larger than 80 bytes');
  });
});

describe('a stream', () => {
  test('an object is handed over before the next piece of the input is asked for: memory follows the objects kept', async () => {
    const events: string[] = [];
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"apiVersion":"v1","items":[');
      for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
        events.push(`asked for ${name}`);
        yield Buffer.from(`${index === 0 ? '' : ','}${pod(name)}`);
      }
      yield Buffer.from('],"kind":"List"}');
    }
    const sink: ObjectSink = { treeFor: () => NAMES, accept: (object) => void events.push(`got ${(object as { metadata: { name: string } }).metadata.name}`) };
    await readObjects(pieces(), sink);
    expect(events).toEqual(['a', 'b', 'c', 'd'].flatMap((name) => [`asked for ${name}`, `got ${name}`]));
  });
});
