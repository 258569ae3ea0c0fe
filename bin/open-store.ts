import { directoryStore, storeExists } from '../lambda/storage/directory-store.ts';
import type { ObjectStore } from '../lambda/storage/object-store.ts';
import { DEFAULT_STORE } from './default-store.ts';
import { UsageError } from './usage-error.ts';

export function openStore(directory: string): ObjectStore {
  return directoryStore(directory);
}

/** For commands that only read: a directory without a record is a mistake of the caller's, not an empty record. */
export async function openExistingStore(directory: string): Promise<ObjectStore> {
  if (!(await storeExists(directory))) throw new UsageError(`${storeName(directory)}: no record of an audit here. Make one: ${withStore('eksaminer audit', directory)}`);
  return openStore(directory);
}

/** For commands that can do without: absent where there is no record. */
export async function openStoreIfAny(directory: string): Promise<ObjectStore | undefined> {
  return (await storeExists(directory)) ? openStore(directory) : undefined;
}

/** A command as a person would type it to have it use this store. */
export function withStore(command: string, directory: string): string {
  return directory === DEFAULT_STORE ? command : `${command} --store ${directory}`;
}

/** "`.eksaminer/`": a directory as people write it. */
export function storeName(directory: string): string {
  return directory.endsWith('/') ? directory : `${directory}/`;
}

const SYSTEM_REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'this user may not read and write there'],
  ['EPERM', 'this user may not read and write there'],
  ['EROFS', 'the file system is read-only'],
  ['ENOTDIR', 'something on the way to it is a file, not a directory'],
  ['EEXIST', 'something on the way to it is a file, not a directory'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota is used up'],
]);

/** What the system says of the store, in words; every other error as it is. */
export async function withStoreErrors<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = SYSTEM_REASONS.get((error as NodeJS.ErrnoException | undefined)?.code ?? '');
    if (reason === undefined) throw error;
    throw new UsageError(`the record cannot be kept in ${storeName(directory)}: ${reason}. Name another directory with --store`, { cause: error });
  }
}
