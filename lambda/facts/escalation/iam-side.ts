import type { Derived, Unread } from '../../model/derived.ts';
import type { CollectedSources } from '../../model/snapshot.ts';
import type { SourceName } from '../../model/sources.ts';
import { objectsOf } from '../as-read.ts';
import type { ClusterIdentities } from '../identity/cluster-identity.ts';
import { closedDoors } from '../identity/doors.ts';
import { isIdOfDeleted, rolesByPrincipal, whyOrphaned } from '../identity/gone-principal.ts';
import type { Holders, Holder } from './holder.ts';
import { iamHolders } from './iam-holders.ts';
import { NO_IAM_ROLES, iamRolesOf, type IamRoles, type IamRolesInput } from './iam-roles.ts';
import type { Surroundings } from './surroundings.ts';
import { unclearRoles } from './unclear-roles.ts';

/** Who of IAM may sign in, and who in the cluster comes to roles of IAM. */
export interface IamSide {
  readonly holders: readonly Holder[];
  /** Access policies of some namespaces, which holders count as besides themselves. */
  readonly policies: readonly Holder[];
  readonly roles: IamRoles;
  /** What was not read of it. */
  readonly unread: ReadonlySet<SourceName>;
  /** What was read of it and says too little. */
  readonly unsaid: readonly Unread[];
}

export const NO_IAM: IamSide = { holders: [], policies: [], roles: NO_IAM_ROLES, unread: new Set(), unsaid: [] };

/** Without which it is not known who of IAM is who in the cluster, and who in the cluster has which role. */
export const IAM_SOURCES = [
  'eksCluster',
  'eksAccessEntries',
  'eksAssociatedAccessPolicies',
  'eksPodIdentityAssociations',
  'eksNodegroups',
  'iamRoles',
  'iamPolicies',
] as const satisfies readonly SourceName[];

export interface IamInput extends IamRolesInput, Pick<CollectedSources, (typeof IAM_SOURCES)[number] | 'awsAuth'> {
  readonly clusterIdentities: Derived<ClusterIdentities>;
}

/** An entry whose access policies were not read may stand for anybody: nothing is said of it; and nobody comes in by one that is orphaned. */
export function iamSideOf(input: IamInput, { bySubject }: Holders, { admitsAnyPod, accounts }: Surroundings): IamSide {
  const { clusterIdentities, eksAssociatedAccessPolicies, iamRoles } = input;
  const closed: readonly SourceName[] = input.eksCluster.ok ? closedDoors(input.eksCluster.value) : [];
  const unread = new Set<SourceName>([...IAM_SOURCES, 'awsAuth' as const].filter((source) => !input[source].ok && !closed.includes(source)));
  const roles = iamRolesOf(input);
  const { serviceAccountRoles, rolePowers } = input;
  // Where roles were not read at all, that is said.
  const ofRoles = [...(serviceAccountRoles.ok ? serviceAccountRoles.value.unsaid : []), ...(rolePowers.ok ? unclearRoles(roles, accounts) : [])];
  if (!clusterIdentities.ok) return { holders: [], policies: [], roles, unread, unsaid: ofRoles };
  const { principals, partition, unsaid } = clusterIdentities.value;
  const made = rolesByPrincipal(iamRoles.ok ? objectsOf(iamRoles.value) : []);
  const known = principals.filter((principal) => (principal.via === 'aws-auth' ? !isIdOfDeleted(principal.arn) : eksAssociatedAccessPolicies.ok && whyOrphaned(principal, made) === undefined));
  const held = iamHolders({ principals: known, partition }, bySubject, new Set(['kube-system', ...admitsAnyPod.keys(), ...accounts.keys()]));
  return {
    holders: held.principals,
    policies: held.policies,
    roles,
    unread,
    unsaid: [...unsaid, ...ofRoles],
  };
}
