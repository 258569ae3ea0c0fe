import type { SourceName } from '../../model/sources.ts';
import type { ServiceAccountRole, ServiceAccountRoles } from './service-account-role.ts';

/** That a ServiceAccount has a role of IAM: it is given it, or the role's trust policy names it, and the role lets it in. */
export interface HeldRole {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly via: ServiceAccountRole['via'] | 'trust-policy';
}

/** Where it stands that an account has a role, besides in the role. */
export const SOURCE_OF_HELD = {
  annotation: 'serviceAccounts',
  'pod-identity': 'eksPodIdentityAssociations',
  'trust-policy': 'serviceAccounts',
} as const satisfies Record<HeldRole['via'], SourceName>;

/** Of every account the roles that let it in, each once. Of an association with a target role pods get that one alone. Accounts of associations need not be there. */
export function heldRoles({ roles, trusted }: ServiceAccountRoles): readonly HeldRole[] {
  const lets = (trust: ServiceAccountRole['trust']): boolean => typeof trust === 'object' && trust.decision === 'allow';
  const held = roles.filter(({ trust, target }) => lets(trust) && (target === undefined || lets(target.trust))).map((role): HeldRole => ({ ...role, roleArn: role.target?.roleArn ?? role.roleArn }));
  const all = [...held, ...trusted.map((account): HeldRole => ({ ...account, via: 'trust-policy' }))];
  return [...new Map(all.reverse().map((each) => [JSON.stringify([each.namespace, each.serviceAccount, each.roleArn]), each])).values()];
}
