import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../lambda/storage/canonical-json.ts';
import { DamagedObjectError, fromJson, fromJsonGzip, fromJsonLines, fromJsonLinesGzip, toJson, toJsonGzip, toJsonLines, toJsonLinesGzip } from '../../lambda/storage/stored-json.ts';

describe('canonical JSON', () => {
  test('sorts keys, leaves out what is undefined, keeps lists in order', () => {
    expect(canonicalJson({ b: [2, 1, undefined, null], a: { d: undefined, c: 'x' }, 1: true })).toBe('{"1":true,"a":{"c":"x"},"b":[2,1,null,null]}');
  });

  test('keeps names that objects have for themselves', () => {
    expect(canonicalJson(JSON.parse('{"toString":1,"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1},"toString":1}');
  });

  test('is JSON of the same value, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        const reversed = JSON.parse(JSON.stringify(value), (_, inner: unknown) => (inner && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).reverse()) : inner)) as unknown;
        expect(canonicalJson(reversed)).toBe(canonicalJson(JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('objects', () => {
  const value = { name: 'a\nb\u2028\ud800', list: [1] };

  test('come back as they were put', () => {
    expect(fromJson('k', toJson(value))).toEqual(value);
    expect(fromJsonGzip('k', toJsonGzip(value))).toEqual(value);
    expect(fromJsonLines('k', toJsonLines([value, 1, 'x']))).toEqual([value, 1, 'x']);
    expect(fromJsonLinesGzip('k', toJsonLinesGzip([value, value]))).toEqual([value, value]);
    expect(fromJsonLines('k', toJsonLines([]))).toEqual([]);
  });

  test('packed bytes name no time and no system', () => {
    const packed = toJsonGzip(value);
    expect([...packed.slice(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, packed[8], 255]);
    expect(gunzipSync(packed).toString()).toBe('{"list":[1],"name":"a\\nb\u2028\\ud800"}\n');
  });

  test('that are damaged are told by name', () => {
    expect(() => fromJson('k/1', Buffer.from('{'))).toThrow(DamagedObjectError);
    expect(() => fromJson('k/1', Buffer.from('{'))).toThrow(/^k\/1 in the store is damaged: /);
    expect(() => fromJsonGzip('k/1', Buffer.from('{}'))).toThrow('k/1 in the store is damaged: incorrect header check. Restore it from a copy of the store');
    expect(() => fromJsonGzip('k/1', toJsonGzip({}).slice(0, -3))).toThrow('k/1 in the store is damaged: unexpected end of file');
    expect(() => fromJsonLinesGzip('k/1', gzipSync('{}\n{'))).toThrow(DamagedObjectError);
  });
});
