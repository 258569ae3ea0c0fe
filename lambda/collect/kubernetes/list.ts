import { objectFault, objectName } from '../fields/object-fault.ts';
import type { TreeFor } from '../fields/source-trees.ts';
import { readObjects, type ObjectSink } from '../json/read-objects.ts';
import { apiVersionOf, type KindDefinition } from '../../model/kinds.ts';
import { noAnswer, type Answer } from './answer.ts';
import { collectionPath, kindInWords, objectPath } from './api-paths.ts';
import type { HttpReader } from './http-reader.ts';
import { serverText } from './server-text.ts';

export interface ListRequest {
  readonly kind: KindDefinition;
  readonly version: string;
  /** Absent: over all namespaces. */
  readonly namespace?: string;
  /** What is kept of an object. */
  readonly treeFor: TreeFor;
  /** Objects so far. */
  readonly onPage?: (objects: number) => void;
}

const PAGE = 500;
/** Of one page or object, decompressed: 500 objects of the largest size that etcd takes (1.5 MB). */
const PAGE_BYTES = 768 * 2 ** 20;
/** Of all pages of a list. */
const LIST_BYTES = 8 * 2 ** 30;
/** A list may expire while it is read (410, after five minutes of compaction): how often it is begun again. */
const RESTARTS = 3;

/**
 * All objects of a kind, trimmed page by page. The pages of one answer are of one moment: when the server cannot go on with it (410), what was read is dropped and
 * the list begins again. https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function listKind(http: HttpReader, request: ListRequest): Promise<Answer<readonly unknown[]>> {
  for (let restart = 0; restart <= RESTARTS; restart++) {
    const answer = await listOnce(http, request);
    if (answer.ok || answer.status !== 410) return answer;
  }
  const what = kindInWords(request.kind);
  return noAnswer('unavailable', `the list of ${what} expired while it was read, ${RESTARTS + 1} times (410): the API server forgets faster than it answers`, 410);
}

async function listOnce(http: HttpReader, { kind, version, namespace, treeFor, onPage }: ListRequest): Promise<Answer<readonly unknown[]>> {
  const path = collectionPath(kind, version, namespace);
  const objects: unknown[] = [];
  let bytes = 0;
  let next: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(PAGE), ...(next === undefined ? {} : { continue: next }) });
    const page = await readPage(http, `${path}?${query}`, kind, version, treeFor);
    if (!page.ok) return page;
    const { header } = page.value;
    if (header.items === undefined || header.kind !== `${kind.kind}List`) {
      return noAnswer('unreadable', `asked for ${kindInWords(kind)}, the API server answered with ${serverText(header.kind ?? 'something without a kind', 60)}`, 200);
    }
    for (const object of page.value.objects) objects.push(object);
    onPage?.(objects.length);
    bytes += header.bytes;
    if (bytes > LIST_BYTES) return noAnswer('too-large', `the list of ${kindInWords(kind)} is larger than ${LIST_BYTES / 2 ** 30} GB`, 200);
    const token = header.continue === '' ? undefined : header.continue;
    if (token !== undefined && token === next) return noAnswer('unreadable', `the list of ${kindInWords(kind)} goes round in a circle (the same continue token twice)`, 200);
    next = token;
  } while (next !== undefined);
  return { ok: true, value: objects };
}

/** One object by name; 404 is an answer of status 404. */
export async function getObject(http: HttpReader, request: Omit<ListRequest, 'onPage'>, name: string): Promise<Answer<unknown>> {
  const { kind, version, namespace, treeFor } = request;
  const page = await readPage(http, objectPath(kind, version, name, namespace), kind, version, treeFor);
  if (!page.ok) return page;
  const { objects, header } = page.value;
  if (objects.length !== 1 || header.items !== undefined) {
    return noAnswer('unreadable', `asked for ${kind.kind} ${name}, the API server answered with ${serverText(header.kind ?? 'something without a kind', 60)}`, 200);
  }
  return { ok: true, value: objects[0] };
}

interface Page {
  readonly objects: readonly unknown[];
  readonly header: Awaited<ReturnType<typeof readObjects>>;
}

async function readPage(http: HttpReader, path: string, kind: KindDefinition, version: string, treeFor: TreeFor): Promise<Answer<Page>> {
  const type = { apiVersion: apiVersionOf(kind, version), kind: kind.kind };
  let foreign: string | undefined;
  let malformed: string | undefined;
  const answer = await http.get<Page>({
    path,
    maxBytes: PAGE_BYTES,
    async read(body) {
      // A page that breaks off is read again from its beginning.
      const objects: unknown[] = [];
      foreign = malformed = undefined;
      const sink: ObjectSink = {
        treeFor(apiVersion, name, controller) {
          if (name === type.kind && apiVersion === type.apiVersion) return treeFor(controller);
          foreign ??= name;
          return undefined;
        },
        accept(object, _apiVersion, _kind, misshapen) {
          const fault = misshapen ?? objectFault(object);
          if (fault !== undefined) malformed ??= `${type.kind} ${serverText(objectName(object))}: ${serverText(fault)}`;
          objects.push(object);
        },
      };
      const header = await readObjects(body, sink, { kindHint: type });
      return { objects, header };
    },
  });
  if (answer.ok && foreign !== undefined) {
    return noAnswer('unreadable', `among ${kindInWords(kind)} the API server listed a ${serverText(foreign, 60) || 'thing without a kind'}`, 200);
  }
  // What checks rely on being a list or an object is one, or the kind was not read.
  return answer.ok && malformed !== undefined ? noAnswer('unreadable', `the API server listed what it cannot hold: ${malformed}`, 200) : answer;
}
