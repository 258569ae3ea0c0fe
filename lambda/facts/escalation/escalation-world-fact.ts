import type { Collected } from '../../model/collected.ts';
import type { Derived, Unread } from '../../model/derived.ts';
import { KINDS } from '../../model/kinds.ts';
import { isKubernetesSource, type SourceName } from '../../model/sources.ts';
import { defineFact } from '../define-fact.ts';
import { closedDoors } from '../identity/doors.ts';
import type { MetadataReach } from '../network/metadata-reach.ts';
import type { EscalationWorld } from './escalation-world.ts';
import { HOLDER_FIELDS, gatherHolders } from './holder.ts';
import { IAM_ROLES_FIELDS } from './iam-roles.ts';
import { IAM_SOURCES, iamSideOf } from './iam-side.ts';
import { METADATA_DOORS_FIELDS } from './metadata-doors.ts';
import { SURROUNDINGS_FIELDS, surroundingsOf, type Surroundings } from './surroundings.ts';

const SOURCES = [
  'clusterRoleBindings',
  'roleBindings',
  'clusterRoles',
  'roles',
  'serviceAccounts',
  'namespaces',
  'nodes',
  'awsAuth',
  'mutatingWebhookConfigurations',
  'apiServices',
  'kubernetesVersion',
  'eksCluster',
] as const satisfies readonly SourceName[];

/** All that is known of who holds what and of what stands around. What was not read is not in it: that can add ways, and takes none away. */
export const escalationWorld = defineFact({
  name: 'escalationWorld',
  revision: 5,
  wants: [...SOURCES, ...IAM_SOURCES, 'workloads', 'fargateWorkloads', 'clusterIdentities', 'serviceAccountRoles', 'rolePowers', 'ec2LaunchTemplateVersions', 'metadataReach'],
  // What matters of them where is said with the metadata service's doors.
  eases: ['ec2LaunchTemplateVersions', 'metadataReach'],
  fields: { ...HOLDER_FIELDS, ...SURROUNDINGS_FIELDS, ...IAM_ROLES_FIELDS, eksNodegroups: [...IAM_ROLES_FIELDS.eksNodegroups, ...METADATA_DOORS_FIELDS.eksNodegroups] },
  irrelevant: ({ eksCluster }) => (eksCluster.ok ? closedDoors(eksCluster.value) : []),
  derive(input, look): EscalationWorld {
    const { workloads, fargateWorkloads, metadataReach, mutatingWebhookConfigurations, apiServices } = input;
    const holders = gatherHolders(input);
    const surroundings = surroundingsOf({
      ...input,
      workloads: workloads.ok ? workloads.value : [],
      fargateWorkloads: fargateWorkloads.ok ? fargateWorkloads.value : undefined,
      reach: metadataReach.ok ? metadataReach.value : undefined,
    });
    const iam = iamSideOf(input, holders, surroundings);
    return {
      holders,
      surroundings,
      iam: { ...iam, unsaid: [...iam.unsaid, ...unsaidOfMetadata(surroundings, input)] },
      objects: { webhooks: namesIn(mutatingWebhookConfigurations), apiServices: namesIn(apiServices) },
      looked: look ?? 'all',
      unread: new Set<SourceName>([
        ...SOURCES.filter((source) => !input[source].ok || (look !== undefined && look !== 'all' && isNamespaced(source))),
        ...workloads.unread.map(({ source }) => source),
        ...(fargateWorkloads.ok ? [] : fargateWorkloads.unread.map(({ source }) => source)),
      ]),
    };
  },
});

/** Where the metadata service of some nodes answers pods it matters which pods reach it; and what nodes answer, where that was to be read. */
function unsaidOfMetadata({ metadataDoors }: Surroundings, { metadataReach, ec2LaunchTemplateVersions: templates }: { readonly metadataReach: Derived<MetadataReach>; readonly ec2LaunchTemplateVersions: Collected<unknown> }): readonly Unread[] {
  const doors = [...metadataDoors.values()];
  const ofReach = metadataReach.ok ? [...metadataReach.unread, ...metadataReach.value.unjudged] : metadataReach.unread;
  return [
    ...(doors.includes('open') ? ofReach : []),
    ...(!templates.ok && doors.some((door) => typeof door === 'object' && door.unclear === 'ec2LaunchTemplateVersions') ? [{ source: 'ec2LaunchTemplateVersions', reason: templates.reason } as const] : []),
  ];
}

/** A look at some namespaces leaves out what others hold. */
function isNamespaced(source: SourceName): boolean {
  return isKubernetesSource(source) && KINDS[source].namespaced && source !== 'awsAuth';
}

function namesIn(list: Collected<readonly { readonly metadata?: { readonly name?: string } }[]>): ReadonlySet<string> {
  return new Set(list.ok ? list.value.map(({ metadata }) => metadata?.name ?? '') : []);
}
