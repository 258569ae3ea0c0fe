import { asking, asksInNamespace, type Asks } from './asks.ts';
import type { ScopeGrants, SubjectGrants } from './grant.ts';
import { powersOf, type Power, type PowerScope } from './powers.ts';
import { aboutOneObject } from './same-object.ts';

/** What a subject answers in one scope, with the grants of elsewhere that have a part in it. */
export interface HeldAsks {
  readonly asks: Asks;
  readonly scope: ScopeGrants;
  readonly beside: ScopeGrants;
}

const NOTHING: ScopeGrants = { asks: 0n, byDefault: 0n, grants: [] };
const AS_MASTERS = asking('impersonateMasters');
const AS_ACCOUNT = asking('impersonateSomeAccount');
/** Cluster-wide rights that make a power in a namespace only together with one there. */
const LEANED_ON = asking('signForSigner', 'impersonateUserInfo', 'impersonateArbitraryNode', 'impersonateOwnNode');

/** `namespace`: undefined for the whole cluster. What is granted cluster-wide counts in every namespace. */
export function heldAsks({ cluster, namespaces }: SubjectGrants, namespace: string | undefined): HeldAsks {
  if (namespace === undefined) {
    const beside = (cluster.asks & AS_MASTERS) === 0n ? NOTHING : accountsOf(namespaces.values());
    return { asks: aboutOneObject(cluster.asks | beside.asks, [cluster]), scope: cluster, beside };
  }
  const scope = namespaces.get(namespace) ?? NOTHING;
  return { asks: aboutOneObject(scope.asks | asksInNamespace(cluster.asks, namespace) | (cluster.asks & LEANED_ON), [scope, cluster]), scope, beside: cluster };
}

/** Who may act as a member of system:masters needs somebody to act as, and an account of any namespace will do. */
function accountsOf(scopes: Iterable<ScopeGrants>): ScopeGrants {
  const grants = [...scopes].flatMap((scope) => scope.grants.filter(({ asks }) => (asks & AS_ACCOUNT) !== 0n));
  return grants.length > 0 ? { asks: AS_ACCOUNT, byDefault: 0n, grants } : NOTHING;
}

/** Reads powers off answers; different answers are few in a cluster, so each is worked out once. */
export type PowerReader = (asks: Asks, scope: PowerScope) => readonly Power[];

export function powerReader(): PowerReader {
  const memo = { cluster: new Map<Asks, readonly Power[]>(), namespace: new Map<Asks, readonly Power[]>() };
  return (asks, scope) => {
    if (asks === 0n) return [];
    let powers = memo[scope].get(asks);
    if (!powers) memo[scope].set(asks, (powers = powersOf(asks, scope)));
    return powers;
  };
}
