import type { PolicyRule, RuleTraits } from './policy.ts';
import { hasAccidentalOr, isDnsForEverybody, isForAll, isForAnyPort, isInEveryNamespace } from './rule-faults.ts';

/** A check that looks for few among tens of thousands of rules passes by the others at a glance. */
export const RULE_TRAITS = {
  /** Some peer is a block, and some block has exceptions. */
  block: 1,
  exceptingBlock: 2,
  /** Some peer is pods of the policy's own namespace: whom it means depends on where the policy is. */
  local: 4,
  domains: 8,
  namedPort: 16,
  forAll: 32,
  anyNamespace: 64,
  anyPort: 128,
  accidentalOr: 256,
  dnsForEverybody: 512,
} as const satisfies Readonly<Record<string, RuleTraits>>;

export function traitsOf(rule: Omit<PolicyRule, 'traits'>): RuleTraits {
  let traits = 0;
  for (const peer of rule.peers) {
    if (peer.type === 'block') traits |= peer.excepting ? RULE_TRAITS.block | RULE_TRAITS.exceptingBlock : RULE_TRAITS.block;
    else if (peer.type === 'other') traits |= peer.domains ? RULE_TRAITS.domains : 0;
    else if (!peer.namespaces) traits |= RULE_TRAITS.local;
  }
  for (const { port } of rule.ports) if (typeof port === 'string') traits |= RULE_TRAITS.namedPort;
  if (isForAll(rule)) traits |= RULE_TRAITS.forAll;
  else if (rule.peers.some(isInEveryNamespace)) traits |= RULE_TRAITS.anyNamespace;
  if (isForAnyPort(rule)) traits |= RULE_TRAITS.anyPort;
  if (hasAccidentalOr(rule)) traits |= RULE_TRAITS.accidentalOr;
  if (isDnsForEverybody(rule)) traits |= RULE_TRAITS.dnsForEverybody;
  return traits;
}
