import type { Derived } from '../../model/derived.ts';
import type { Collected } from '../../model/collected.ts';
import type { EksCluster, EksNodegroup } from '../../model/eks.ts';
import { objectsOf, textOf, written } from '../as-read.ts';
import type { ServiceAccountRole, ServiceAccountRoles } from '../identity/service-account-role.ts';
import type { RolePower } from '../identity/role-policies/role-power.ts';
import { principalOf } from '../identity/principal-arn.ts';
import type { NodeOs } from './surroundings.ts';

/** Roles of IAM by what the authenticator compares: an ARN in lower case, without its path. */
export type RoleId = string;

/** Which roles an account leads to. */
export interface AccountRoles {
  /** Credentials for them lie in its pods. */
  readonly inside: ReadonlySet<RoleId>;
  /** Whoever holds a token of it for STS takes them: annotated or not, the role decides. */
  readonly byToken: ReadonlySet<RoleId>;
  /** A role of it is of another account, or its trust policy depends on what nobody knows beforehand. */
  readonly unclear: boolean;
}

/** How roles of IAM are come to from within the cluster, and what they are good for. */
export interface IamRoles {
  /** By namespace and name. */
  readonly ofAccounts: ReadonlyMap<string, ReadonlyMap<string, AccountRoles>>;
  /** Roles that let in every account of a namespace; `undefined`: of any. */
  readonly open: ReadonlyMap<string | undefined, ReadonlySet<RoleId>>;
  readonly ofNodes: ReadonlyMap<NodeOs, ReadonlySet<RoleId>>;
  readonly powers: ReadonlyMap<RoleId, RolePower>;
  /** As they are written. */
  readonly arns: ReadonlyMap<RoleId, string>;
}

export interface IamRolesInput {
  readonly serviceAccountRoles: Derived<ServiceAccountRoles>;
  readonly eksCluster: Collected<EksCluster>;
  readonly eksNodegroups: Collected<readonly EksNodegroup[]>;
  readonly rolePowers: Derived<ReadonlyMap<string, RolePower>>;
}

export const IAM_ROLES_FIELDS = {
  eksCluster: ['arn', 'accessConfig.authenticationMode', 'computeConfig.nodeRoleArn'],
  eksNodegroups: ['nodeRole', 'amiType'],
  iamRoles: ['Arn', 'CreateDate'],
} as const;

export const NO_IAM_ROLES: IamRoles = { ofAccounts: new Map(), open: new Map(), ofNodes: new Map(), powers: new Map(), arns: new Map() };

/** One pass over what says who has which role. */
export function iamRolesOf(input: IamRolesInput): IamRoles {
  const { serviceAccountRoles, eksCluster, eksNodegroups, rolePowers } = input;
  if (!eksCluster.ok) return NO_IAM_ROLES;
  const arns = new Map<RoleId, string>();
  const idOf = (arn: string): RoleId | undefined => {
    const id = principalOf(arn)?.compared;
    if (id !== undefined) arns.set(id, arn);
    return id;
  };
  const ofNodes = new Map<NodeOs, Set<RoleId>>();
  for (const { nodeRole, amiType } of eksNodegroups.ok ? objectsOf(eksNodegroups.value) : []) add(ofNodes, textOf(amiType)?.startsWith('WINDOWS') ? 'windows' : 'linux', idOf(written(nodeRole ?? '')));
  // Auto Mode's nodes run Linux alone.
  add(ofNodes, 'linux', idOf(written(eksCluster.value.computeConfig?.nodeRoleArn ?? '')));
  const accounts = serviceAccountRoles.ok ? accountRolesOf(serviceAccountRoles.value, idOf) : { ofAccounts: NO_IAM_ROLES.ofAccounts, open: NO_IAM_ROLES.open };
  return { ...accounts, ofNodes, powers: new Map([...(rolePowers.ok ? rolePowers.value : [])].flatMap(([arn, power]) => withId(idOf(arn), power))), arns };
}

function accountRolesOf({ roles, trusted, open }: ServiceAccountRoles, idOf: (arn: string) => RoleId | undefined): Pick<IamRoles, 'ofAccounts' | 'open'> {
  const ofAccounts = new Map<string, Map<string, { inside: Set<RoleId>; byToken: Set<RoleId>; unclear: boolean }>>();
  const of = (namespace: string, name: string) => {
    let byName = ofAccounts.get(namespace);
    if (!byName) ofAccounts.set(namespace, (byName = new Map()));
    let account = byName.get(name);
    if (!account) byName.set(name, (account = { inside: new Set(), byToken: new Set(), unclear: false }));
    return account;
  };
  for (const { namespace, serviceAccount, roleArn, via, trust, target } of roles) {
    const account = of(namespace, serviceAccount);
    const trusts = [trust, ...(target ? [target.trust] : [])].map(decisionOf);
    if (trusts.includes('unknown') && !trusts.includes('deny')) account.unclear = true;
    if (trusts.some((decision) => decision !== 'allow')) continue;
    // Pods get the target role's credentials, and none of the first.
    const id = idOf(target?.roleArn ?? roleArn);
    if (id === undefined) continue;
    account.inside.add(id);
    if (via === 'annotation') account.byToken.add(id);
  }
  for (const { namespace, serviceAccount, roleArn } of trusted) {
    const id = idOf(roleArn);
    if (id !== undefined) of(namespace, serviceAccount).byToken.add(id);
  }
  const openTo = new Map<string | undefined, Set<RoleId>>();
  for (const { roleArn, to } of open) {
    if (to.kind === 'any') add(openTo, undefined, idOf(roleArn));
    else if (to.kind === 'namespace') add(openTo, to.namespace, idOf(roleArn));
  }
  return { ofAccounts, open: openTo };
}

function decisionOf(trust: ServiceAccountRole['trust']): 'allow' | 'deny' | 'unknown' {
  if (trust === 'absent') return 'deny';
  if (trust === 'not-read' || trust.decision === 'unknown') return 'unknown';
  return trust.decision === 'allow' ? 'allow' : 'deny';
}

function withId(id: RoleId | undefined, power: RolePower): readonly (readonly [RoleId, RolePower])[] {
  return id === undefined ? [] : [[id, power]];
}

function add<K>(map: Map<K, Set<RoleId>>, key: K, id: RoleId | undefined): void {
  if (id === undefined) return;
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}
