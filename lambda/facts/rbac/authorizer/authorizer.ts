import { compareText } from '../../../model/compare-text.ts';
import type { RbacLists, RbacSource } from '../bindings.ts';
import type { PolicyRule } from '../policy-rule.ts';
import type { Subject } from '../subject.ts';
import { indexBindings, type PlacedBinding } from './binding-index.ts';
import { MASTERS, namespaceOf, type Identity, type Request } from './request.ts';
import { ruleAllows } from './rule-allows.ts';

/** One rule that reaches somebody, with the binding that brings it. */
export interface GrantedRule {
  readonly rule: PolicyRule;
  readonly binding: PlacedBinding;
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
  /** The rules of a role by its text (`ClusterRole view`, `Role shop/ops`); undefined: it does not exist, or was not read. */
  rulesOf(role: string): readonly PolicyRule[] | undefined;
}

/** A subject as bindings name it, with the bindings by which it may. */
export interface GrantedSubject {
  readonly subject: Subject;
  /** Empty for system:masters where no binding gives it to them. */
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

  /** What could add to an answer: lists of bindings that count here, and lists of roles that such bindings lead to. */
  function unreadFor(namespace: string, bindings: Iterable<PlacedBinding>): readonly RbacSource[] {
    const unread = new Set<RbacSource>();
    if (!lists.clusterRoleBindings.ok) unread.add('clusterRoleBindings').add('clusterRoles');
    if (namespace !== '' && (!lists.roleBindings.ok || looked?.has(namespace) === false)) unread.add('roleBindings').add('clusterRoles').add('roles');
    for (const { role, roleSource, target } of bindings) if (role !== undefined && !target) unread.add(roleSource);
    const isMissing = (source: RbacSource): boolean => !lists[source].ok || (source.startsWith('role') && namespace !== '' && looked?.has(namespace) === false);
    return [...unread].filter(isMissing).sort();
  }

  function rulesFor(identity: Identity, namespace: string): AsFarAsRead & { readonly rules: readonly GrantedRule[] } {
    const rules: GrantedRule[] = [];
    for (const binding of index.reaching(identity, namespace)) {
      for (const rule of binding.target?.rules ?? []) rules.push({ rule, binding });
    }
    return { rules, unread: unreadFor(namespace, index.reaching(identity, namespace)) };
  }

  function whoCan(request: Request): AsFarAsRead & { readonly subjects: readonly GrantedSubject[] } {
    const namespace = namespaceOf(request);
    const inScope = [...index.cluster, ...(namespace === '' ? [] : (index.namespaces.get(namespace) ?? []))];
    const deciding = new Map<readonly PolicyRule[], PolicyRule | undefined>();
    const found = new Map<string, { readonly subject: Subject; readonly by: GrantedRule[] }>();
    found.set(`Group ${MASTERS}`, { subject: { kind: 'Group', name: MASTERS }, by: [] });
    for (const binding of inScope) {
      const rules = binding.target?.rules;
      if (!rules) continue;
      if (!deciding.has(rules)) deciding.set(rules, rules.find((one) => ruleAllows(one, request)));
      const rule = deciding.get(rules);
      if (!rule) continue;
      for (const [text, subject] of binding.subjects) {
        let entry = found.get(text);
        if (!entry) found.set(text, (entry = { subject, by: [] }));
        entry.by.push({ rule, binding });
      }
    }
    return { subjects: [...found.values()].sort((a, b) => compareSubjects(a.subject, b.subject)), unread: unreadFor(namespace, inScope) };
  }

  return {
    can: (identity, request) => identity.groups.includes(MASTERS) || allows(identity, request),
    allows,
    decide,
    rulesFor,
    whoCan,
    rulesOf: (role) => index.role(role)?.rules,
  };
}

function compareSubjects(a: Subject, b: Subject): number {
  return compareText(a.kind, b.kind) || compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}
