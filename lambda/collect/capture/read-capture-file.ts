import { JsonSyntaxError, KindUnknownError, TooLargeError } from '../json/json-errors.ts';
import type { TypeName } from '../json/known-kind.ts';
import { readObjects, type ObjectSink } from '../json/read-objects.ts';
import { messageOf, type CaptureFile } from './capture-files.ts';
import { openContent, UnreadableFileError } from './file-bytes.ts';
import { FileSink, type CaptureContents, type KeptTrees } from './file-sink.ts';

/** Reads one file into the contents. Returns what is wrong with it, in one sentence without a period; what it might have told is refused then. */
export async function readCaptureFile(file: CaptureFile, contents: CaptureContents, trees: KeptTrees): Promise<string | undefined> {
  const sink = new FileSink(file.name, contents, trees);
  try {
    await readTyped(file.path, sink, contents.limits.bytes);
    return undefined;
  } catch (error) {
    const message = `${file.name}: ${describe(error)}`;
    const lost = sink.fail(message);
    return lost.length === 0 ? message : `${message} (checks on ${lost.join(', ')} are not evaluated)`;
  }
}

async function readTyped(path: string, sink: FileSink, maxBytes: number): Promise<void> {
  try {
    await readBytes(path, sink, maxBytes);
  } catch (error) {
    if (!(error instanceof KindUnknownError)) throw error;
    // The list says what it holds behind its items: read up to there, then once more.
    sink.startAgain();
    await readBytes(path, sink, maxBytes, await listedType(path, maxBytes));
  }
}

async function listedType(path: string, maxBytes: number): Promise<TypeName> {
  const ignoring: ObjectSink = { treeFor: () => undefined, accept: () => undefined };
  const { apiVersion, kind } = await readBytes(path, ignoring, maxBytes, { apiVersion: '', kind: '' });
  if (apiVersion !== undefined && kind?.endsWith('List') && kind !== 'List') return { apiVersion, kind: kind.slice(0, -'List'.length) };
  throw new UnreadableFileError('neither the list nor its items say of what kind they are; write it with kubectl get -o json, which says it');
}

async function readBytes(path: string, sink: ObjectSink, maxBytes: number, kindHint?: TypeName): ReturnType<typeof readObjects> {
  const { kind, bytes } = await openContent(path);
  if (kind === 'empty') throw new UnreadableFileError(EMPTY);
  try {
    const { yamlAsJson } = kind === 'yaml' ? await import('./yaml-documents.ts') : { yamlAsJson: undefined };
    return await readObjects(yamlAsJson ? yamlAsJson(bytes) : bytes, sink, { maxBytes, ...(kindHint ? { kindHint } : {}) });
  } catch (error) {
    throw kind === 'yaml' && error instanceof JsonSyntaxError ? inYaml(error) : error;
  }
}

const EMPTY = 'it is empty; the command that wrote it gave nothing';

/** Positions in the JSON that YAML was turned into would mislead. */
function inYaml({ expected, found, reading, truncated }: JsonSyntaxError): Error {
  return new UnreadableFileError(truncated ? 'it holds no objects' : `expected ${expected}, found ${found}, in ${reading}`);
}

function describe(error: unknown): string {
  if (error instanceof JsonSyntaxError) return error.truncated ? `${error.message}. Was the copy cut off?` : error.message;
  if (error instanceof TooLargeError || error instanceof UnreadableFileError) return error.message;
  return `it cannot be read: ${messageOf(error)}`;
}

