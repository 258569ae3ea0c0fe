import type { EksCluster } from '../../model/eks.ts';
import type { MappedPrincipal } from './cluster-identity.ts';
import { momentOf } from './moment-of.ts';

/** EKS makes the entry of the creator while it makes the cluster; that takes longer than this, and whoever else makes an entry does so when it is done. */
const MADE_TOGETHER = 5 * 60_000;

/** Of `accessConfig` and the cluster what `isMadeWithCluster` reads. */
export const CREATOR_ENTRY_FIELDS = ['accessConfig.bootstrapClusterCreatorAdminPermissions', 'createdAt'] as const;

/**
 * Whether an access entry is as old as its cluster, which was told to let in its creator. No API says who that was: it is a hint, not a proof.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
 */
export function isMadeWithCluster({ createdAt, entryType }: Pick<MappedPrincipal, 'createdAt' | 'entryType'>, cluster: EksCluster): boolean {
  if (cluster.accessConfig?.bootstrapClusterCreatorAdminPermissions !== true || entryType !== 'STANDARD') return false;
  const [entered, made] = [momentOf(createdAt), momentOf(cluster.createdAt)];
  return entered !== undefined && made !== undefined && Math.abs(entered - made) < MADE_TOGETHER;
}
