import { principalOf } from '../identity/principal-arn.ts';
import type { Holder } from './holder.ts';
import type { AccountRoles, RoleId } from './iam-roles.ts';
import { isUnclear } from './unclear-roles.ts';
import type { IamSide } from './iam-side.ts';
import type { NodeOs } from './surroundings.ts';

/** Roles of IAM that are worth taking, by how one comes to them: they rule their account, may enter the cluster, or sign in as somebody worth being. */
export interface IndexedRoles {
  /** Some way leads to a role, or may. */
  readonly leadsToRoles: boolean;
  /** Undefined: none that is worth it. */
  rolesOf(namespace: string, name: string): AccountRoles | undefined;
  /** Names of accounts that are there and lead to such roles, by namespace; namespaces all of whose accounts do are among these. */
  readonly accountsWithRoles: ReadonlyMap<string, readonly string[]>;
  /** Roles that every account of a namespace may take; `undefined`: every account. */
  openRoles(namespace: string | undefined): readonly RoleId[];
  rolesOfNodes(os: NodeOs): readonly RoleId[];
  /** Whether it is not known of a role of such nodes what it is good for. */
  areNodesUnclear(os: NodeOs): boolean;
  /** Who signs in with a role. */
  signsInBy(role: RoleId): readonly Holder[];
}

/** `principals`: those of IAM who are worth being in the cluster. */
export function indexRoles({ roles }: IamSide, principals: readonly Holder[], accounts: ReadonlyMap<string, ReadonlySet<string>>): IndexedRoles {
  const byRole = Map.groupBy(principals, ({ subject }) => (subject.kind === 'IAM' ? principalOf(subject.arn)?.compared : undefined));
  const signsInBy = (role: RoleId): readonly Holder[] => byRole.get(role) ?? [];
  const isWorth = (role: RoleId): boolean => {
    const power = roles.powers.get(role);
    return power?.account === true || power?.cluster === true || signsInBy(role).length > 0;
  };
  const worth = (ids: Iterable<RoleId> | undefined): readonly RoleId[] => [...(ids ?? [])].filter(isWorth).sort();

  const ofAccounts = new Map<string, Map<string, AccountRoles>>();
  for (const [namespace, byName] of roles.ofAccounts) {
    const kept = new Map<string, AccountRoles>();
    for (const [name, { inside, byToken, unclear }] of byName) {
      const [inPods, withTokens] = [worth(inside), worth(byToken)];
      const maybe = unclear || [...inside, ...byToken].some((role) => isUnclear(roles.powers.get(role)));
      const isThere = accounts.get(namespace)?.has(name) === true;
      if (isThere && (maybe || inPods.length > 0 || withTokens.length > 0)) kept.set(name, { inside: new Set(inPods), byToken: new Set(withTokens), unclear: maybe });
    }
    if (kept.size > 0) ofAccounts.set(namespace, kept);
  }
  const open = new Map([...roles.open].map(([namespace, ids]) => [namespace, worth(ids)] as const).filter(([, ids]) => ids.length > 0));
  const namespaces = new Set([...ofAccounts.keys(), ...[...open.keys()].filter((namespace) => namespace !== undefined)]);
  return {
    leadsToRoles: ofAccounts.size > 0 || open.size > 0,
    rolesOf: (namespace, name) => ofAccounts.get(namespace)?.get(name),
    accountsWithRoles: new Map([...namespaces].map((namespace) => [namespace, [...(ofAccounts.get(namespace)?.keys() ?? [])]])),
    openRoles: (namespace) => open.get(namespace) ?? [],
    areNodesUnclear: (os) => [...(roles.ofNodes.get(os) ?? [])].some((role) => isUnclear(roles.powers.get(role))),
    rolesOfNodes: (os) => worth(roles.ofNodes.get(os)),
    signsInBy,
  };
}
