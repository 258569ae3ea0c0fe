import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareKeys, partOfName } from './object-key.ts';

interface Found {
  readonly key: string;
  readonly path: string;
}

/** Keys and paths of all files below `root` whose key begins with `prefix` and comes after `startAfter`, in the order of the keys' bytes. */
export function listDirectory(root: string, prefix: string, startAfter: string | undefined): AsyncGenerator<Found> {
  return walk({ key: '', path: root });

  async function* walk(folder: Found): AsyncGenerator<Found> {
    for (const entry of await entriesOf(folder)) {
      if (!entry.key.endsWith('/')) {
        if (entry.key.startsWith(prefix) && (startAfter === undefined || compareKeys(entry.key, startAfter) > 0)) yield entry;
      } else if (mayHold(entry.key)) yield* walk(entry);
    }
  }

  function mayHold(folder: string): boolean {
    if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) return false;
    return startAfter === undefined || startAfter.startsWith(folder) || compareKeys(folder, startAfter) > 0;
  }
}

/** Files and folders (with a slash at the end of their key: "a-b" comes before "a/b", as in a flat list), sorted. */
async function entriesOf(folder: Found): Promise<Found[]> {
  let entries;
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const found: Found[] = [];
  for (const entry of entries) {
    const part = partOfName(entry.name);
    if (part === undefined || !(entry.isFile() || entry.isDirectory())) continue;
    found.push({ key: `${folder.key}${part}${entry.isDirectory() ? '/' : ''}`, path: join(folder.path, entry.name) });
  }
  return found.sort((a, b) => compareKeys(a.key, b.key));
}
