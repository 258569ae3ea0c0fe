import { ruleAllows } from '../rbac/authorizer/rule-allows.ts';
import { isUrlRequest, namespaceOf, type Request } from '../rbac/authorizer/request.ts';
import type { PolicyRule } from '../rbac/policy-rule.ts';
import { coversNamespace } from '../identity/access-policies/access-scope.ts';
import type { GrantedPolicy } from '../identity/cluster-identity.ts';

/** What one access policy says, where it counts. */
export interface AccessPolicyVerdict {
  readonly answer: 'allowed' | 'denied' | 'unknown';
  readonly rule?: PolicyRule;
  /** With `unknown`. */
  readonly why?: string;
}

const DENIED: AccessPolicyVerdict = { answer: 'denied' };

/**
 * A policy of a namespace counts for requests in it, never for all namespaces at once, for what belongs to none, or for addresses. What AWS only describes
 * allows at least that; one of unknown contents may allow anything where it counts.
 */
export function accessPolicyVerdict({ policy: { name, contents, rules }, scope }: GrantedPolicy, request: Request): AccessPolicyVerdict {
  const namespace = namespaceOf(request);
  const covered = scope.kind !== 'namespaces' ? coversNamespace(scope, namespace) : namespace !== '' && !isUrlRequest(request) && coversNamespace(scope, namespace);
  if (covered === false) return DENIED;
  const rule = rules.find((one) => ruleAllows(one, request));
  if (rule && covered === true) return { answer: 'allowed', rule };
  if (rule) return { answer: 'unknown', rule, why: `it is not said where ${name} counts` };
  if (contents === 'documented') return DENIED;
  return { answer: 'unknown', why: contents === 'unknown' ? `what ${name} allows is not known` : `AWS only describes what ${name} allows` };
}
