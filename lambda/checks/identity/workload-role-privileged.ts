import { nodeRoles } from '../../facts/identity/node-roles.ts';
import { readOf } from '../../facts/identity/doors.ts';
import { SOURCE_OF_HELD, heldRoles, type HeldRole } from '../../facts/identity/held-roles.ts';
import { principalOf, principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { UNKNOWN_POWER, type RolePower } from '../../facts/identity/role-policies/role-power.ts';
import { unsaid } from '../../facts/unsaid.ts';
import { compareText } from '../../model/compare-text.ts';
import type { Severity } from '../../model/severity.ts';
import type { SourceName } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A ServiceAccount, or the nodes, have an IAM role that rules its AWS account: it can write rights into roles or policies, or decide whom roles let in; or it can start something with
 * any role that it passes on. By the role's own policies and boundary: what the organization forbids is not read. A role of an account that can make access entries is a way to
 * cluster-admin, and is told as that.
 */
export const workloadRolePrivileged = defineCheck({
  id: 'workload-role-privileged',
  revision: 1,
  area: 'identity',
  title: 'Pods have an IAM role that rules their AWS account',
  severity: 'critical',
  rationale: 'Whoever takes over one such pod, by a fault of what runs in it or by a right to run commands there, has the AWS account: its data, its other clusters, its logs.',
  remediation: 'Give the role the actions and resources that the workload uses; leave changes of IAM and iam:PassRole to a pipeline, and keep the role under a permissions boundary.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  ],
  controls: ['cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9020'],
  needs: ['eksCluster', 'serviceAccountRoles', 'rolePowers'],
  wants: ['serviceAccounts', 'eksPodIdentityAssociations', 'eksNodegroups', 'eksFargateProfiles'],
  fields: { eksCluster: ['computeConfig.nodeRoleArn'], eksNodegroups: ['nodeRole'], eksFargateProfiles: ['podExecutionRoleArn'] },
  identity: { resource: 'the ServiceAccount, or the IAM role of nodes', key: 'the IAM role; of nodes `nodes`' },
  unjudged: ({ serviceAccountRoles, rolePowers, eksCluster, eksNodegroups, eksFargateProfiles }) => [
    ...serviceAccountRoles.unsaid,
    ...unclear(rolePowers, heldRoles(serviceAccountRoles).map(({ roleArn }) => roleArn), rolesOfNodes(rolePowers, nodeRoles(eksCluster, readOf(eksNodegroups), readOf(eksFargateProfiles)))),
  ],
  *evaluate({ eksCluster, serviceAccountRoles, rolePowers, serviceAccounts, eksNodegroups, eksFargateProfiles }) {
    const there = serviceAccounts.ok ? new Set(serviceAccounts.value.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`)) : undefined;
    for (const { namespace, serviceAccount, roleArn, via } of heldRoles(serviceAccountRoles)) {
      if (there?.has(`${namespace}/${serviceAccount}`) === false) continue;
      const resource = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: serviceAccount };
      const told = wordsOf(rolePowers.get(roleArn) ?? UNKNOWN_POWER, false);
      if (told) yield violation(resource, roleArn, `ServiceAccount ${namespace}/${serviceAccount} has ${principalText(roleArn)}, ${VIA[via]}`, told, roleArn, SOURCE_OF_HELD[via]);
    }
    for (const roleArn of rolesOfNodes(rolePowers, nodeRoles(eksCluster, readOf(eksNodegroups), readOf(eksFargateProfiles)))) {
      const told = wordsOf(rolePowers.get(roleArn)!, true);
      if (told) yield violation(principalResource(roleArn), 'nodes', `Nodes have ${principalText(roleArn)}`, told, roleArn, 'eksNodegroups');
    }
  },
});

const VIA = {
  annotation: 'by its annotation',
  'pod-identity': 'by a Pod Identity association',
  'trust-policy': 'whose trust policy lets in its tokens',
} as const satisfies Record<HeldRole['via'], string>;

/** ARNs as they were read: of node groups some are without their path. */
function rolesOfNodes(powers: ReadonlyMap<string, RolePower>, ofNodes: ReadonlySet<string>): readonly string[] {
  return [...powers.keys()].filter((arn) => ofNodes.has(principalOf(arn)?.compared ?? '')).sort(compareText);
}

interface Told {
  readonly severity: Severity;
  readonly can: string;
}

function wordsOf({ account, cluster, passes }: RolePower, ofNodes: boolean): Told | undefined {
  if (account === true) return { severity: 'critical', can: 'may make itself an administrator of its AWS account' };
  if (ofNodes && cluster === true) return { severity: 'critical', can: 'may let itself into the cluster with every right' };
  return passes === true ? { severity: 'high', can: 'may start machines or code with any role of its AWS account that lets that in' } : undefined;
}

function violation(resource: ResourceRef, key: string, holds: string, { severity, can }: Told, roleArn: string, source: SourceName) {
  return { resource, key, severity, message: `${holds}: it ${can}`, cause: `${principalText(roleArn)}: ${can}`, evidence: { role: roleArn, can }, restsOn: ['eksCluster', 'iamPolicies', 'iamRoles', source] as const };
}

/** Roles of which nobody knows whether they do. */
function unclear(powers: ReadonlyMap<string, RolePower>, ofAccounts: readonly string[], ofNodes: readonly string[]) {
  const powerOf = (arn: string): RolePower => powers.get(arn) ?? UNKNOWN_POWER;
  const isUnclear = ({ account, passes }: RolePower): boolean => account !== true && (account === 'unknown' || passes === 'unknown');
  const unknown = [...ofAccounts.filter((arn) => isUnclear(powerOf(arn))), ...ofNodes.filter((arn) => isUnclear(powerOf(arn)) || powerOf(arn).cluster === 'unknown')];
  const [first, ...more] = [...new Set(unknown)].sort(compareText);
  if (first === undefined) return [];
  return [unsaid('iamPolicies', `what ${principalText(first)}${more.length > 0 ? ` and ${more.length} more roles of pods` : ''} may do depends on conditions, or on policies that were not read`)];
}
