import { inflows } from './aggregated-roles.ts';
import { OF_NAMED, asking, asksInNamespace, asksOfRule, namedNamespaces, type Asks } from './asks.ts';
import { readBindings, readRoles, type Binding, type RbacLists, type RoleObject } from './bindings.ts';
import { defaultAsks, isDefaultGrant } from './defaults/default-grants.ts';
import type { AnsweringRole, Grant, ScopeGrants, SubjectGrants } from './grant.ts';
import type { PolicyRule } from './policy-rule.ts';
import { audienceOf, canonicalSubject, type Subject } from './subject.ts';

/** What the catalogue asks of every subject's roles, by subject and scope. */
export function gatherGrants(lists: RbacLists, answer = answeringRoles(lists)): ReadonlyMap<string, SubjectGrants> {
  const bySubject = new Map<string, SubjectGrants>();
  for (const binding of readBindings(lists, canonicalSubject)) {
    const role = binding.role === undefined ? undefined : answer(binding.role);
    if (role) gather(binding, role, bySubject);
  }
  return bySubject;
}

/** Roles by their texts, each answered when it is first asked for. */
export function answeringRoles(lists: RbacLists): (text: string) => AnsweringRole | undefined {
  return roleAnswers(readRoles(lists), inflows(lists.clusterRoles.ok ? lists.clusterRoles.value : []));
}

function gather(binding: Binding, role: AnsweringRole, bySubject: Map<string, SubjectGrants>): void {
  const { namespace } = binding;
  if (namespace !== undefined) {
    const asks = asksInNamespace(role.asks, namespace) | (role.namespaces.get(namespace) ?? 0n);
    gatherIn(namespace, asks, binding, role, bySubject);
    return;
  }
  const everywhere = role.namespaces.size > MOST_NAMES ? role.asks | ofAnyNamespace(role) : role.asks;
  gatherIn(undefined, everywhere, binding, role, bySubject);
  if (role.namespaces.size > MOST_NAMES) return;
  for (const [named, asks] of role.namespaces) gatherIn(named, asks, binding, role, bySubject);
}

/** Who may change or delete more namespaces than this by their names is taken for one who may all: names times subjects must not grow without a bound. */
const MOST_NAMES = 100;

function ofAnyNamespace({ ruleAsks }: AnsweringRole): Asks {
  const asks = ruleAsks.reduce((all, one) => all | one, 0n);
  return ((asks & asking('changeNamedNamespace')) === 0n ? 0n : asking('changeNamespaces')) | ((asks & asking('deleteNamedNamespace')) === 0n ? 0n : asking('deleteNamespaces'));
}

function gatherIn(namespace: string | undefined, asks: Asks, binding: Binding, role: AnsweringRole, bySubject: Map<string, SubjectGrants>): void {
  // A binding gives the same to thousands.
  const grant: Grant = { binding, role, asks, byDefault: 0n };
  for (const [text, subject] of binding.subjects) {
    if (!matters(text, subject, asks, binding, role)) continue;
    const scope = scopeOf(bySubject, text, subject, namespace);
    const byDefault = asks === 0n ? 0n : defaultAsks(binding.text, role.text, text, asks);
    scope.asks |= asks;
    scope.byDefault |= byDefault;
    scope.grants.push(byDefault === 0n ? grant : { ...grant, byDefault });
  }
}

/** Rights outside the catalogue are not kept, except those of strangers and of system:masters, of whom any binding is one too many. */
function matters(text: string, subject: Subject, asks: Asks, binding: Binding, role: RoleObject): boolean {
  const audience = audienceOf(subject);
  if (audience === 'masters') return !isDefaultGrant(binding.text, role.text, text);
  return asks !== 0n || audience === 'anonymous';
}

/** Answers each role once, when the first binding names it. */
function roleAnswers(roles: ReadonlyMap<string, RoleObject>, inflowing: ReadonlyMap<string, readonly string[]>): (text: string) => AnsweringRole | undefined {
  const answered = new Map<string, AnsweringRole>();
  const askOf = rememberingRules();
  return function answer(text: string): AnsweringRole | undefined {
    const known = answered.get(text);
    if (known) return known;
    const role = roles.get(text);
    if (!role) return undefined;
    const ruleAsks = role.rules.map((rule) => askOf(rule));
    // Which namespaces a rule names is a matter of where it is bound.
    const asks = ruleAsks.reduce((all, one) => all | one, 0n) & ~OF_NAMED;
    const parts: readonly AnsweringRole[] = (inflowing.get(text) ?? []).flatMap((part) => answer(part) ?? []);
    const answering = { ...role, ruleAsks, asks, namespaces: namedNamespaces(role.rules, ruleAsks), ...(parts.length > 0 ? { inflows: parts } : {}) };
    answered.set(text, answering);
    return answering;
  };
}

/** A tool that is installed in a thousand namespaces writes the same rules in each: they are answered once. */
function rememberingRules(): typeof asksOfRule {
  const known = new Map<string, Asks>();
  return (rule: PolicyRule): Asks => {
    const { verbs, apiGroups, resources, resourceNames, urls } = rule;
    const text = JSON.stringify([verbs, apiGroups, resources, resourceNames, urls]);
    let asks = known.get(text);
    if (asks === undefined) known.set(text, (asks = asksOfRule(rule)));
    return asks;
  };
}

function scopeOf(bySubject: Map<string, SubjectGrants>, text: string, subject: Subject, namespace: string | undefined): ScopeGrants {
  let held = bySubject.get(text);
  if (!held) bySubject.set(text, (held = { subject, cluster: NO_SCOPE, namespaces: NO_SCOPES }));
  // Most hold something only in namespaces, or only cluster-wide.
  if (namespace === undefined) return held.cluster === NO_SCOPE ? (held.cluster = emptyScope()) : held.cluster;
  if (held.namespaces === NO_SCOPES) held.namespaces = new Map();
  let scope = held.namespaces.get(namespace);
  if (!scope) held.namespaces.set(namespace, (scope = emptyScope()));
  return scope;
}

const NO_SCOPE: ScopeGrants = emptyScope();
const NO_SCOPES: SubjectGrants['namespaces'] = new Map();

function emptyScope(): ScopeGrants {
  return { asks: 0n, byDefault: 0n, grants: [] };
}
