/** The version of everything that this program keeps. A field more needs no new one; what an older program would misread does. */
const SCHEMA_VERSION = 1;

/** The store holds what a newer program wrote. An older one could only lose what it does not know of. */
export class NewerRecordError extends Error {
  override readonly name = 'NewerRecordError';

  constructor(key: string, version: number) {
    super(`the record was written by a newer version of Eksaminer (${key} has schema ${version}, this version knows ${SCHEMA_VERSION}). Use that version, or keep a record of its own elsewhere; nothing was changed.`);
  }
}

/** An object of the store, if it is none of a newer program's. */
export function knownSchema<T extends { readonly schemaVersion: number }>(key: string, object: T): T {
  // What has no version is damaged, which others find out.
  const version = (object as Partial<T> | null)?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION) throw new NewerRecordError(key, version);
  return object;
}
