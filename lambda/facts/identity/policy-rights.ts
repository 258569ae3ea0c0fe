import type { Severity } from '../../model/severity.ts';
import { asksInNamespace, asksOfRule, type Asks } from '../rbac/asks.ts';
import { CONDITIONAL_POWERS } from '../rbac/conditional-powers.ts';
import { contains, powerDefinition, powersOf, strongest, type Power } from '../rbac/powers.ts';
import { SYSTEM_NAMESPACES } from '../rbac/system-namespace.ts';
import type { AccessPolicy } from './access-policies/access-policy.ts';
import { coversNamespace } from './access-policies/access-scope.ts';
import type { GrantedPolicy, MappedPrincipal } from './cluster-identity.ts';

/** A power that somebody of IAM has by access policies, in the whole cluster or in a namespace that rules it. */
export interface PolicyRight {
  readonly power: Power;
  /** Undefined: everywhere. */
  readonly namespace: string | undefined;
  readonly severity: Severity;
  /** The policies that give it, sorted. */
  readonly policies: readonly AccessPolicy[];
}

const asksOfPolicies = new WeakMap<AccessPolicy, Asks>();

/** The strongest powers of somebody's access policies together. What is unknown of a policy gives none here: that is a fault of its own. */
export function policyRights({ policies }: MappedPrincipal): readonly PolicyRight[] {
  const everywhere = policies.filter(({ scope }) => scope.kind === 'cluster');
  const cluster = powersOf(asksOf(everywhere), 'cluster');
  const rights = strongest(cluster).map((power) => rightOf(power, undefined, everywhere));
  if (!policies.some(({ scope }) => scope.kind === 'namespaces')) return rights.filter(isPower);
  for (const namespace of SYSTEM_NAMESPACES) {
    const there = policies.filter(({ scope }) => scope.kind === 'namespaces' && coversNamespace(scope, namespace) === true);
    const powers = strongest(powersOf(asksInNamespace(asksOf(there), namespace), 'namespace')).filter((power) => !cluster.some((other) => contains(other, power)));
    rights.push(...powers.map((power) => rightOf(power, namespace, there)));
  }
  return rights.filter(isPower);
}

/** What is of low severity is what components need, and AWS made these policies for its own. */
function isPower({ power, severity }: PolicyRight): boolean {
  return severity !== 'low' && !CONDITIONAL_POWERS.has(power);
}

function rightOf(power: Power, namespace: string | undefined, granted: readonly GrantedPolicy[]): PolicyRight {
  const alone = granted.filter((one) => holds(power, namespace, [one]));
  const policies = [...new Set((alone.length > 0 ? alone : granted).map(({ policy }) => policy))].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { power, namespace, severity: powerDefinition(power).severity[0], policies };
}

function holds(power: Power, namespace: string | undefined, granted: readonly GrantedPolicy[]): boolean {
  const asks = asksOf(granted);
  const powers = namespace === undefined ? powersOf(asks, 'cluster') : powersOf(asksInNamespace(asks, namespace), 'namespace');
  return powers.some((each) => contains(each, power));
}

function asksOf(granted: readonly GrantedPolicy[]): Asks {
  let asks = 0n;
  for (const { policy } of granted) {
    let own = asksOfPolicies.get(policy);
    if (own === undefined) asksOfPolicies.set(policy, (own = policy.rules.reduce((all, rule) => all | asksOfRule(rule), 0n)));
    asks |= own;
  }
  return asks;
}
