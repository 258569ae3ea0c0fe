import { collected, refused, type Collected, type Refusal } from '../../model/collected.ts';
import type { KindDefinition } from '../../model/kinds.ts';
import type { TreeFor } from '../fields/source-trees.ts';
import type { Answer } from './answer.ts';
import { kindInWords } from './api-paths.ts';
import type { HttpReader } from './http-reader.ts';
import { getObject, listKind } from './list.ts';
import type { Serving } from './served-kind.ts';

export interface KindRequest {
  readonly kind: KindDefinition;
  readonly serving: Serving;
  /** `all`, or those that were asked for. */
  readonly namespaces: 'all' | readonly string[];
  readonly treeFor: TreeFor;
  readonly onPage?: (objects: number) => void;
}

/** A kind as it was read. `asked`: the API server answered for it, so that this is more than an inference from discovery. */
export interface KindRead {
  readonly value: Collected<readonly unknown[]>;
  readonly asked: boolean;
}

export async function readKind(http: HttpReader, request: KindRequest): Promise<KindRead> {
  const { kind, serving } = request;
  if (serving.state === 'unserved') return { value: collected([]), asked: false };
  if (serving.state === 'refused') return { value: { ok: false, reason: serving.reason }, asked: false };
  if (serving.state === 'served') {
    const answer = await readVersion(http, request, serving.version);
    return { value: answer.ok ? collected(answer.value) : { ok: false, reason: reasonFor(kind, answer) }, asked: answer.ok };
  }
  // Discovery could not be had. What answers is there; that something does not answer proves nothing.
  for (const version of kind.versions) {
    const answer = await readVersion(http, request, version);
    if (answer.ok) return { value: collected(answer.value), asked: true };
    if (answer.status !== 404) return { value: { ok: false, reason: reasonFor(kind, answer) }, asked: false };
  }
  return { value: refused(serving.reason.code, `whether there are ${kindInWords(kind)} cannot be told: ${serving.reason.message}`), asked: false };
}

async function readVersion(http: HttpReader, request: KindRequest, version: string): Promise<Answer<readonly unknown[]>> {
  const { kind, namespaces, treeFor } = request;
  if (kind.only) return named(http, request, version, kind.only.names, kind.only.namespace);
  if (namespaces === 'all' || !(kind.namespaced || isNamespace(kind))) return listKind(http, { ...request, version });
  // Who may see one namespace only may not list them all.
  if (isNamespace(kind)) return named(http, request, version, namespaces);
  const objects: unknown[] = [];
  for (const namespace of namespaces) {
    const answer = await listKind(http, { kind, version, namespace, treeFor });
    if (!answer.ok) return answer;
    for (const object of answer.value) objects.push(object);
    request.onPage?.(objects.length);
  }
  return { ok: true, value: objects };
}

/** Objects by name. One that is not there is absent, and that is an answer. */
async function named(http: HttpReader, { kind, treeFor }: KindRequest, version: string, names: readonly string[], namespace?: string): Promise<Answer<readonly unknown[]>> {
  const objects: unknown[] = [];
  for (const name of names) {
    const answer = await getObject(http, { kind, version, treeFor, ...(namespace === undefined ? {} : { namespace }) }, name);
    if (answer.ok) objects.push(answer.value);
    else if (answer.status !== 404) return answer;
  }
  return { ok: true, value: objects };
}

function isNamespace({ group, plural }: KindDefinition): boolean {
  return group === '' && plural === 'namespaces';
}

/** Why a kind was not read. People see many of these at once, so that the frequent one is short. */
function reasonFor(kind: KindDefinition, { status, reason }: { readonly status?: number; readonly reason: Refusal }): Refusal {
  const what = kindInWords(kind);
  if (status === 403) return { code: 'forbidden', message: kind.only ? `may not get ${what} ${kind.only.names.map((name) => `${kind.only!.namespace}/${name}`).join(', ')}` : `may not list ${what}` };
  if (status === 404) return { code: 'unavailable', message: `the API server says that it serves ${what}, and answers 404 for them` };
  return reason;
}
