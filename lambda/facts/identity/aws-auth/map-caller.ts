import type { AwsAuthKey, AwsAuthMap, RoleMapping, UserMapping } from './aws-auth-map.ts';
import { canonicalArn, type CanonicalArn } from './canonical-arn.ts';
import { fillTemplate, type Session } from './fill-template.ts';
import { folded } from './mapping-fields.ts';

/** What STS says of a caller, and EC2 of the instance that its session is named after. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
  readonly accessKeyId: string;
  readonly privateDnsName?: string;
}

export interface MappedIdentity {
  readonly username: string;
  readonly groups: readonly string[];
}

export type NotMapped = 'arn' | 'user-id' | 'not-mapped' | 'not-an-instance' | 'instance-unknown';

/** `any-of`: the authenticator takes one at random; with a reason, it may refuse as well. `unknown`: a key that could not be read decides. */
export type CallerMapping =
  | ({ readonly outcome: 'mapped' } & MappedIdentity)
  | { readonly outcome: 'any-of'; readonly identities: readonly MappedIdentity[]; readonly reason?: NotMapped }
  | { readonly outcome: 'not-mapped'; readonly reason: NotMapped }
  | { readonly outcome: 'unknown'; readonly key: AwsAuthKey };

/** The entries of one ConfigMap, ready to be asked. */
export interface AwsAuthIndex {
  readonly roles: ReadonlyMap<string, RoleMapping>;
  /** Several by one ARN where its spellings differ: the authenticator keeps them all and takes one at random. */
  readonly users: ReadonlyMap<string, readonly UserMapping[]>;
  readonly accounts: ReadonlySet<string>;
  readonly unreadable: AwsAuthMap['unreadable'];
}

/** Of roles that stand twice, whatever the case, the last counts; of users that stand twice in one spelling too. */
export function indexAwsAuth({ roles, users, accounts, unreadable }: AwsAuthMap): AwsAuthIndex {
  const spellings = new Map(users.map((user) => [user.userarn, user]));
  return {
    roles: new Map(roles.filter(({ rolearn }) => rolearn !== '').map((role) => [folded(role.rolearn), role])),
    users: Map.groupBy(spellings.values(), ({ userarn }) => folded(userarn)),
    accounts: new Set(accounts),
    unreadable,
  };
}

/** Who a caller is in the cluster by aws-auth alone: roles, then users, then accounts. Source: aws-iam-authenticator v0.7.10, pkg/mapper/configmap and pkg/server. */
export function mapCaller(index: AwsAuthIndex, caller: Caller): CallerMapping {
  const canonical = canonicalArn(caller.arn);
  if (!canonical) return { outcome: 'not-mapped', reason: 'arn' };
  const sessionName = sessionNameOf(canonical, caller);
  if (sessionName === undefined) return { outcome: 'not-mapped', reason: 'user-id' };
  const session: Session = { account: caller.account, accessKeyId: caller.accessKeyId, sessionName, privateDnsName: caller.privateDnsName };
  const arn = folded(canonical.arn);
  const { roles, users, accounts, unreadable } = index;

  if (unreadable.has('mapRoles')) return { outcome: 'unknown', key: 'mapRoles' };
  const role = roles.get(arn);
  if (role) return filled(role, session);
  if (unreadable.has('mapUsers')) return { outcome: 'unknown', key: 'mapUsers' };
  const matching = users.get(arn);
  if (matching) return anyOf(matching.map((user) => filled(user, session)));
  if (unreadable.has('mapAccounts')) return { outcome: 'unknown', key: 'mapAccounts' };
  if (accounts.has(caller.account)) return { outcome: 'mapped', username: canonical.arn, groups: [] };
  return { outcome: 'not-mapped', reason: 'not-mapped' };
}

/** Undefined: the user id of a role's session is not ID:SESSION. */
function sessionNameOf({ type }: CanonicalArn, { userId }: Caller): string | undefined {
  if (type !== 'role' && type !== 'assumed-role') return '';
  const [, sessionName, ...more] = userId.split(':');
  return more.length === 0 ? sessionName : undefined;
}

type FilledMapping = Extract<CallerMapping, { outcome: 'mapped' | 'not-mapped' }>;

function filled({ username, groups }: RoleMapping | UserMapping, session: Session): FilledMapping {
  const texts: string[] = [];
  for (const template of [username, ...groups]) {
    const text = fillTemplate(template, session);
    if (!text.ok) return { outcome: 'not-mapped', reason: text.reason };
    texts.push(text.text);
  }
  return { outcome: 'mapped', username: texts[0]!, groups: texts.slice(1) };
}

function anyOf(outcomes: readonly FilledMapping[]): CallerMapping {
  const identities = new Map<string, MappedIdentity>();
  let reason: NotMapped | undefined;
  for (const outcome of outcomes) {
    if (outcome.outcome === 'not-mapped') reason ??= outcome.reason;
    else identities.set(JSON.stringify([outcome.username, outcome.groups]), { username: outcome.username, groups: outcome.groups });
  }
  const sorted = [...identities].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, identity]) => identity);
  if (sorted.length === 0) return { outcome: 'not-mapped', reason: reason ?? 'not-mapped' };
  if (sorted.length === 1 && reason === undefined) return { outcome: 'mapped', ...sorted[0]! };
  return { outcome: 'any-of', identities: sorted, ...(reason === undefined ? {} : { reason }) };
}
