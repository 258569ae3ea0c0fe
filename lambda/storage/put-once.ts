import type { ObjectStore } from './object-store.ts';

/** How often a put whose answer was doubtful, or that met another write, is tried. */
export const TRIES = 8;

/**
 * Creates an object that is never to change. `true`: our bytes are there, whoever put them; `false`: others are. A doubtful answer
 * is settled by reading; throws the last error when it cannot be settled.
 */
export async function putOnce(store: ObjectStore, key: string, body: Uint8Array): Promise<boolean> {
  let problem: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      await store.put(key, body, { ifNoneMatch: '*' });
      return true;
    } catch (error) {
      problem = error;
    }
    const there = await store.get(key);
    if (there) return Buffer.compare(there.body, body) === 0;
  }
  throw problem;
}

/**
 * Replaces what its writer saw under this tag. `true`: our bytes are there, whoever put them; `false`: others are. Doubtful answers are
 * settled as above. The bytes must be this writer's alone, or two of them would both believe that they won.
 */
export async function replaceOnce(store: ObjectStore, key: string, body: Uint8Array, etag: string): Promise<boolean> {
  let problem: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      await store.put(key, body, { ifMatch: etag });
      return true;
    } catch (error) {
      problem = error;
    }
    const there = await store.get(key);
    if (there && Buffer.compare(there.body, body) === 0) return true;
    if (there?.etag !== etag) return false;
  }
  throw problem;
}
