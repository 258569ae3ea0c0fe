/** Only if nothing is there yet, or only if what is there is still this. Absent: put whatever is there. */
export type PutCondition = { readonly ifNoneMatch: '*' } | { readonly ifMatch: string };

export interface StoredObject {
  readonly body: Uint8Array;
  /** Changes with the content. Means nothing but equality. */
  readonly etag: string;
}

export interface ListedObject {
  readonly key: string;
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Where runs, seals, history and states are kept: a directory, a bucket. Every put is atomic and durable when it returns, and a get
 * or list that begins after that sees it. Nothing is ever deleted through this port.
 */
export interface ObjectStore {
  /** `undefined`: it is not there. Everything else that prevents reading is an error, never "not there". */
  get(key: string): Promise<StoredObject | undefined>;
  /**
   * Throws `PreconditionFailedError` when the condition does not hold and `ConflictError` when another write was going on at the
   * same time (try again). After any other error it is not known whether the object was written: read it.
   */
  put(key: string, body: Uint8Array, condition?: PutCondition): Promise<{ readonly etag: string }>;
  /** Objects whose key begins with `prefix`, sorted by the UTF-8 bytes of their keys, those after `startAfter` only. */
  list(prefix: string, options?: { readonly startAfter?: string }): AsyncIterable<ListedObject>;
}

/** HTTP 412: the condition of a put does not hold. Nothing was written. */
export class PreconditionFailedError extends Error {
  override readonly name = 'PreconditionFailedError';
  readonly key: string;

  constructor(key: string) {
    super(`${key} is not as the writer expected it: somebody else wrote it`);
    this.key = key;
  }
}

/** HTTP 409: another write of the same key was going on. Nothing was written; the same put may be tried again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly key: string;

  constructor(key: string) {
    super(`${key} is being written by somebody else at this moment`);
    this.key = key;
  }
}

/** A key that not every kind of store can hold. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError';
}
