import type { ClusterIdentity } from '../../model/cluster-target.ts';

type Named = Required<Pick<ClusterIdentity, 'account' | 'region' | 'name'>>;

/** What people call each of these clusters, in the same order: its name where no other has it, else `account/region/name`. No two are called alike. */
export function labelsOf(clusters: readonly Named[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { name } of clusters) times.set(name, (times.get(name) ?? 0) + 1);
  return clusters.map(({ account, region, name }) => (times.get(name) === 1 ? name : `${account}/${region}/${name}`));
}
