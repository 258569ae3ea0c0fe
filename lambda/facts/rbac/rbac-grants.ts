import { defineFact } from '../define-fact.ts';
import { asksInNamespace, asksOfRule, type Asks } from './asks.ts';
import type { PolicyRule } from './policy-rule.ts';
import { RBAC_FIELDS, readBindings, readRoles, type Binding, type RbacLists, type RoleObject } from './bindings.ts';
import { defaultAsks, isDefaultGrant } from './defaults/default-grants.ts';
import type { AnsweringRole, ScopeGrants, SubjectGrants } from './grant.ts';
import { judgeSubjects } from './judge-subjects.ts';
import type { RbacGrants } from './right.ts';
import { audienceOf, canonicalSubject, type Subject } from './subject.ts';

/**
 * Who holds which power, directly by bindings. Linear in bindings, subjects and rules: roles are answered once, subjects are kept once, and a
 * subject's powers in a scope are arithmetic on bits.
 */
export const rbacGrants = defineFact({
  name: 'rbacGrants',
  revision: 1,
  wants: ['clusterRoleBindings', 'roleBindings', 'clusterRoles', 'roles'],
  fields: RBAC_FIELDS,
  derive: (lists): RbacGrants => judgeSubjects(gatherGrants(lists)),
});

function gatherGrants(lists: RbacLists): ReadonlyMap<string, SubjectGrants> {
  const roles = readRoles(lists);
  const answered = new Map<string, AnsweringRole>();
  const askOf = rememberingRules();
  const bySubject = new Map<string, SubjectGrants>();
  for (const binding of readBindings(lists, canonicalSubject)) {
    const role = binding.role === undefined ? undefined : answer(binding.role, roles, answered, askOf);
    if (role) gather(binding, role, bySubject);
  }
  return bySubject;
}

function gather(binding: Binding, role: AnsweringRole, bySubject: Map<string, SubjectGrants>): void {
  const asks = binding.namespace === undefined ? role.asks : asksInNamespace(role.asks, binding.namespace);
  for (const [text, subject] of binding.subjects) {
    if (!matters(text, subject, asks, binding, role)) continue;
    const scope = scopeOf(bySubject, text, subject, binding.namespace);
    const byDefault = asks === 0n ? 0n : defaultAsks(binding.text, role.text, text, asks);
    scope.asks |= asks;
    scope.byDefault |= byDefault;
    scope.grants.push({ binding, role, asks, byDefault });
  }
}

/** Rights outside the catalogue are not kept, except those of strangers and of system:masters, of whom any binding is one too many. */
function matters(text: string, subject: Subject, asks: Asks, binding: Binding, role: RoleObject): boolean {
  const audience = audienceOf(subject);
  if (audience === 'masters') return !isDefaultGrant(binding.text, role.text, text);
  return asks !== 0n || audience === 'anonymous';
}

function answer(text: string, roles: ReadonlyMap<string, RoleObject>, answered: Map<string, AnsweringRole>, askOf: typeof asksOfRule): AnsweringRole | undefined {
  const known = answered.get(text);
  if (known) return known;
  const role = roles.get(text);
  if (!role) return undefined;
  const ruleAsks = role.rules.map((rule) => askOf(rule, role.namespace));
  const answering = { ...role, ruleAsks, asks: ruleAsks.reduce((all, asks) => all | asks, 0n) };
  answered.set(text, answering);
  return answering;
}

/** A tool that is installed in a thousand namespaces writes the same rules in each: they are answered once. */
function rememberingRules(): typeof asksOfRule {
  const known = new Map<string, Asks>();
  return (rule: PolicyRule, ownNamespace?: string): Asks => {
    const { verbs, apiGroups, resources, resourceNames } = rule;
    // Only by a name can a rule mean the namespace that it stands in.
    const place = resourceNames.length === 0 ? undefined : ownNamespace;
    const text = JSON.stringify([verbs, apiGroups, resources, resourceNames, place]);
    let asks = known.get(text);
    if (asks === undefined) known.set(text, (asks = asksOfRule(rule, place)));
    return asks;
  };
}

function scopeOf(bySubject: Map<string, SubjectGrants>, text: string, subject: Subject, namespace: string | undefined): ScopeGrants {
  let held = bySubject.get(text);
  if (!held) bySubject.set(text, (held = { subject, cluster: emptyScope(), namespaces: new Map() }));
  if (namespace === undefined) return held.cluster;
  let scope = held.namespaces.get(namespace);
  if (!scope) held.namespaces.set(namespace, (scope = emptyScope()));
  return scope;
}

function emptyScope(): ScopeGrants {
  return { asks: 0n, byDefault: 0n, grants: [] };
}
