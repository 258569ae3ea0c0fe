import type { V1ServiceAccount } from '@kubernetes/client-node';
import type { EksPodIdentityAssociation } from '../../model/eks.ts';
import { objectsOf, pairsOf, textOf, written } from '../as-read.ts';

const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** Of each source what `givenRoles` reads. */
export const GIVEN_ROLES_FIELDS = {
  serviceAccounts: [`metadata.annotations["${ROLE_ANNOTATION}"]`],
  eksPodIdentityAssociations: ['namespace', 'serviceAccount', 'roleArn', 'targetRoleArn'],
} as const;

/**
 * By namespace/name the roles that ServiceAccounts are given, whether or not these let them in: of an account that was not seen nothing, of one without a role an empty list. An
 * add-on's `serviceAccountRoleArn` is such an annotation, which EKS writes.
 */
export function givenRoles(serviceAccounts: readonly V1ServiceAccount[], associations: readonly EksPodIdentityAssociation[]): ReadonlyMap<string, readonly string[]> {
  const roles = new Map(
    objectsOf(serviceAccounts).map(({ metadata }) => {
      const role = textOf(pairsOf(metadata?.annotations)[ROLE_ANNOTATION]);
      return [`${written(metadata?.namespace)}/${written(metadata?.name)}`, role === undefined ? [] : [role]] as const;
    }) satisfies readonly (readonly [string, string[]])[],
  );
  for (const { namespace, serviceAccount, roleArn, targetRoleArn } of objectsOf(associations)) {
    const role = textOf(targetRoleArn) ?? textOf(roleArn);
    if (role !== undefined) roles.get(`${written(namespace)}/${written(serviceAccount)}`)?.push(role);
  }
  return roles;
}
