import { inflows } from './aggregated-roles.ts';
import { OF_NAMED, asking, asksInNamespace, asksOfRule, namedNamespaces, type Asks } from './asks.ts';
import { readBindings, readRoles, type Binding, type RbacLists, type RoleObject } from './bindings.ts';
import { boundTogether, type BoundTogether } from './bound-together.ts';
import { defaultAsks, defaultSubjects, isDefaultGrant } from './defaults/default-grants.ts';
import type { AnsweringRole, Grant, ScopeGrants, SubjectGrants } from './grant.ts';
import type { PolicyRule } from './policy-rule.ts';
import { audienceOf, canonicalSubject, type Subject } from './subject.ts';

/** What the catalogue asks of every subject's roles, by subject and scope; the same scopes for all whom the same bindings name. */
export function gatherGrants(lists: RbacLists, answer = answeringRoles(lists)): ReadonlyMap<string, SubjectGrants> {
  const bySubject = new Map<string, SubjectGrants>();
  const bindings = readBindings(lists, canonicalSubject);
  const placed = new PlacedGrants();
  for (const binding of bindings) {
    const role = binding.role === undefined ? undefined : answer(binding.role);
    if (role) placed.place(binding, role);
  }
  for (const together of boundTogether(bindings)) gather(together, placed, bySubject);
  return bySubject;
}

/** Roles by their texts, each answered when it is first asked for. */
export function answeringRoles(lists: RbacLists): (text: string) => AnsweringRole | undefined {
  return roleAnswers(readRoles(lists), inflows(lists.clusterRoles.ok ? lists.clusterRoles.value : []));
}

/** What bindings give to each whom they name, by their numbers. */
class PlacedGrants {
  readonly #grants: Grant[] = [];
  /** Beside those, of roles that name namespaces. */
  readonly #named = new Map<number, readonly Grant[]>();
  readonly #defaults = new Map<number, ReadonlySet<string>>();

  place(binding: Binding, role: AnsweringRole): void {
    const { namespace, number } = binding;
    const defaults = defaultSubjects(binding.text, role.text);
    if (defaults) this.#defaults.set(number, defaults);
    if (namespace !== undefined) {
      const named = role.namespaces.get(namespace);
      const asks = asksInNamespace(role.asks, namespace);
      this.#grants[number] = { binding, role, namespace, asks: named === undefined ? asks : asks | named, byDefault: 0n };
      return;
    }
    const asks = role.namespaces.size > MOST_NAMES ? role.asks | ofAnyNamespace(role) : role.asks;
    this.#grants[number] = { binding, role, namespace, asks, byDefault: 0n };
    if (role.namespaces.size === 0 || role.namespaces.size > MOST_NAMES) return;
    this.#named.set(number, [...role.namespaces].map(([where, there]) => ({ binding, role, namespace: where, asks: there, byDefault: 0n })));
  }

  /** Undefined: its role is not there. */
  of({ number }: Binding): Grant | undefined {
    return this.#grants[number];
  }

  namedBy({ number }: Binding): readonly Grant[] {
    return this.#named.get(number) ?? NO_GRANTS;
  }

  /** Whom any of these bindings names by default; undefined: nobody. */
  defaultsOf(bindings: readonly Binding[]): ReadonlySet<string> | undefined {
    if (this.#defaults.size === 0) return undefined;
    const found = bindings.flatMap(({ number }) => [...(this.#defaults.get(number) ?? [])]);
    return found.length === 0 ? undefined : new Set(found);
  }

  isDefault({ number }: Binding, subject: string): boolean {
    return this.#defaults.get(number)?.has(subject) ?? false;
  }
}

const NO_GRANTS: readonly Grant[] = [];

/** Who may change or delete more namespaces than this by their names is taken for one who may all: names times subjects must not grow without a bound. */
const MOST_NAMES = 100;

function ofAnyNamespace({ ruleAsks }: AnsweringRole): Asks {
  const asks = ruleAsks.reduce((all, one) => all | one, 0n);
  return ((asks & asking('changeNamedNamespace')) === 0n ? 0n : asking('changeNamespaces')) | ((asks & asking('deleteNamedNamespace')) === 0n ? 0n : asking('deleteNamespaces'));
}

function gather({ subjects, bindings }: BoundTogether, placed: PlacedGrants, bySubject: Map<string, SubjectGrants>): void {
  const defaults = placed.defaultsOf(bindings);
  let common: Scopes | undefined;
  for (const { text, subject } of subjects) {
    const own = defaults?.has(text) || isOfItsOwn(subject);
    const scopes = own ? scopesOf(bindings, placed, text, subject) : (common ??= scopesOf(bindings, placed));
    if (scopes.cluster !== NO_SCOPE || scopes.namespaces !== NO_SCOPES) bySubject.set(text, { subject, cluster: scopes.cluster, namespaces: scopes.namespaces });
  }
}

type Scopes = Pick<SubjectGrants, 'cluster' | 'namespaces'>;

/** Strangers and system:masters, of whom any binding is one too many. */
function isOfItsOwn(subject: Subject): boolean {
  const audience = audienceOf(subject);
  return audience === 'masters' || audience === 'anonymous';
}

/** What these bindings give to one subject, or (without one) to any of whom nothing else is to be known. */
function scopesOf(bindings: readonly Binding[], placed: PlacedGrants, text?: string, subject?: Subject): Scopes {
  const scopes: Scopes = { cluster: NO_SCOPE, namespaces: NO_SCOPES };
  for (const binding of bindings) {
    const grant = placed.of(binding);
    if (!grant) continue;
    add(grant);
    for (const named of placed.namedBy(binding)) add(named);
  }
  return scopes;

  function add(grant: Grant): void {
    const { asks, binding, role } = grant;
    if (subject === undefined ? asks === 0n : !matters(text!, subject, asks, binding, role)) return;
    const byDefault = text === undefined || asks === 0n || !placed.isDefault(binding, text) ? 0n : defaultAsks(binding.text, role.text, text, asks);
    const scope = scopeIn(scopes, grant.namespace);
    scope.asks |= asks;
    if (byDefault !== 0n) scope.byDefault |= byDefault;
    scope.grants.push(byDefault === 0n ? grant : { ...grant, byDefault });
  }
}

/** Rights outside the catalogue are not kept, except those of strangers and of system:masters. */
function matters(text: string, subject: Subject, asks: Asks, binding: Binding, role: RoleObject): boolean {
  const audience = audienceOf(subject);
  if (audience === 'masters') return !isDefaultGrant(binding.text, role.text, text);
  return asks !== 0n || audience === 'anonymous';
}

/** Answers each role once, when the first binding names it. */
function roleAnswers(roles: ReadonlyMap<string, RoleObject>, inflowing: ReadonlyMap<string, readonly string[]>): (text: string) => AnsweringRole | undefined {
  const answered = new Map<string, AnsweringRole>();
  const ofRules = new Map<readonly PolicyRule[], RuleAnswers>();
  return function answer(text: string): AnsweringRole | undefined {
    const known = answered.get(text);
    if (known) return known;
    const role = roles.get(text);
    if (!role) return undefined;
    const { namespace, rules } = role;
    let own = ofRules.get(rules);
    if (!own) ofRules.set(rules, (own = answersOf(rules)));
    const parts: readonly AnsweringRole[] = (inflowing.get(text) ?? []).flatMap((part) => answer(part) ?? []);
    const answering = { text, ...(namespace === undefined ? {} : { namespace }), rules, ...own, ...(parts.length > 0 ? { inflows: parts } : {}) };
    answered.set(text, answering);
    return answering;
  };
}

type RuleAnswers = Pick<AnsweringRole, 'ruleAsks' | 'asks' | 'namespaces'>;

function answersOf(rules: readonly PolicyRule[]): RuleAnswers {
  const ruleAsks = rules.map(asksOfRule);
  let asks = 0n;
  for (const one of ruleAsks) asks |= one;
  // Which namespaces a rule names is a matter of where it is bound.
  return { ruleAsks, asks: asks & ~OF_NAMED, namespaces: namedNamespaces(rules, ruleAsks) };
}

function scopeIn(scopes: Scopes, namespace: string | undefined): ScopeGrants {
  // Most hold something only in namespaces, or only cluster-wide.
  if (namespace === undefined) return scopes.cluster === NO_SCOPE ? (scopes.cluster = emptyScope()) : scopes.cluster;
  if (scopes.namespaces === NO_SCOPES) scopes.namespaces = new Map();
  let scope = scopes.namespaces.get(namespace);
  if (!scope) scopes.namespaces.set(namespace, (scope = emptyScope()));
  return scope;
}

const NO_SCOPE: ScopeGrants = emptyScope();
const NO_SCOPES: SubjectGrants['namespaces'] = new Map();

function emptyScope(): ScopeGrants {
  return { asks: 0n, byDefault: 0n, grants: [] };
}
