import { refused, collected, type Collected } from '../../model/collected.ts';
import type { Answer } from './answer.ts';
import type { HttpReader } from './http-reader.ts';
import { readJson } from './read-json.ts';

const SMALL_BYTES = 2 ** 20;

/**
 * `/version`, which any signed-in user may read on a default cluster. `ok: false`: this server cannot be read at all (unreachable, not signed in, not an API
 * server); a cluster that merely keeps its version to itself is `ok` with the version refused.
 */
export async function readVersion(http: HttpReader): Promise<Answer<Collected<string>>> {
  const answer = await readJson(http, '/version', SMALL_BYTES);
  if (!answer.ok) {
    const kept = answer.status === 403 || answer.status === 404;
    return kept ? { ok: true, value: refused(answer.status === 403 ? 'forbidden' : 'unavailable', 'may not get /version') } : answer;
  }
  const { major, minor } = (answer.value ?? {}) as { readonly major?: unknown; readonly minor?: unknown };
  // EKS says minor "35+".
  const version = /^(\d{1,3})\.(\d{1,4})\+?$/.exec(`${String(major)}.${String(minor)}`);
  if (!version) return { ok: false, reason: { code: 'unreadable', message: 'what the server says under /version is not the version of a Kubernetes API server' } };
  return { ok: true, value: collected(`${version[1]}.${version[2]}`) };
}

/**
 * uid of the kube-system namespace: what a cluster is known by where no ARN tells it. Undefined: this user may not read it. `ok: false`: it cannot be told now,
 * and to know the cluster by something else today would make another cluster of it.
 */
export async function readClusterUid(http: HttpReader): Promise<Answer<string | undefined>> {
  const answer = await readJson(http, '/api/v1/namespaces/kube-system', SMALL_BYTES);
  if (answer.ok) return { ok: true, value: uidOf(answer.value) };
  return answer.status === 401 || answer.status === 403 || answer.status === 404 ? { ok: true, value: undefined } : answer;
}

/** The uid of a namespace, if it is one. */
export function uidOf(namespace: unknown): string | undefined {
  const uid = (namespace as { readonly metadata?: { readonly uid?: unknown } | null } | null)?.metadata?.uid;
  return typeof uid === 'string' && /^[0-9A-Za-z-]{1,64}$/.test(uid) ? uid : undefined;
}
