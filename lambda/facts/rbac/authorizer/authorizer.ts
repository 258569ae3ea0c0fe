import { compareText } from '../../../model/compare-text.ts';
import type { RbacLists, RbacSource } from '../bindings.ts';
import type { PolicyRule } from '../policy-rule.ts';
import type { Subject } from '../subject.ts';
import { indexBindings, type PlacedBinding } from './binding-index.ts';
import { MASTERS, isUrlRequest, namespaceOf, type Identity, type Request } from './request.ts';
import { ruleAllows } from './rule-allows.ts';

/** One rule that reaches somebody, with the binding that brings it. */
export interface GrantedRule {
  readonly rule: PolicyRule;
  readonly binding: PlacedBinding;
}

/** The rules that bindings of one scope bring. */
export interface ScopeRules {
  /** Absent: everywhere. */
  readonly namespace?: string;
  readonly rules: readonly GrantedRule[];
}

/** Something that more of could be known: the lists that were not read and could hold more, sorted; empty: this is all. */
interface AsFarAsRead {
  readonly unread: readonly RbacSource[];
}

export interface Decision extends AsFarAsRead {
  /** `unknown`: nothing that was read allows it, and something that was not read could. */
  readonly answer: 'allowed' | 'denied' | 'unknown';
  /** What allows it; absent for system:masters, whom nothing needs to allow anything. */
  readonly by?: GrantedRule;
}

/** The RBAC authorizer of Kubernetes over the objects of one cluster. Source: kubernetes/kubernetes plugin/pkg/auth/authorizer/rbac/rbac.go. */
export interface Authorizer {
  /** The answer of an API server with RBAC as its only mode: system:masters first, then RBAC, as far as it was read. */
  can(identity: Identity, request: Request): boolean;
  /** RBAC alone. */
  allows(identity: Identity, request: Request): boolean;
  /** The same as `can`, with what allows it, and honest about what was not read. */
  decide(identity: Identity, request: Request): Decision;
  /** Every rule that reaches somebody in a namespace (`''`: cluster-wide), as written; twice where two bindings bring it. system:masters adds nothing. */
  rulesFor(identity: Identity, namespace: string): AsFarAsRead & { readonly rules: readonly GrantedRule[] };
  /** The subjects that bindings name and that may do it, and system:masters; each once, sorted by kind, namespace and name. Groups are not expanded. */
  whoCan(request: Request): AsFarAsRead & { readonly subjects: readonly GrantedSubject[] };
  /** The namespaces whose RoleBindings allow it, whatever namespace it is asked in; sorted. An address is asked in none. */
  allowingNamespaces(request: Request): readonly string[];
  /** Every rule that reaches somebody anywhere, by the scope that its binding has: the whole cluster first, then namespaces by name. */
  rulesEverywhere(identity: Identity): AsFarAsRead & { readonly scopes: readonly ScopeRules[] };
  /** The rules of a role by its text (`ClusterRole view`, `Role shop/ops`); undefined: it does not exist, or was not read. */
  rulesOf(role: string): readonly PolicyRule[] | undefined;
}

/** A subject as bindings name it, with the bindings by which it may. */
export interface GrantedSubject {
  readonly subject: Subject;
  /** Sorted; empty for system:masters where no binding gives it to them. */
  readonly by: readonly GrantedRule[];
}

/** `look`: the namespaces whose RoleBindings and Roles were looked at. */
export function createAuthorizer(lists: RbacLists, look: 'all' | readonly string[] = 'all'): Authorizer {
  const index = indexBindings(lists);
  const looked = look === 'all' ? undefined : new Set(look);

  function allows(identity: Identity, request: Request): boolean {
    return grantOf(identity, request) !== undefined;
  }

  function grantOf(identity: Identity, request: Request): GrantedRule | undefined {
    for (const binding of index.reaching(identity, namespaceOf(request))) {
      const rule = binding.target?.rules.find((one) => ruleAllows(one, request));
      if (rule) return { rule, binding };
    }
    return undefined;
  }

  function decide(identity: Identity, request: Request): Decision {
    const by = grantOf(identity, request);
    if (by) return { answer: 'allowed', by, unread: [] };
    if (identity.groups.includes(MASTERS)) return { answer: 'allowed', unread: [] };
    const unread = unreadFor(namespaceOf(request), index.reaching(identity, namespaceOf(request)));
    return { answer: unread.length > 0 ? 'unknown' : 'denied', unread };
  }

  /** What could add to an answer: lists of bindings that count here, and lists of roles that such bindings lead to. `undefined`: every namespace. */
  function unreadFor(namespace: string | undefined, bindings: Iterable<PlacedBinding>): readonly RbacSource[] {
    const unseen = looked !== undefined && (namespace === undefined || (namespace !== '' && !looked.has(namespace)));
    const isMissing = (source: RbacSource): boolean => !lists[source].ok || (unseen && (source === 'roles' || source === 'roleBindings'));
    const unread = new Set<RbacSource>();
    if (isMissing('clusterRoleBindings')) unread.add('clusterRoleBindings').add('clusterRoles');
    if (namespace !== '' && isMissing('roleBindings')) unread.add('roleBindings').add('clusterRoles').add('roles');
    for (const { role, roleSource, target } of bindings) if (role !== undefined && !target) unread.add(roleSource);
    return [...unread].filter(isMissing).sort();
  }

  function rulesFor(identity: Identity, namespace: string): AsFarAsRead & { readonly rules: readonly GrantedRule[] } {
    const found = [...index.reaching(identity, namespace)];
    return { rules: rulesOf(found), unread: unreadFor(namespace, found) };
  }

  function rulesEverywhere(identity: Identity): AsFarAsRead & { readonly scopes: readonly ScopeRules[] } {
    const found: PlacedBinding[] = [...index.reaching(identity, '')];
    const scopes: ScopeRules[] = [{ rules: rulesOf(found) }];
    for (const namespace of index.namespacesOf(identity)) {
      const here = [...index.reaching(identity, namespace)].filter((binding) => binding.namespace === namespace);
      found.push(...here);
      scopes.push({ namespace, rules: rulesOf(here) });
    }
    return { scopes: scopes.filter(({ rules }) => rules.length > 0), unread: unreadFor(undefined, found) };
  }

  function whoCan(request: Request): AsFarAsRead & { readonly subjects: readonly GrantedSubject[] } {
    const namespace = namespaceOf(request);
    const inScope = [...index.cluster, ...(namespace === '' ? [] : (index.namespaces.get(namespace) ?? []))];
    const deciding = remembering((rules) => rules.find((one) => ruleAllows(one, request)));
    const found = new Map<string, { readonly subject: Subject; readonly by: GrantedRule[] }>();
    found.set(`Group ${MASTERS}`, { subject: { kind: 'Group', name: MASTERS }, by: [] });
    for (const binding of inScope) {
      const rule = binding.target && deciding(binding.target.rules);
      if (!rule) continue;
      for (const { text, subject } of binding.subjects) {
        let entry = found.get(text);
        if (!entry) found.set(text, (entry = { subject, by: [] }));
        entry.by.push({ rule, binding });
      }
    }
    for (const { by } of found.values()) by.sort(compareGranted);
    return { subjects: [...found.values()].sort((a, b) => compareSubjects(a.subject, b.subject)), unread: unreadFor(namespace, inScope) };
  }

  function allowingNamespaces(request: Request): readonly string[] {
    if (isUrlRequest(request)) return [];
    const allowing = remembering((rules) => rules.some((rule) => ruleAllows(rule, request)));
    const allowed = (bindings: readonly PlacedBinding[]): boolean => bindings.some(({ target, subjects }) => target !== undefined && subjects.length > 0 && allowing(target.rules));
    return [...index.namespaces].filter(([namespace, bindings]) => namespace !== '' && allowed(bindings)).map(([namespace]) => namespace).sort();
  }

  return {
    can: (identity, request) => identity.groups.includes(MASTERS) || allows(identity, request),
    allows,
    decide,
    rulesFor,
    whoCan,
    allowingNamespaces,
    rulesEverywhere,
    rulesOf: (role) => index.role(role)?.rules,
  };
}

function rulesOf(bindings: readonly PlacedBinding[]): readonly GrantedRule[] {
  return bindings.flatMap((binding) => (binding.target?.rules ?? []).map((rule) => ({ rule, binding })));
}

/** By binding: lists come in any order. What one binding brings stays as it is written. */
export function compareGranted({ binding: a }: GrantedRule, { binding: b }: GrantedRule): number {
  return compareText(a.text, b.text);
}

function compareSubjects(a: Subject, b: Subject): number {
  return compareText(a.kind, b.kind) || compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}

/** Rule sets are shared by the bindings to a role: each is looked at once. */
function remembering<T>(judge: (rules: readonly PolicyRule[]) => T): (rules: readonly PolicyRule[]) => T {
  const known = new Map<readonly PolicyRule[], T>();
  return (rules) => {
    if (!known.has(rules)) known.set(rules, judge(rules));
    return known.get(rules)!;
  };
}
