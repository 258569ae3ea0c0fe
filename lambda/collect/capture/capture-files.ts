import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A file of a capture: where it is, and how people are told of it. */
export interface CaptureFile {
  readonly path: string;
  readonly name: string;
}

export type CaptureListing = { readonly ok: true; readonly files: readonly CaptureFile[]; readonly problems: readonly string[] } | { readonly ok: false; readonly message: string };

/** A capture of one file a kind and namespace stays far below; a whole disk given by mistake does not. */
const MOST_FILES = 20_000;

/**
 * The files of a capture: the path itself, or a directory's files and those of its subdirectories, one level down, sorted. Hidden files and notes
 * (`.md`) are no part of it.
 */
export async function listCaptureFiles(path: string): Promise<CaptureListing> {
  const kind = await kindOf(path);
  if (kind === 'file') return { ok: true, files: [{ path, name: basename(path) }], problems: [] };
  if (kind !== 'directory') return { ok: false, message: kind };
  const files: CaptureFile[] = [];
  const problems: string[] = [];
  const fault = await walk(path, '', 1, files, problems);
  if (fault !== undefined) return { ok: false, message: fault };
  if (files.length > MOST_FILES) return { ok: false, message: `${path} holds more than ${MOST_FILES} files; name the directory of one capture` };
  return { ok: true, files, problems };
}

async function walk(root: string, below: string, levels: number, files: CaptureFile[], problems: string[]): Promise<string | undefined> {
  const directory = join(root, below);
  let names: string[];
  try {
    names = (await readdir(directory)).sort();
  } catch (error) {
    return `${directory} cannot be read: ${messageOf(error)}`;
  }
  for (const name of names) {
    if (name.startsWith('.') || name.endsWith('.md') || files.length > MOST_FILES) continue;
    const shown = below === '' ? name : `${below}/${name}`;
    const path = join(root, shown);
    const kind = await kindOf(path);
    if (kind === 'file') files.push({ path, name: shown });
    else if (kind !== 'directory') problems.push(kind);
    else if (levels === 0) problems.push(`${shown}/ is not read: a capture's files stand in one directory and those directly below it`);
    else {
      const fault = await walk(root, shown, levels - 1, files, problems);
      if (fault !== undefined) problems.push(fault);
    }
  }
  return undefined;
}

/** `file`, `directory`, or what is wrong with it. */
async function kindOf(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'directory';
    return found.isFile() ? 'file' : `${path} is neither a file nor a directory`;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' ? `${path} does not exist` : `${path} cannot be read: ${messageOf(error)}`;
  }
}

/** What the system says went wrong, without its call and path. */
export function messageOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'EIO') return 'the disk failed (EIO)';
  return error instanceof Error ? error.message : String(error);
}
