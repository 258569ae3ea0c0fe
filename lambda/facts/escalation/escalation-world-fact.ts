import type { Collected } from '../../model/collected.ts';
import { KINDS } from '../../model/kinds.ts';
import { isKubernetesSource, type SourceName } from '../../model/sources.ts';
import { defineFact } from '../define-fact.ts';
import { closedDoors } from '../identity/doors.ts';
import type { EscalationWorld } from './escalation-world.ts';
import { HOLDER_FIELDS, gatherHolders } from './holder.ts';
import { IAM_ROLES_FIELDS } from './iam-roles.ts';
import { IAM_SOURCES, iamSideOf } from './iam-side.ts';
import { SURROUNDINGS_FIELDS, surroundingsOf } from './surroundings.ts';

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
  revision: 4,
  wants: [...SOURCES, ...IAM_SOURCES, 'workloads', 'fargateWorkloads', 'clusterIdentities', 'serviceAccountRoles', 'rolePowers'],
  fields: { ...HOLDER_FIELDS, ...SURROUNDINGS_FIELDS, ...IAM_ROLES_FIELDS },
  irrelevant: ({ eksCluster }) => (eksCluster.ok ? closedDoors(eksCluster.value) : []),
  derive(input, look): EscalationWorld {
    const { workloads, fargateWorkloads, mutatingWebhookConfigurations, apiServices } = input;
    const holders = gatherHolders(input);
    const surroundings = surroundingsOf({
      ...input,
      workloads: workloads.ok ? workloads.value : [],
      fargateWorkloads: fargateWorkloads.ok ? fargateWorkloads.value : undefined,
    });
    return {
      holders,
      surroundings,
      iam: iamSideOf(input, holders, surroundings),
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

/** A look at some namespaces leaves out what others hold. */
function isNamespaced(source: SourceName): boolean {
  return isKubernetesSource(source) && KINDS[source].namespaced && source !== 'awsAuth';
}

function namesIn(list: Collected<readonly { readonly metadata?: { readonly name?: string } }[]>): ReadonlySet<string> {
  return new Set(list.ok ? list.value.map(({ metadata }) => metadata?.name ?? '') : []);
}
