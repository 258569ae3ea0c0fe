import { asksOfRule, asking, type Asks } from '../asks.ts';
import type { PolicyRule } from '../policy-rule.ts';
import { ADDON_DEFAULTS } from './addon-defaults.ts';
import { EKS_DEFAULTS } from './eks-defaults.ts';
import { KUBERNETES_DEFAULTS } from './kubernetes-defaults.ts';
import type { ShippedDefaults } from './shipped-defaults.ts';
import { shippedRule } from './shipped-rule.ts';

const ALL: readonly ShippedDefaults[] = [KUBERNETES_DEFAULTS, EKS_DEFAULTS, ADDON_DEFAULTS];

/** Subjects by role by binding. */
const BINDINGS = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>(
  [...Map.groupBy(ALL.flatMap(({ bindings }) => bindings), ([binding]) => binding)].map(([binding, rows]) => [binding, new Map(rows.map(([, role, subjects]) => [role, new Set(subjects)]))]),
);
/** Whom those bindings name. */
export const DEFAULT_SUBJECTS: ReadonlySet<string> = new Set(ALL.flatMap(({ bindings }) => bindings.flatMap(([, , subjects]) => subjects)));

const ROLES = new Map<string, Asks | null>();
for (const { roles } of ALL) {
  for (const [role, rules] of roles) {
    const before = ROLES.get(role) ?? 0n;
    ROLES.set(role, rules === null ? null : rules.reduce((asks, rule) => asks | asksOfRule(shippedRule(rule)), before));
  }
}

/** The rules that the makers of this role's name wrote into it: null where they are not published, undefined where it is nobody's default. */
export function shippedRules(role: string): readonly PolicyRule[] | null | undefined {
  const lists = ALL.flatMap(({ roles }) => roles.filter(([name]) => name === role).map(([, rules]) => rules));
  if (lists.length === 0) return undefined;
  return lists.includes(null) ? null : lists.flatMap((rules) => (rules ?? []).map(shippedRule));
}

/** The subjects that a binding of this name, to this role, names in every cluster (or with an add-on); undefined: it is nobody's default. */
export function defaultSubjects(binding: string, role: string): ReadonlySet<string> | undefined {
  return BINDINGS.get(binding)?.get(role);
}

/** Whether a binding of this name, to this role, names this subject in every cluster (or with an add-on). */
export function isDefaultGrant(binding: string, role: string, subject: string): boolean {
  return defaultSubjects(binding, role)?.has(subject) ?? false;
}

/** What the makers of this role's name wrote into it; nothing where it is nobody's default or its rules are not published. */
export function knownAsks(role: string): Asks {
  return ROLES.get(role) ?? 0n;
}

/**
 * What of a live grant's answers is there by default: binding, role and subject by name, and of the role's rules what its makers wrote.
 * An altered default role, or one more subject in a default binding, is thus more than the default. EKS does not publish all of its rules:
 * such roles are taken as they are for its own users and groups; an account in the cluster, which others may take over, is at least not
 * cluster-admin by default.
 */
export function defaultAsks(binding: string, role: string, subject: string, live: Asks): Asks {
  if (!isDefaultGrant(binding, role, subject)) return 0n;
  const known = ROLES.get(role);
  if (known === undefined) return 0n;
  if (known !== null) return live & known;
  if (subject.startsWith('ServiceAccount ') && (live & asking('everything')) !== 0n) return 0n;
  return live;
}
