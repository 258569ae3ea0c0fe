import { SOURCE_OF_HELD, heldRoles, type HeldRole } from '../../facts/identity/held-roles.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { clustersByRole } from '../../facts/identity/role-clusters.ts';
import { APPLICATION_FIELDS, applicationsOfAccounts, areOneApplication } from '../../facts/workloads/application.ts';
import { WORKLOAD_FIELDS } from '../../facts/workloads/pod-fields.ts';
import { compareText } from '../../model/compare-text.ts';
import { listed } from '../../model/listed.ts';
import type { SourceName } from '../../model/sources.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An IAM role lets in ServiceAccounts of several namespaces, or those of one namespace that no label, theirs or of what runs as them, puts into one application; or its trust policy names
 * the issuers of other EKS clusters. Accounts that nobody named are found by a check of their own; associations of other clusters are not seen from here.
 */
export const workloadRoleShared = defineCheck({
  id: 'workload-role-shared',
  revision: 1,
  area: 'identity',
  title: 'Several applications have one IAM role',
  severity: 'medium',
  rationale: 'Each of them may do in the AWS account what only one needs: whoever takes over the weakest has what all of them have, and CloudTrail shows one role for all.',
  remediation: 'Give each application a role of its own with what it uses.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html', 'https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html'],
  controls: ['cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9020'],
  needs: ['eksCluster', 'serviceAccountRoles', 'serviceAccounts', 'iamRoles'],
  wants: ['eksPodIdentityAssociations', 'workloads'],
  fields: { eksCluster: ['identity.oidc.issuer'], serviceAccounts: APPLICATION_FIELDS, iamRoles: ['Arn', 'AssumeRolePolicyDocument'] },
  identity: { resource: 'the IAM role', key: '`accounts` or `clusters`' },
  unjudged: ({ serviceAccountRoles }) => serviceAccountRoles.unsaid,
  *evaluate({ eksCluster, serviceAccountRoles, serviceAccounts, iamRoles, workloads }) {
    const applications = applicationsOfAccounts(serviceAccounts, workloads.ok ? workloads.value : []);
    // What was not read may say that accounts of one namespace belong together.
    const allLabels = workloads.ok && workloads.unread.length === 0;
    const others = clustersByRole(eksCluster, iamRoles, serviceAccountRoles);
    const there = heldRoles(serviceAccountRoles).filter((held) => applications.has(placeOf(held)));
    for (const [roleArn, holders] of Map.groupBy(there, (held) => held.roleArn)) {
      const places = [...new Set(holders.map(placeOf))].sort(compareText);
      const namespaces = new Set(holders.map(({ namespace }) => namespace));
      if (namespaces.size > 1) yield ofAccounts(roleArn, places, 'namespaces', restingOn(holders));
      else if (allLabels && !areOneApplication(places.map((place) => applications.get(place)!))) yield ofAccounts(roleArn, places, 'applications', [...restingOn(holders), ...WORKLOAD_SOURCES]);
      const issuers = others.get(roleArn) ?? [];
      if (issuers.length > 0) yield ofClusters(roleArn, issuers, restingOn(holders));
    }
  },
});

function ofAccounts(roleArn: string, places: readonly string[], several: 'namespaces' | 'applications', restsOn: readonly SourceName[]) {
  return {
    resource: principalResource(roleArn),
    key: 'accounts',
    message: `ServiceAccounts ${listed(places)}, of several ${several}, have one role: ${principalText(roleArn)}`,
    cause: `one role for several ${several}`,
    evidence: { accounts: places },
    restsOn,
  };
}

function ofClusters(roleArn: string, issuers: readonly string[], restsOn: readonly SourceName[]) {
  return {
    resource: principalResource(roleArn),
    key: 'clusters',
    message: `${principalText(roleArn)}, which ServiceAccounts of this cluster have, names ${issuers.length === 1 ? 'the issuer of another cluster' : 'issuers of other clusters'} too: ${listed(issuers)}`,
    cause: 'one role for several clusters',
    evidence: { issuers },
    restsOn,
  };
}

function placeOf({ namespace, serviceAccount }: HeldRole): string {
  return `${namespace}/${serviceAccount}`;
}

const WORKLOAD_SOURCES = Object.keys(WORKLOAD_FIELDS) as (keyof typeof WORKLOAD_FIELDS)[];

function restingOn(holders: readonly HeldRole[]): readonly SourceName[] {
  return [...new Set<SourceName>(['eksCluster', 'iamRoles', 'serviceAccounts', ...holders.map(({ via }) => SOURCE_OF_HELD[via])])];
}
