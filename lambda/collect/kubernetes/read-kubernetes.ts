import pMap from 'p-map';
import type { ClusterTarget } from '../../model/cluster-target.ts';
import type { Collected, Refusal } from '../../model/collected.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import { KINDS, KUBERNETES_SOURCES, type KindDefinition, type KubernetesSource } from '../../model/kinds.ts';
import type { CollectedSources } from '../../model/snapshot.ts';
import type { AwsSource } from '../../model/sources.ts';
import { treeForSource } from '../fields/source-trees.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { discover } from './discovery.ts';
import type { Deadlines } from './exchange.ts';
import { readClusterUid, readVersion, uidOf } from './first-contact.ts';
import { createHttpReader, type HttpReader } from './http-reader.ts';
import { nothingRead } from './nothing-read.ts';
import { readKind, type KindRead } from './read-kind.ts';
import { servingOf } from './served-kind.ts';
import { unavailableServices } from './unavailable-services.ts';

/** What an API server tells: all sources but AWS's. */
export type KubernetesRead = Omit<CollectedSources, AwsSource>;

/** `uid`: of kube-system, where it could be read. `known`: the cluster answered, so that it is known for what it is. */
export type KubernetesResult =
  | { readonly ok: true; readonly sources: KubernetesRead; readonly uid: string | undefined; readonly problems: readonly string[] }
  | { readonly ok: false; readonly reason: Refusal; readonly uid: string | undefined; readonly known: boolean; readonly problems: readonly string[] };

export interface KubernetesOptions {
  readonly target: ClusterTarget;
  readonly plan: CollectionPlan;
  /** Absent: all. */
  readonly namespaces?: readonly string[];
  /** What is being read, in words. */
  readonly onProgress?: (doing: string) => void;
  /** For the whole cluster. */
  readonly deadlineMs?: number;
  readonly deadlines?: Partial<Deadlines>;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Lists at once. An API server gives one user few seats (API Priority and Fairness), and others want theirs. */
const AT_ONCE = 4;

/**
 * Reads everything that the plan knows of one cluster over its Kubernetes API, with GET alone. What could not be read is a refused source; `ok: false`
 * when that is all of it: unreachable, not signed in, or signed in without rights.
 */
export async function readKubernetes(connection: Connection, options: KubernetesOptions): Promise<KubernetesResult> {
  const { clock = systemClock, random = Math.random, deadlines, deadlineMs } = options;
  const http = createHttpReader(connection, { clock, random, ...(deadlines ? { deadlines } : {}), ...(deadlineMs === undefined ? {} : { deadlineMs }) });
  try {
    return await read(http, options);
  } finally {
    http.close();
  }
}

async function read(http: HttpReader, { target, plan, namespaces, onProgress }: KubernetesOptions): Promise<KubernetesResult> {
  onProgress?.('signing in');
  const version = await readVersion(http);
  if (!version.ok) return unreadable(version.reason);
  onProgress?.('discovering what is served');
  const [uid, discovered, unavailable] = await Promise.all([
    readClusterUid(http),
    discover(http, new Set(Object.values<KindDefinition>(KINDS).map((kind) => kind.group))),
    unavailableServices(http),
  ]);
  if (!uid.ok && target.arn === undefined) return unreadable(uid.reason);

  const reads = new Map<KubernetesSource, KindRead>();
  for (const level of levels()) {
    const readOne = async (source: KubernetesSource): Promise<void> => {
      const kind: KindDefinition = KINDS[source];
      const serving = servingOf(kind, discovered, unavailable ?? []);
      if (serving.state === 'served') onProgress?.(`reading ${kind.plural}`);
      const onPage = (objects: number): void => onProgress?.(`reading ${kind.plural} (${objects})`);
      reads.set(source, await readKind(http, { kind, serving, namespaces: namespaces ?? 'all', treeFor: treeForSource(plan, source), onPage }));
    };
    await pMap(level, readOne, { concurrency: AT_ONCE });
  }

  const known = { uid: (uid.ok ? uid.value : undefined) ?? uidOf(namespacesIn(reads).get('kube-system')), known: true };
  const absent = absentNamespaces(namespaces, reads);
  const problems = absent.map((name) => `there is no namespace "${name}" in this cluster`);
  if (namespaces !== undefined && namespaces.length > 0 && absent.length === namespaces.length) {
    return { ok: false, reason: { code: 'not-configured', message: `none of the namespaces that were asked for is in this cluster: ${namespaces.join(', ')}` }, ...known, problems };
  }
  if (![...reads.values()].some(({ asked }) => asked)) {
    return { ok: false, reason: nothingRead(reads, target), ...known, problems };
  }
  return { ok: true, sources: sourcesOf(reads, version.value), uid: known.uid, problems };
}

/** Kinds that are read side by side; a level begins when the one before it is done (see `order` in the table of kinds). */
function levels(): readonly (readonly KubernetesSource[])[] {
  return [...Map.groupBy(KUBERNETES_SOURCES, (source) => KINDS[source].order).values()];
}

function sourcesOf(reads: ReadonlyMap<KubernetesSource, KindRead>, version: Collected<string>): KubernetesRead {
  const sources: Record<string, Collected<unknown>> = { kubernetesVersion: version };
  for (const [source, { value }] of reads) sources[source] = value;
  return sources as unknown as KubernetesRead;
}

/** A misspelt namespace would be a clean one. */
function absentNamespaces(asked: readonly string[] | undefined, reads: ReadonlyMap<KubernetesSource, KindRead>): readonly string[] {
  const found = namespacesIn(reads);
  return asked === undefined || !reads.get('namespaces')?.value.ok ? [] : asked.filter((name) => !found.has(name));
}

function namespacesIn(reads: ReadonlyMap<KubernetesSource, KindRead>): ReadonlyMap<string, unknown> {
  const read = reads.get('namespaces')?.value;
  const objects = read?.ok ? (read.value as readonly { readonly metadata: { readonly name: string } }[]) : [];
  return new Map(objects.map((object) => [object.metadata.name, object]));
}

function unreadable(reason: Refusal): KubernetesResult {
  return { ok: false, reason, uid: undefined, known: false, problems: [] };
}
