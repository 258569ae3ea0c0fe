import { clusterArn, type ClusterSettings } from './cluster.ts';
import type { AccessEntry, CliAnswers, EksSide } from './eks-side.ts';
import type { Fields } from './kube-object.ts';
import { minutesAfter, stableUid } from './stable.ts';

/** `list-access-entries`, and two answers for each of them. */
export function addAccessEntries(answers: CliAnswers, settings: ClusterSettings, side: EksSide): void {
  const { account, name, createdAt } = settings;
  // In mode CONFIG_MAP the API refuses these calls: there are no entries.
  if (side.authenticationMode === 'CONFIG_MAP') {
    answers.set('list-access-entries', { accessEntries: [] });
    return;
  }
  const arnOf = (entry: AccessEntry): string => `arn:aws:iam::${account}:role/${entry.principal}`;
  answers.set('list-access-entries', { accessEntries: side.accessEntries.map(arnOf) });
  for (const entry of side.accessEntries) {
    const principalArn = arnOf(entry);
    const times = { createdAt: minutesAfter(createdAt, 20), modifiedAt: minutesAfter(createdAt, 20) };
    const scope = (namespaces: readonly string[]): Fields => (namespaces.length > 0 ? { type: 'namespace', namespaces } : { type: 'cluster', namespaces: [] });
    const node = entry.type !== undefined && entry.type !== 'STANDARD';
    const file = entry.principal.toLowerCase();
    answers.set(`describe-access-entry-${file}`, {
      accessEntry: {
        clusterName: name,
        principalArn,
        kubernetesGroups: node ? ['system:nodes'] : (entry.groups ?? []),
        accessEntryArn: `${clusterArn(settings).replace(':cluster/', ':access-entry/')}/role/${account}/${entry.principal}/${stableUid(`${name}/${entry.principal}`)}`,
        ...times,
        tags: {},
        username: entry.username ?? (node ? 'system:node:{{EC2PrivateDNSName}}' : `arn:aws:sts::${account}:assumed-role/${entry.principal}/{{SessionName}}`),
        type: entry.type ?? 'STANDARD',
      },
    });
    answers.set(`list-associated-access-policies-${file}`, {
      associatedAccessPolicies: Object.entries(entry.policies ?? {}).map(([policy, namespaces]) => ({
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
        accessScope: scope(namespaces),
        associatedAt: times.createdAt,
        modifiedAt: times.modifiedAt,
      })),
      clusterName: name,
      principalArn,
    });
  }
}
