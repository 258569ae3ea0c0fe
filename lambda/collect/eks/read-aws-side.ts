import pMap from 'p-map';
import type { Collected } from '../../model/collected.ts';
import type { EksAccessEntry, EksAddon, EksCluster, EksFargateProfile, EksNodegroup, EksPodIdentityAssociation, IamRole } from '../../model/eks.ts';
import { AWS_SOURCES, type AwsSource } from '../../model/sources.ts';
import { LISTED_SOURCES, type ListedSource } from '../aws/aws-answers.ts';
import { rolesOf } from '../aws/used-by.ts';
import { AwsRefusedError } from './aws-fault.ts';
import { collect, type AwsSession } from './aws-session.ts';
import { readAccessPolicies } from './read-access-policies.ts';
import { readClusterVersions } from './read-cluster-versions.ts';
import { readListed } from './read-eks-lists.ts';
import { readLaunchTemplates, readVpc, type VpcSource } from './read-network.ts';
import { readPolicies, readRoles } from './read-roles.ts';

/** AWS's side of one cluster, not trimmed yet. */
export type AwsReads = Map<AwsSource, Collected<unknown>>;

export interface AwsSide {
  readonly reads: AwsReads;
  /** Something was listed and gone when it was to be described: either it alone, or the whole cluster. */
  readonly gone: boolean;
}

/** Sources read side by side. */
const AT_ONCE = 3;

const VPC_SOURCES: readonly VpcSource[] = ['ec2SecurityGroups', 'ec2Subnets', 'ec2RouteTables'];

/** Everything but roles: each source for itself, so that a call that is refused costs no other source. */
export async function readAwsSide(session: AwsSession, clusterName: string, cluster: Collected<EksCluster>): Promise<AwsSide> {
  const reads: AwsReads = new Map([['eksCluster', cluster]]);
  let gone = false;
  // EKS refuses to list the entries of a cluster that has no use for them.
  const noEntries = cluster.ok && cluster.value.accessConfig?.authenticationMode === 'CONFIG_MAP';
  const readOne = async (source: ListedSource): Promise<void> => {
    if (noEntries && source === 'eksAccessEntries') {
      reads.set(source, { ok: true, value: [] });
      return;
    }
    const read = await collect(() => readListed(session, clusterName, source));
    gone ||= read.ok && read.value.gone.length > 0;
    reads.set(source, read.ok ? { ok: true, value: read.value.things } : read);
  };
  await pMap([...LISTED_SOURCES], readOne, { concurrency: AT_ONCE });
  const rest: readonly (readonly [AwsSource, () => Promise<unknown>])[] = [
    ['eksAssociatedAccessPolicies', () => readAccessPolicies(session, clusterName, needed<EksAccessEntry>(reads, 'eksAccessEntries'))],
    ['eksClusterVersions', () => readClusterVersions(session)],
    ['ec2LaunchTemplateVersions', () => readLaunchTemplates(session, things<EksNodegroup>(reads, 'eksNodegroups'))],
    ...VPC_SOURCES.map((source) => [source, () => readVpc(session, source, needed<EksCluster>(reads, 'eksCluster')[0]!)] as const),
  ];
  await pMap(rest, async ([source, read]) => void reads.set(source, await collect(read)), { concurrency: AT_ONCE });
  return { reads, gone };
}

/** Roles come last: ServiceAccounts name some, and the API server tells of those. */
export async function addRoles(session: AwsSession, reads: AwsReads, account: string, rolesOfServiceAccounts: readonly string[]): Promise<void> {
  const named = rolesOf({
    cluster: things<EksCluster>(reads, 'eksCluster')[0],
    addons: things<EksAddon>(reads, 'eksAddons'),
    nodegroups: things<EksNodegroup>(reads, 'eksNodegroups'),
    fargateProfiles: things<EksFargateProfile>(reads, 'eksFargateProfiles'),
    podIdentityAssociations: things<EksPodIdentityAssociation>(reads, 'eksPodIdentityAssociations'),
  });
  reads.set('iamRoles', await collect(() => readRoles(session, { byAws: named, byServiceAccounts: rolesOfServiceAccounts }, account)));
  reads.set('iamPolicies', await collect(() => readPolicies(session, needed<IamRole>(reads, 'iamRoles'))));
}

/** What a source holds, as far as it was read. */
function things<T>(reads: AwsReads, source: AwsSource): readonly T[] {
  const read = reads.get(source);
  if (!read?.ok) return [];
  return AWS_SOURCES[source].many ? (read.value as readonly T[]) : [read.value as T];
}

/** The same, where without it nothing can be said: then it is refused for the same reason. */
function needed<T>(reads: AwsReads, source: AwsSource): readonly T[] {
  const read = reads.get(source);
  if (read && !read.ok) throw new AwsRefusedError(read.reason);
  return things(reads, source);
}
