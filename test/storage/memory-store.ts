import { createHash } from 'node:crypto';
import { keyToPath } from '../../lambda/storage/object-key.ts';
import { compareKeys } from '../../lambda/storage/object-key.ts';
import { PreconditionFailedError, type ObjectStore } from '../../lambda/storage/object-store.ts';

/** One operation on the store, before or after it is done. */
export interface Operation {
  readonly kind: 'get' | 'put' | 'list';
  readonly key: string;
  readonly moment: 'before' | 'after';
}

/** May throw (a fault) or take its time (a pause point). Told of each operation twice: before it, and when it is done but not answered. */
export type Interference = (operation: Operation) => Promise<void> | void;

export interface MemoryStore extends ObjectStore {
  readonly objects: Map<string, Uint8Array>;
  /** The same objects as another writer meets them, with interference of his own. */
  as(interference: Interference): MemoryStore;
  /** A store of its own with the same content. */
  copy(): MemoryStore;
}

/** What a killed process does: nothing more. */
export class KilledError extends Error {
  override readonly name = 'KilledError';
}

/** An object store in memory, each operation atomic, with places to interfere. */
export function memoryStore(objects = new Map<string, Uint8Array>(), interfere: Interference = () => {}): MemoryStore {
  return {
    objects,
    async get(key) {
      await interfere({ kind: 'get', key, moment: 'before' });
      const body = objects.get(key);
      await interfere({ kind: 'get', key, moment: 'after' });
      return body ? { body: Uint8Array.from(body), etag: etagOf(body) } : undefined;
    },
    async put(key, body, condition) {
      keyToPath(key);
      await interfere({ kind: 'put', key, moment: 'before' });
      const there = objects.get(key);
      if (condition && 'ifNoneMatch' in condition && there) throw new PreconditionFailedError(key);
      if (condition && 'ifMatch' in condition && (!there || etagOf(there) !== condition.ifMatch)) throw new PreconditionFailedError(key);
      objects.set(key, Uint8Array.from(body));
      await interfere({ kind: 'put', key, moment: 'after' });
      return { etag: etagOf(body) };
    },
    async *list(prefix, { startAfter } = {}) {
      await interfere({ kind: 'list', key: prefix, moment: 'before' });
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && (startAfter === undefined || compareKeys(key, startAfter) > 0)).sort(compareKeys);
      const found = keys.map((key) => ({ key, etag: etagOf(objects.get(key)!), size: objects.get(key)!.byteLength }));
      await interfere({ kind: 'list', key: prefix, moment: 'after' });
      yield* found;
    },
    as: (other) => memoryStore(objects, other),
    copy: () => memoryStore(new Map(objects)),
  };
}

function etagOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
