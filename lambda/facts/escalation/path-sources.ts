import type { SourceName } from '../../model/sources.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import { grantsBehind } from './grants-behind.ts';
import type { Mapped } from './holder.ts';
import type { Proposition } from './rule-system.ts';

/** Where it stands who of IAM is who. Of one principal an entry goes before aws-auth. */
const MAPPED_BY = {
  'access-entry': ['eksAccessEntries', 'eksAssociatedAccessPolicies', 'eksCluster'],
  'aws-auth': ['awsAuth', 'eksCluster'],
} as const satisfies Record<Mapped['via'], readonly SourceName[]>;

/** Where it stands who has which role. */
const ROLE_TAKEN_BY = ['eksCluster', 'eksPodIdentityAssociations', 'iamRoles', 'serviceAccounts'] as const satisfies readonly SourceName[];

/** Where it stands whether pods reach the metadata service. */
const CREDENTIALS_BY = ['ec2LaunchTemplateVersions', 'eksNodegroups', 'networkPolicies', 'nodes'] as const satisfies readonly SourceName[];

/** What was read that a path rests on, sorted. */
export function pathSources(graph: EscalationGraph, path: readonly Proposition[]): readonly SourceName[] {
  const sources = new Set<SourceName>();
  for (const { grants } of grantsBehind(graph, path)) {
    for (const { binding } of grants) sources.add(binding.source).add(binding.roleSource);
  }
  for (const proposition of path) {
    const meaning = graph.meaningOf(proposition);
    const mapped = meaning.is === 'identity' ? graph.world.holder(meaning.subject)?.mapped : undefined;
    for (const source of mapped ? MAPPED_BY[mapped.via] : []) sources.add(source);
    if (meaning.is === 'node-credentials') for (const source of CREDENTIALS_BY) sources.add(source);
    if (meaning.is === 'iam') for (const source of ROLE_TAKEN_BY) sources.add(source);
    if (meaning.is === 'iam-role') sources.add('iamPolicies');
  }
  return [...sources].sort();
}
