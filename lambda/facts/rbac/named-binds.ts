import { compareSeverity } from '../../model/severity.ts';
import { asking, asksInNamespace, type Asks } from './asks.ts';
import type { AnsweringRole, Grant, ScopeGrants, SubjectGrants } from './grant.ts';
import { heldAsks, type PowerReader } from './held-powers.ts';
import { powerSeverity, severityFor } from './power-severity.ts';
import { contains, powerDefinition, strongest, type Power } from './powers.ts';
import type { NamedBind } from './right.ts';
import { bindingsText, compareGrants, rulesFor, shownGrant, sourcesOf } from './right-of.ts';
import { namesAsked } from './same-object.ts';
import { holderText, ownGroups, subjectResource } from './subject.ts';

const BIND_ROLES = asking('bindSomeRole');
const BIND_CLUSTER_ROLES = asking('bindSomeClusterRole');
const BIND = BIND_ROLES | BIND_CLUSTER_ROLES;
const CREATE = asking('createRoleBindings');
const CREATE_EVERYWHERE = asking('createClusterRoleBindings');
/** Who may bind more roles than this by their names is told of the first: names times namespaces must not grow without a bound. */
const MOST_NAMES = 100;

/** That somebody may give itself one role, in a namespace or (`undefined`) in all; `clusterWide`: what belongs to no namespace too. */
interface Bindable {
  readonly role: string;
  readonly namespace: string | undefined;
  readonly clusterWide: boolean;
}

const NOTHING: ScopeGrants = { asks: 0n, byDefault: 0n, grants: [] };
const NONE: readonly Bindable[] = [];
const known = new WeakMap<SubjectGrants, readonly Bindable[]>();

function bindablesOf(held: SubjectGrants): readonly Bindable[] {
  if (!bindsSomething(held)) return NONE;
  let found = known.get(held);
  if (!found) known.set(held, (found = [...bindables(held)]));
  return found;
}

/** Nearly nobody does. */
function bindsSomething({ cluster, namespaces }: SubjectGrants): boolean {
  if ((cluster.asks & BIND) !== 0n) return true;
  for (const { asks } of namespaces.values()) if ((asks & BIND) !== 0n) return true;
  return false;
}

function* bindables({ cluster, namespaces }: SubjectGrants): Iterable<Bindable> {
  const everywhere = (cluster.asks & BIND_CLUSTER_ROLES) === 0n || (cluster.asks & (CREATE | CREATE_EVERYWHERE)) === 0n ? [] : namesIn(BIND_CLUSTER_ROLES, cluster, NOTHING);
  for (const name of everywhere) yield { role: `ClusterRole ${name}`, namespace: undefined, clusterWide: (cluster.asks & CREATE_EVERYWHERE) !== 0n };
  for (const [namespace, scope] of namespaces) {
    if (((scope.asks | cluster.asks) & CREATE) === 0n || (scope.asks & (CREATE | BIND_ROLES | BIND_CLUSTER_ROLES)) === 0n) continue;
    for (const name of namesIn(BIND_CLUSTER_ROLES, scope, cluster)) if (!everywhere.includes(name)) yield { role: `ClusterRole ${name}`, namespace, clusterWide: false };
    for (const name of namesIn(BIND_ROLES, scope, cluster)) yield { role: `Role ${namespace}/${name}`, namespace, clusterWide: false };
  }
}

function namesIn(ask: Asks, ...scopes: readonly ScopeGrants[]): readonly string[] {
  return [...namesAsked(ask, scopes)].sort().slice(0, MOST_NAMES);
}

/** Who judges: everybody's grants, the roles by their texts, and what reads powers off answers. */
export interface BindJudge {
  readonly bySubject: ReadonlyMap<string, SubjectGrants>;
  readonly roleOf: (text: string) => AnsweringRole | undefined;
  readonly read: PowerReader;
}

/**
 * Roles that somebody may bind to itself by their names (`bind` with resourceNames, and the creation of bindings), where these give it a power that it has not. Who may
 * bind any role has a power that says so. Source: kubernetes/kubernetes pkg/registry/rbac/rolebinding/policybased/storage.go.
 */
export function namedBinds(held: SubjectGrants, judge: BindJudge): Iterable<NamedBind> {
  const own = bindablesOf(held);
  return own.length === 0 ? [] : bindsOf(held, own, judge);
}

function* bindsOf(held: SubjectGrants, own: readonly Bindable[], { bySubject, roleOf, read }: BindJudge): Iterable<NamedBind> {
  const groups = ownGroups(held.subject).flatMap((group) => bySubject.get(group) ?? []);
  const ofGroups = groups.flatMap(bindablesOf);
  for (const { role: text, namespace, clusterWide } of own) {
    const role = roleOf(text);
    const byGroup = ofGroups.some((each) => each.role === text && (each.namespace === undefined || each.namespace === namespace) && (each.clusterWide || !clusterWide));
    const grants = grantsFor(held, text, namespace);
    if (!role || byGroup || grants.every(({ asks, byDefault }) => (asks & ~byDefault & BIND) === 0n)) continue;
    const scope = clusterWide ? 'cluster' : 'namespace';
    const anyway = [held, ...groups].flatMap((each) => [...read(heldAsks(each, undefined).asks, 'cluster'), ...(namespace === undefined ? [] : read(heldAsks(each, namespace).asks, 'namespace'))]);
    // Who may give itself everything has a power that says so.
    if (anyway.includes('rbac-escalation')) continue;
    const given = clusterWide ? role.asks : asksInNamespace(role.asks, namespace ?? '');
    const gained = strongest(read(given, scope)).filter((power) => !anyway.some((other) => contains(other, power)));
    if (gained.length > 0) yield bindOf(held, role, namespace, gained, grants);
  }
}

/** The grants that have a part in it: those that bind this role, and those that create bindings. */
function grantsFor({ cluster, namespaces }: SubjectGrants, text: string, namespace: string | undefined): readonly Grant[] {
  const name = text.slice(text.startsWith('Role ') ? text.indexOf('/') + 1 : 'ClusterRole '.length);
  const binds = ({ role, asks }: Grant): boolean => (asks & BIND) !== 0n && role.rules.some(({ resourceNames }, index) => (role.ruleAsks[index]! & BIND) !== 0n && (resourceNames.length === 0 || resourceNames.includes(name)));
  const all = [...cluster.grants, ...(namespace === undefined ? [] : (namespaces.get(namespace)?.grants ?? []))];
  return all.filter((grant) => binds(grant) || (grant.asks & (CREATE | CREATE_EVERYWHERE)) !== 0n).sort(compareGrants);
}

function bindOf(held: SubjectGrants, role: AnsweringRole, namespace: string | undefined, gained: readonly Power[], grants: readonly Grant[]): NamedBind {
  const where = namespace === undefined ? 'in every namespace' : `in ${namespace}`;
  const [worst] = [...gained].sort((a, b) => compareSeverity(powerSeverity(a, namespace), powerSeverity(b, namespace)));
  const causing = grants.find(({ asks }) => (asks & BIND) !== 0n) ?? grants[0]!;
  return {
    resource: subjectResource(held.subject),
    key: `bind ${role.text}@${namespace ?? 'cluster'}`,
    ...(namespace === undefined ? {} : { namespace }),
    severity: severityFor(held.subject, powerSeverity(worst!, namespace)),
    cause: `${causing.role.text}: bind ${role.text}`,
    evidence: { grants: grants.map((grant) => shownGrant(grant, rulesFor(grant.role, BIND | CREATE | CREATE_EVERYWHERE))), gives: [...gained].sort() },
    restsOn: [...new Set([...sourcesOf(grants), role.namespace === undefined ? ('clusterRoles' as const) : ('roles' as const)])].sort(),
    message: `${holderText(held.subject)} may give itself ${role.text} ${where}, whose holders ${plural(powerDefinition(worst!).says(where))}, by ${bindingsText(grants)}`,
  };
}

/** "may …" is the same of many; "has every right" and "is cluster-admin" are not. */
function plural(says: string): string {
  return says.replace(/^has /, 'have ').replace(/^is /, 'are ');
}
