import { textsOf } from '../../as-read.ts';
import { fits, wildcardPattern } from '../../../model/wildcard-pattern.ts';

/** Where an access policy counts. Namespaces may hold wildcards (`dev-*`); EKS does not check that any of them exists. */
export type AccessScope = { readonly kind: 'cluster' } | { readonly kind: 'namespaces'; readonly patterns: readonly string[] } | { readonly kind: 'unsaid' };

/** As `aws eks list-associated-access-policies` prints it. */
export function accessScope(scope: { readonly type?: string; readonly namespaces?: readonly string[] } | null | undefined): AccessScope {
  if (scope?.type === 'cluster') return { kind: 'cluster' };
  if (scope?.type === 'namespace') return { kind: 'namespaces', patterns: [...new Set(textsOf(scope.namespaces))].sort() };
  return { kind: 'unsaid' };
}

/** Whether a scope has this namespace in it. Of one that is not said, nobody knows. */
export function coversNamespace(scope: AccessScope, namespace: string): boolean | 'unknown' {
  if (scope.kind === 'cluster') return true;
  if (scope.kind === 'unsaid') return 'unknown';
  return scope.patterns.some((pattern) => fits(wildcardPattern(pattern), namespace));
}
