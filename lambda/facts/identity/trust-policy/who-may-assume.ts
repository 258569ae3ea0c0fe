import type { PolicyDocument } from '../../../model/eks.ts';
import { trustVerdict, type TrustRequest } from './trust-decision.ts';

export interface MayAssume<T> {
  readonly allowed: readonly T[];
  /** It depends on what is not known here. */
  readonly unknown: readonly T[];
}

/** Which of these may take the role, each asked as `requestsOf` says. In the order given. */
export function whoMayAssume<T>(document: PolicyDocument, among: readonly T[], requestsOf: (one: T) => readonly TrustRequest[]): MayAssume<T> {
  const by = Map.groupBy(among, (one) => trustVerdict(document, requestsOf(one)).decision);
  return { allowed: by.get('allow') ?? [], unknown: by.get('unknown') ?? [] };
}
