import type { ClusterIdentity } from './cluster-target.ts';
import type { Collected } from './collected.ts';
import type { SourceName, Sources } from './sources.ts';

export type CollectedSources = { readonly [S in SourceName]: Collected<Sources[S]> };

/** Everything read about one cluster at one moment. */
export interface Snapshot {
  readonly cluster: ClusterIdentity;
  /** UTC, ISO 8601: when the first read began. */
  readonly observedAt: string;
  /** `all`, or the namespaces that were asked for: then nothing is said about the others. */
  readonly namespaces: 'all' | readonly string[];
  readonly sources: CollectedSources;
  /** Field paths that were kept of each source, where a capture of ours says so; absent: all that this version asks for. */
  readonly fields?: { readonly [S in SourceName]?: readonly string[] };
  /** Things that went wrong while reading and that a person should know of (a broken file), in order. */
  readonly problems: readonly string[];
}
