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
const ON_ACCOUNT = asking('onAccount');
const ACCOUNT_INFO = asking('impersonateAccountInfo');
/** Cluster-wide rights that make a power in a namespace only together with one there. */
const LEANED_ON = asking('signForSigner', 'impersonateUserInfo', 'impersonateArbitraryNode', 'impersonateOwnNode');

/** `namespace`: undefined for the whole cluster. What is granted cluster-wide counts in every namespace. */
export function heldAsks(given: SubjectGrants, namespace: string | undefined): HeldAsks {
  const { cluster, namespaces } = given;
  if (namespace === undefined) {
    const beside = united((cluster.asks & AS_MASTERS) === 0n ? NOTHING : grantsFor(AS_ACCOUNT, namespaces.values()), needsAccount(cluster.asks) ? accountInfo(given) : NOTHING);
    return { asks: aboutOneObject(cluster.asks | beside.asks, [cluster]), scope: cluster, beside };
  }
  const scope = namespaces.get(namespace) ?? NOTHING;
  if (needsAccount(scope.asks) && needsAccount(scope.asks | cluster.asks)) {
    const beside = besideAccounts(given);
    return { asks: aboutOneObject(scope.asks | asksInNamespace(beside.asks, namespace) | (beside.asks & LEANED_ON), [scope, cluster]), scope, beside };
  }
  return { asks: aboutOneObject(scope.asks | asksInNamespace(cluster.asks, namespace) | (cluster.asks & LEANED_ON), [scope, cluster]), scope, beside: cluster };
}

/** Grants of any namespace that answer this: who may act as a member of system:masters needs somebody to act as, and an account anywhere will do. */
function grantsFor(ask: Asks, scopes: Iterable<ScopeGrants>): ScopeGrants {
  const grants = [...scopes].flatMap((scope) => scope.grants.filter(({ asks }) => (asks & ask) !== 0n));
  return grants.length > 0 ? { asks: ask, byDefault: 0n, grants } : NOTHING;
}

/** Where requests as an account may be made, and which account that is stands elsewhere: it is asked for in its own namespace, whatever the request is about. */
function needsAccount(asks: Asks): boolean {
  return (asks & ON_ACCOUNT) !== 0n && (asks & ACCOUNT_INFO) === 0n;
}

const accountInfos = new WeakMap<SubjectGrants, ScopeGrants>();
const besides = new WeakMap<SubjectGrants, ScopeGrants>();

/** Worked out once for all of somebody's namespaces. */
function accountInfo(held: SubjectGrants): ScopeGrants {
  let found = accountInfos.get(held);
  if (!found) accountInfos.set(held, (found = grantsFor(ACCOUNT_INFO, held.namespaces.values())));
  return found;
}

function besideAccounts(held: SubjectGrants): ScopeGrants {
  let found = besides.get(held);
  if (!found) besides.set(held, (found = united(held.cluster, accountInfo(held))));
  return found;
}

function united(one: ScopeGrants, other: ScopeGrants): ScopeGrants {
  if (other === NOTHING) return one;
  return one === NOTHING ? other : { asks: one.asks | other.asks, byDefault: one.byDefault | other.byDefault, grants: [...one.grants, ...other.grants] };
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
