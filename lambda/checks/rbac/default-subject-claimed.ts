import { cutCommands } from '../../facts/escalation/cut-words.ts';
import type { Cut } from '../../facts/escalation/escalation-path.ts';
import type { MappedPrincipal } from '../../facts/identity/cluster-identity.ts';
import { principalText } from '../../facts/identity/principal-arn.ts';
import { takenFor, type TakenFor } from '../../facts/identity/taken-for.ts';
import type { Claim, DefaultRight } from '../../facts/rbac/right.ts';
import { subjectText } from '../../facts/rbac/subject.ts';
import { compareText } from '../../model/compare-text.ts';
import type { SourceName } from '../../model/sources.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A user, group or ServiceAccount that Kubernetes, EKS or an add-on binds to a powerful role of its own, and that somebody else may become by its name: somebody of IAM whom aws-auth or
 * an access entry maps to it, or whoever may impersonate it or make tokens of it. Nodes in their own groups and EKS's own roles are not meant; who may become anybody has findings of that.
 */
export const defaultSubjectClaimed = defineCheck({
  id: 'default-subject-claimed',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may become a subject that Kubernetes, EKS or an add-on made for itself',
  severity: 'high',
  worstSeverity: 'critical',
  rationale: 'What the cluster runs by has wide rights that nobody looks at, because they come with it; whoever signs in under such a name has all of them, and in the audit log looks like the cluster itself.',
  remediation: 'Map the principal to a name and groups of its own, and leave the names of such subjects out of roles that let impersonate or make tokens.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.7', 'cis-eks-1.8.0/4.1.8', 'nsa-1.2/authentication', 'attack/T1036', 'attack/T1078.004'],
  needs: ['rbacGrants'],
  wants: ['clusterIdentities'],
  identity: { resource: 'the user, group or ServiceAccount that is there by default', key: 'power and scope' },
  unjudged: ({ clusterIdentities }) => (clusterIdentities.ok ? clusterIdentities.value.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies') : []),
  *evaluate({ rbacGrants: { byDefault }, clusterIdentities }) {
    const mapped = clusterIdentities.ok ? takenFor(clusterIdentities.value, byDefault.map(({ subject }) => subject)) : new Map<string, readonly TakenFor[]>();
    for (const given of byDefault) {
      const text = subjectText(given.subject);
      const ways = [...(mapped.get(text) ?? []).map((taken) => ofMapping(taken, text)), ...given.claims.map((claim) => ofClaim(claim, text))].sort((a, b) => compareText(a.says, b.says));
      if (ways.length > 0) yield violationOf(given, ways);
    }
  },
});

/** How somebody becomes the subject. */
interface Way {
  /** `IAM role ops of account 111122223333 signs in as User eks:addon-manager, by aws-auth`. */
  readonly says: string;
  /** What to put right, the same for many. */
  readonly cause: string;
  readonly cut: Partial<Cut>;
  readonly restsOn: readonly SourceName[];
}

function violationOf({ right }: DefaultRight, ways: readonly Way[]) {
  const cut: Cut = { grants: ways.flatMap((way) => way.cut.grants ?? []), links: ways.flatMap((way) => way.cut.links ?? []), smallest: true };
  const says = [...new Set(ways.map((way) => way.says))];
  return {
    resource: right.resource,
    key: right.key,
    severity: right.severity,
    message: `${says[0]!}${says.length > 1 ? ` (${says.length - 1} more may become it too)` : ''}: ${right.message}`,
    cause: [...new Set(ways.map((way) => way.cause))].sort(compareText).join(' + '),
    evidence: { path: [...says, right.message], cut: cutCommands(cut) },
    restsOn: [...new Set([...right.restsOn, ...ways.flatMap((way) => way.restsOn)])].sort(),
  };
}

const DOOR = { 'aws-auth': 'aws-auth', 'access-entry': 'its access entry' } as const satisfies Record<MappedPrincipal['via'], string>;
const READ_FOR = { 'aws-auth': ['awsAuth', 'eksCluster'], 'access-entry': ['eksAccessEntries', 'eksCluster'] } as const satisfies Record<MappedPrincipal['via'], readonly SourceName[]>;

function ofMapping({ principal: { arn, via }, bySession }: TakenFor, text: string): Way {
  return {
    says: `${principalText(arn)} ${bySession ? 'may sign in' : 'signs in'} as ${text}, by ${DOOR[via]}${bySession ? ' and the name of its session' : ''}`,
    cause: `${via === 'aws-auth' ? 'aws-auth' : 'access entry'}: ${text}`,
    cut: { links: [{ is: 'mapping', via, arn }] },
    restsOn: READ_FOR[via],
  };
}

function ofClaim({ subject, how, binding, role }: Claim, text: string): Way {
  return {
    says: `${subjectText(subject)} ${how} ${text}, by ${binding.text} to ${role}`,
    cause: `${role}: ${how} ${text}`,
    cut: { grants: [{ subject, binding, role }] },
    restsOn: [binding.source, binding.roleSource],
  };
}
