import type { ClusterIdentity, ClusterTarget } from '../../model/cluster-target.ts';
import { clusterIdentity } from '../../model/cluster-identity.ts';
import { refused, type Collected, type Refusal } from '../../model/collected.ts';
import type { CollectedSources, Snapshot } from '../../model/snapshot.ts';
import { AWS_SOURCES, type AwsSource } from '../../model/sources.ts';
import type { Connection } from './connection.ts';
import { readKubernetes, type KubernetesOptions } from './read-kubernetes.ts';

export type ReadResult =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly reason: Refusal; readonly cluster?: ClusterIdentity; readonly problems: readonly string[] };

export interface ReadOptions extends KubernetesOptions {
  readonly now: () => Date;
}

/** Reads the Kubernetes side of one cluster, as `readKubernetes` does. `ok: false` when nothing of it could be read. */
export async function readCluster(connection: Connection, options: ReadOptions): Promise<ReadResult> {
  const { target, namespaces, now } = options;
  const observedAt = now().toISOString();
  const read = await readKubernetes(connection, options);
  const { problems } = read;
  const cluster = identityOf(target, read.uid);
  if (!read.ok) return { ok: false, reason: read.reason, ...(read.known || target.arn !== undefined ? { cluster } : {}), problems };
  const notRead = (): Collected<never> => refused('not-configured', "only the Kubernetes side was read; EKS's side is read from captures (--from)");
  const aws = Object.fromEntries((Object.keys(AWS_SOURCES) as AwsSource[]).map((source) => [source, notRead()]));
  return { ok: true, snapshot: { cluster, observedAt, namespaces: namespaces ?? 'all', sources: { ...read.sources, ...aws } as unknown as CollectedSources, problems } };
}

/** Who a cluster is, from where it was found and what its API server says. */
export function identityOf({ label, arn }: ClusterTarget, uid: string | undefined): ClusterIdentity {
  return clusterIdentity({ label, ...(arn === undefined ? {} : { arn }), ...(uid === undefined ? {} : { uid }) });
}
