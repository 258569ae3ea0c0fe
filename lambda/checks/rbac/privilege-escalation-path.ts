import { cutCommands, cutText } from '../../facts/escalation/cut-words.ts';
import { targetKey, targetWords } from '../../facts/escalation/escalation-path.ts';
import { partyResource, partyWords } from '../../facts/escalation/party.ts';
import { unsaid } from '../../facts/unsaid.ts';
import { listed } from '../../model/listed.ts';
import type { Severity } from '../../model/severity.ts';
import { defineCheck } from '../define-check.ts';

const SEVERITY = { admin: 'critical', 'iam-role': 'critical', control: 'critical', node: 'high' } as const satisfies Record<string, Severity>;

/**
 * From the rights of one subject, over what each of them lets it become (accounts whose pods it may run, whose tokens it may make, whom it may impersonate,
 * roles that it may bind, nodes that a pod breaks out to), to cluster-admin, a node or a namespace that rules the cluster. Who holds the target by a binding
 * has no finding here: that is a right.
 */
export const privilegeEscalationPath = defineCheck({
  id: 'privilege-escalation-path',
  revision: 1,
  area: 'rbac',
  title: 'Somebody can take over more than was given',
  severity: 'critical',
  rationale: 'Each right of the way looks harmless; together they end in control of the cluster or of its nodes, for whoever takes over the first identity.',
  remediation: 'Take back the grants that the finding names: without them no way is left.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.8', 'nsa-1.2/authentication', 'attack/T1078.004', 'attack/T1611'],
  needs: ['escalationPaths', 'escalationWorld'],
  identity: { resource: 'the user, group, ServiceAccount or IAM principal', key: 'what is taken over: `cluster-admin`, `privileged-iam-role`, `node/<os>`, `namespace/<name>`' },
  unjudged: ({ escalationWorld: { looked, iam } }) => [
    ...iam.unsaid,
    ...(looked === 'all' ? [] : [unsaid('roleBindings', `only ${listed(looked)} ${looked.length === 1 ? 'was' : 'were'} looked at, and ways lead through other namespaces; look at all namespaces`)]),
  ],
  *evaluate({ escalationPaths }) {
    for (const { subject, target, steps, restsOn, cut } of escalationPaths) {
      yield {
        resource: partyResource(subject),
        key: targetKey(target),
        severity: SEVERITY[target.is],
        message: `${partyWords(subject)} can ${targetWords(target)}: ${steps[0] ?? ''}`,
        cause: cutText(cut),
        evidence: {
          path: steps,
          ...(cut ? { cut: cutCommands(cut), cutIs: cut.smallest ? 'the fewest grants that do it' : 'they do it together' } : { cut: 'nothing that is yours to take back' }),
        },
        restsOn,
      };
    }
  },
});
