import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJsonLines } from '../../lambda/storage/json-lines.ts';
import { DamagedObjectError, toJsonLinesGzip } from '../../lambda/storage/stored-json.ts';

async function valuesOf(body: Uint8Array): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJsonLines('k', body)) values.push(value);
  return values;
}

/** Text that hardly packs, so that the object is a large one. */
function noise(length: number): string {
  let text = '';
  for (let number = 1; text.length < length; number = (number * 48_271) % 2_147_483_647) text += number.toString(36);
  return text.slice(0, length);
}

describe('packed lines', () => {
  test('come one by one, from any number of members', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(value), { minLength: 1 }), async (members) => {
        const body = Buffer.concat(members.map((values) => toJsonLinesGzip(values)));
        expect(await valuesOf(body)).toEqual(JSON.parse(JSON.stringify(members.flat())));
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test('a line may lie across many pieces, beside short ones, in letters of several bytes', async () => {
    const values = [1, `ä€😀${noise(700_000)}`, 2, '€'.repeat(400_000), noise(300_000), 3];
    expect(await valuesOf(toJsonLinesGzip(values))).toEqual(values);
    expect(await valuesOf(Buffer.concat(values.map((value) => toJsonLinesGzip([value]))))).toEqual(values);
  });

  test('few bytes that unpack to many are read like others', async () => {
    const values = Array.from({ length: 20 }, () => 'x'.repeat(100_000));
    const body = toJsonLinesGzip(values);
    expect(body.byteLength).toBeLessThan(16 * 1024);
    expect(await valuesOf(body)).toEqual(values);
  });

  test('the last line needs no end', async () => {
    expect(await valuesOf(gzipSync('1\n\n2'))).toEqual([1, 2]);
  });

  test('that are damaged are told by name: cut off, no gzip, no JSON, a line without end', async () => {
    const large = toJsonLinesGzip([noise(400_000)]);
    for (const body of [toJsonLinesGzip([{}]).slice(0, -3), large.slice(0, -3), Buffer.from('{}'), Buffer.alloc(20_000, '{}'), gzipSync('{}\n{'), gzipSync('{\n{}\n')]) {
      await expect(valuesOf(body)).rejects.toThrow(DamagedObjectError);
      await expect(valuesOf(body)).rejects.toThrow(/^k in the store is damaged: /);
    }
    await expect(valuesOf(gzipSync(Buffer.alloc(65 * 1024 ** 2, ' ')))).rejects.toThrow('k in the store is damaged: a line is longer than 67108864 bytes');
  });

  test('a reader who has enough stops', async () => {
    const rows = readJsonLines('k', toJsonLinesGzip(Array.from({ length: 50_000 }, (_, index) => noise(20) + index)));
    for await (const row of rows) {
      expect(row).toBe(`${noise(20)}0`);
      break;
    }
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });
});
