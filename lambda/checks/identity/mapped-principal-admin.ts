import { cutCommands } from '../../facts/escalation/cut-words.ts';
import type { MappedPrincipal } from '../../facts/identity/cluster-identity.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { takenFor } from '../../facts/identity/taken-for.ts';
import type { Right } from '../../facts/rbac/right.ts';
import { subjectText, type Subject } from '../../facts/rbac/subject.ts';
import { isSystemNamespace } from '../../facts/rbac/system-namespace.ts';
import type { SourceName } from '../../model/sources.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Somebody of IAM signs in as a user, or in a group, that a binding makes cluster-admin, or ruler of a namespace that rules the cluster. The user or group has a finding of that
 * itself, by the same cause: it stays when AWS's side cannot be read. Members of system:masters, and who rules the cluster by an access policy, are told as that.
 */
export const mappedPrincipalAdmin = defineCheck({
  id: 'mapped-principal-admin',
  revision: 1,
  area: 'identity',
  title: 'Somebody of IAM rules the cluster by the user or groups that it signs in as',
  severity: 'critical',
  rationale: 'Whoever may take the IAM role has the cluster; who that is stands in IAM, and why in two more places, an entry and a binding, of which neither shows it.',
  remediation: 'Bind a role with only what they use to the group, or map the principal to a group that has less.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html', 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  controls: ['cis-eks-1.8.0/4.1.1', 'nsa-1.2/authentication', 'attack/T1098', 'attack/T1078.004', 'ms-k8s/MS-TA9019'],
  needs: ['rbacGrants', 'clusterIdentities'],
  wants: ['eksAccessEntries', 'awsAuth'],
  identity: { resource: 'the IAM principal', key: 'power and scope' },
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
  *evaluate({ rbacGrants, clusterIdentities }) {
    const rights = (['cluster-admin', 'namespace-admin'] as const).flatMap((power) => rbacGrants.byPower[power]).filter(({ namespace }) => namespace === undefined || isSystemNamespace(namespace));
    const mapped = takenFor(clusterIdentities, rights.map(subjectOf));
    for (const right of rights) {
      const subject = subjectOf(right);
      for (const { principal, bySession } of mapped.get(subjectText(subject)) ?? []) yield violationOf(right, subjectText(subject), principal, bySession);
    }
  },
});

function subjectOf({ resource: { kind, namespace, name } }: Right): Subject {
  return { kind: kind as Subject['kind'], name, ...(namespace === undefined ? {} : { namespace }) };
}

const READ_FOR = { 'aws-auth': ['awsAuth', 'eksCluster'], 'access-entry': ['eksAccessEntries', 'eksCluster'] } as const satisfies Record<MappedPrincipal['via'], readonly SourceName[]>;

function violationOf({ key, severity, cause, message, restsOn }: Right, text: string, { arn, via }: MappedPrincipal, bySession: boolean) {
  const says = `${principalText(arn)} ${bySession ? 'may sign in' : 'signs in'} as ${text}, by ${via === 'aws-auth' ? 'aws-auth' : 'its access entry'}${bySession ? ' and the name of its session' : ''}`;
  return {
    resource: principalResource(arn),
    key,
    severity,
    message: `${says}: ${message}`,
    cause,
    evidence: { path: [says, message], cut: cutCommands({ grants: [], links: [{ is: 'mapping', via, arn }], smallest: true }) },
    restsOn: [...new Set([...restsOn, ...READ_FOR[via]])].sort(),
  };
}
