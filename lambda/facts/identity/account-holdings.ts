import { compareText } from '../../model/compare-text.ts';
import type { SourceName } from '../../model/sources.ts';
import { CONDITIONAL_POWERS } from '../rbac/conditional-powers.ts';
import { POWERS } from '../rbac/powers.ts';
import type { RbacGrants } from '../rbac/right.ts';
import { SOURCE_OF_HELD, heldRoles, type HeldRole } from './held-roles.ts';
import { principalText } from './principal-arn.ts';
import type { ServiceAccountRoles } from './service-account-role.ts';

/** A dangerous right or a role of IAM that a ServiceAccount has. */
export interface Holding {
  /** `secrets-read@shop`, the ARN of a role. */
  readonly what: string;
  /** A sentence. */
  readonly says: string;
  readonly restsOn: readonly SourceName[];
}

/** What ServiceAccounts hold, defaults included, by `namespace/name`: rights first, the strongest of all before the others. */
export function holdingsOf(grants: RbacGrants | undefined, roles: ServiceAccountRoles | undefined): ReadonlyMap<string, readonly Holding[]> {
  const byPower = grants ? POWERS.filter((power) => !CONDITIONAL_POWERS.has(power)).map((power) => grants.byPower[power]) : [];
  const rights = [...byPower, grants?.namedBinds ?? [], grants?.byDefault.map(({ right }) => right) ?? []].flatMap((some) => some.filter(({ resource }) => resource.kind === 'ServiceAccount').sort((a, b) => compareText(a.key, b.key)));
  const held = [
    ...rights.map(({ resource: { namespace, name }, key, message, restsOn }) => ({ account: `${namespace}/${name}`, what: key, says: message, restsOn })),
    ...(roles ? heldRoles(roles) : []).map(ofRole).sort((a, b) => compareText(a.what, b.what)),
  ];
  return Map.groupBy(held, ({ account }) => account);
}

function ofRole({ namespace, serviceAccount, roleArn, via }: HeldRole) {
  const account = `${namespace}/${serviceAccount}`;
  return { account, what: roleArn, says: `ServiceAccount ${account} has ${principalText(roleArn)}`, restsOn: ['eksCluster', 'iamRoles', SOURCE_OF_HELD[via]] as const };
}

/** Accounts of which nobody knows whether a role that they are given lets them in. */
export function unclearAccounts({ roles }: ServiceAccountRoles): ReadonlySet<string> {
  const isUnclear = (trust: ServiceAccountRoles['roles'][number]['trust']): boolean => trust === 'not-read' || (typeof trust === 'object' && trust.decision === 'unknown');
  return new Set(roles.filter(({ trust, target }) => isUnclear(trust) || (target !== undefined && isUnclear(target.trust))).map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`));
}
