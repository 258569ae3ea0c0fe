import { shippedRule } from '../../rbac/defaults/shipped-rule.ts';
import type { PolicyRule } from '../../rbac/policy-rule.ts';
import { SHIPPED_ACCESS_POLICIES } from './access-policy-table.ts';

/** How far the contents of a policy are known: all of them, at least these, or none: an unknown policy may allow anything. */
export type PolicyContents = 'documented' | 'described' | 'unknown';

export interface ShippedAccessPolicy {
  readonly contents: PolicyContents;
  readonly rules: readonly string[];
}

export interface AccessPolicy {
  /** What stands for it: its name, or where it is none of AWS's, its ARN as it was given. */
  readonly name: string;
  readonly contents: PolicyContents;
  /** Empty where the contents are unknown. */
  readonly rules: readonly PolicyRule[];
}

const ARN = /^arn:[\w-]+:eks::aws:cluster-access-policy\/([\w.-]+)$/;
const BY_NAME: ReadonlyMap<string, AccessPolicy> = new Map(SHIPPED_ACCESS_POLICIES.map(([name, { contents, rules }]) => [name, { name, contents, rules: rules.map(shippedRule) }]));

/** The policy that an association names. One that this version does not know has unknown contents. */
export function accessPolicy(policyArn: string): AccessPolicy {
  const name = ARN.exec(policyArn)?.[1] ?? policyArn;
  return BY_NAME.get(name) ?? { name, contents: 'unknown', rules: [] };
}
