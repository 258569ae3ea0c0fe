import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConflictError, InvalidKeyError, PreconditionFailedError, type ListedObject, type ObjectStore } from '../../lambda/storage/object-store.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (body: Uint8Array | undefined): string | undefined => (body ? Buffer.from(body).toString() : undefined);

async function listed(store: ObjectStore, prefix: string, startAfter?: string): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const object of store.list(prefix, startAfter === undefined ? {} : { startAfter })) objects.push(object);
  return objects;
}

const keysOf = (objects: readonly ListedObject[]): string[] => objects.map(({ key }) => key);

/** What every object store does. `make` gives an empty one. */
export function objectStoreContract(make: () => Promise<ObjectStore>): void {
  describe('get and put', () => {
    test('what was put is there, bytes and tag; what was not is absent', async () => {
      const store = await make();
      const body = Uint8Array.from({ length: 256 }, (_, index) => index);
      const { etag } = await store.put('a/b.bin', body);
      const object = await store.get('a/b.bin');
      expect([...object!.body]).toEqual([...body]);
      expect(object!.etag).toBe(etag);
      expect(await store.get('a/c.bin')).toBeUndefined();
      expect(await store.get('a')).toBeUndefined();
      expect(await store.get('a/b.bin/c')).toBeUndefined();
    });

    test('an empty object is an object', async () => {
      const store = await make();
      await store.put('empty', bytes(''));
      expect((await store.get('empty'))!.body.byteLength).toBe(0);
    });

    test('without a condition the newest put stays, and the tag changes', async () => {
      const store = await make();
      const first = await store.put('k', bytes('one'));
      const second = await store.put('k', bytes('two'));
      expect(second.etag).not.toBe(first.etag);
      expect(text((await store.get('k'))?.body)).toBe('two');
    });

    test('what a reader got does not change under him', async () => {
      const store = await make();
      const given = bytes('one');
      await store.put('k', given);
      given[0] = 0;
      const first = await store.get('k');
      first!.body[1] = 0;
      expect(text((await store.get('k'))?.body)).toBe('one');
    });
  });

  describe('conditions', () => {
    test('ifNoneMatch creates, and never replaces', async () => {
      const store = await make();
      await store.put('k', bytes('one'), { ifNoneMatch: '*' });
      await expect(store.put('k', bytes('two'), { ifNoneMatch: '*' })).rejects.toThrow(PreconditionFailedError);
      await expect(store.put('k', bytes('one'), { ifNoneMatch: '*' })).rejects.toThrow(PreconditionFailedError);
      expect(text((await store.get('k'))?.body)).toBe('one');
    });

    test('ifMatch replaces what the writer saw, nothing else, and creates nothing', async () => {
      const store = await make();
      const { etag } = await store.put('k', bytes('one'));
      const second = await store.put('k', bytes('two'), { ifMatch: etag });
      await expect(store.put('k', bytes('three'), { ifMatch: etag })).rejects.toThrow(PreconditionFailedError);
      expect(await store.get('k')).toMatchObject({ etag: second.etag });
      await expect(store.put('new', bytes('x'), { ifMatch: etag })).rejects.toThrow(PreconditionFailedError);
      expect(await store.get('new')).toBeUndefined();
    });

    test('of many that create the same key at once exactly one does', async () => {
      const store = await make();
      const results = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => store.put('k', bytes(String(index)), { ifNoneMatch: '*' })));
      const won = results.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
      expect(won).toHaveLength(1);
      for (const result of results) if (result.status === 'rejected') expect([PreconditionFailedError, ConflictError]).toContain(result.reason.constructor);
      expect(text((await store.get('k'))?.body)).toBe(String(won[0]));
    });

    test('counting by compare and swap loses no count', async () => {
      const store = await make();
      await store.put('count', bytes('0'));
      const increment = async (): Promise<void> => {
        for (;;) {
          const seen = (await store.get('count'))!;
          try {
            await store.put('count', bytes(String(Number(text(seen.body)) + 1)), { ifMatch: seen.etag });
            return;
          } catch (error) {
            if (!(error instanceof PreconditionFailedError || error instanceof ConflictError)) throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: 8 }, increment));
      expect(text((await store.get('count'))?.body)).toBe('8');
    });
  });

  describe('list', () => {
    test('an empty store lists nothing', async () => {
      expect(await listed(await make(), '')).toEqual([]);
    });

    test('every object under the prefix, sorted by bytes, with tag and size', async () => {
      const store = await make();
      // "-" and "." come before "/", U+FF5E before U+1F600 in bytes and after it in UTF-16.
      const keys = ['a-b', 'a.b', 'a/b', 'a/b.c/d', 'a/b/c', 'a0', 'b/～', 'b/😀', 'b/é'];
      for (const key of [...keys].reverse()) if (key !== 'a/b') await store.put(key, bytes(key));
      expect(keysOf(await listed(store, ''))).toEqual(['a-b', 'a.b', 'a/b.c/d', 'a/b/c', 'a0', 'b/é', 'b/～', 'b/😀']);
      expect(keysOf(await listed(store, 'a/'))).toEqual(['a/b.c/d', 'a/b/c']);
      expect(keysOf(await listed(store, 'a/b'))).toEqual(['a/b.c/d', 'a/b/c']);
      expect(keysOf(await listed(store, 'a'))).toEqual(['a-b', 'a.b', 'a/b.c/d', 'a/b/c', 'a0']);
      expect(keysOf(await listed(store, 'c'))).toEqual([]);
      const [first] = await listed(store, 'a-b');
      expect(first).toEqual({ key: 'a-b', etag: (await store.get('a-b'))!.etag, size: 3 });
    });

    test('startAfter is left out itself and need not be a key', async () => {
      const store = await make();
      for (const key of ['s/1', 's/2', 's/3', 't/1']) await store.put(key, bytes(key));
      expect(keysOf(await listed(store, 's/', 's/1'))).toEqual(['s/2', 's/3']);
      expect(keysOf(await listed(store, 's/', 's/15'))).toEqual(['s/2', 's/3']);
      expect(keysOf(await listed(store, 's/', 's/3'))).toEqual([]);
      expect(keysOf(await listed(store, '', 's/2'))).toEqual(['s/3', 't/1']);
      expect(keysOf(await listed(store, '', 's'))).toEqual(['s/1', 's/2', 's/3', 't/1']);
    });

    test('is the sorted, filtered list of what was put, whatever the keys', async () => {
      // Parts at one depth, so that no key is the folder of another: the layout has none such.
      const part = fc.oneof(
        fc.constantFrom('a', 'a-', 'a.', '%61', 'A b', '.hidden', '=x', "q'uo\"te", '\u202e', '__proto__', '~'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).filter((p) => !p.includes('/') && p !== '.' && p !== '..'),
      );
      const key = fc.tuple(part, part).map((parts) => parts.join('/'));
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(key, { maxLength: 6 }), fc.string({ maxLength: 2 }), fc.option(key, { nil: undefined }), async (keys, prefix, startAfter) => {
          const store = await make();
          for (const name of keys) await store.put(name, bytes(name), { ifNoneMatch: '*' });
          const expected = [...keys]
            .filter((name) => name.startsWith(prefix) && (startAfter === undefined || Buffer.compare(Buffer.from(name), Buffer.from(startAfter)) > 0))
            .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
          expect(keysOf(await listed(store, prefix, startAfter))).toEqual(expected);
          for (const name of keys) expect(text((await store.get(name))?.body)).toBe(name);
        }),
        { numRuns: 30, seed: 3 },
      );
    });
  });

  describe('keys', () => {
    const bad = ['', '/', '/etc/passwd', 'a//b', 'a/', '../x', 'a/../../x', '.', 'a/.', '..', '\ud800', 'x'.repeat(1025), `a/${'\u0001'.repeat(100)}`];
    test.each(bad)('%j is refused, not bent into another', async (key) => {
      const store = await make();
      await expect(store.put(key, bytes('x'))).rejects.toThrow(InvalidKeyError);
      expect(keysOf(await listed(store, ''))).toEqual([]);
    });

    test('NUL, newlines and backslashes are characters like others', async () => {
      const store = await make();
      const keys = ['a\u0000b', 'a\nb', 'a\\..\\b', 'C:'];
      for (const key of keys) await store.put(key, bytes(key));
      for (const key of keys) expect(text((await store.get(key))?.body)).toBe(key);
      expect(keysOf(await listed(store, '')).sort()).toEqual([...keys].sort());
    });
  });
}
