import type { Derived, Unread } from '../../model/derived.ts';
import type { Collected } from '../../model/collected.ts';
import type { ClusterIdentities } from '../identity/cluster-identity.ts';
import type { Holders, Holder } from './holder.ts';
import { iamHolders } from './iam-holders.ts';
import type { Surroundings } from './surroundings.ts';

/** Who of IAM may sign in. */
export interface IamSide {
  readonly holders: readonly Holder[];
  /** What was read of it and says too little. */
  readonly unsaid: readonly Unread[];
}

export interface IamInput {
  readonly clusterIdentities: Derived<ClusterIdentities>;
  readonly eksAssociatedAccessPolicies: Collected<readonly unknown[]>;
}

/** An entry whose access policies were not read may stand for anybody: nothing is said of it. */
export function iamSideOf({ clusterIdentities, eksAssociatedAccessPolicies }: IamInput, { bySubject }: Holders, { admitsAnyPod, accounts }: Surroundings): IamSide {
  if (!clusterIdentities.ok) return { holders: [], unsaid: [] };
  const { principals, partition, unsaid } = clusterIdentities.value;
  const known = principals.filter(({ via }) => via === 'aws-auth' || eksAssociatedAccessPolicies.ok);
  return {
    holders: iamHolders({ principals: known, partition }, bySubject, new Set(['kube-system', ...admitsAnyPod.keys(), ...accounts.keys()])),
    unsaid,
  };
}
