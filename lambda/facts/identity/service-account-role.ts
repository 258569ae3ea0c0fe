import type { Unread } from '../../model/derived.ts';
import type { TrustVerdict } from './trust-policy/trust-decision.ts';

/** That a ServiceAccount is meant to have an IAM role. */
export interface ServiceAccountRole {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  /** Its annotation (IAM roles for ServiceAccounts), or an association (Pod Identity). */
  readonly via: 'annotation' | 'pod-identity';
  /** What the role's trust policy says to that; `absent`: there is no such role; `not-read`: nobody knows. */
  readonly trust: TrustVerdict | 'absent' | 'not-read';
  /** Of an association: the role that pods get in place of the first, and what its trust policy says to that one. */
  readonly target?: { readonly roleArn: string; readonly trust: TrustVerdict | 'absent' | 'not-read' };
}

/** A ServiceAccount that is there and that a role's trust policy names and lets in, whether or not the account says so. */
export interface TrustedAccount {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
}

/** A role that waits for a ServiceAccount which does not exist. */
export interface AwaitedAccount {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly via: 'trust-policy' | 'pod-identity';
}

/** ServiceAccounts that a role lets in though nobody named them. */
export type OpenTo =
  | { readonly kind: 'any' }
  | { readonly kind: 'any-of-issuer'; readonly issuer: string }
  | { readonly kind: 'any-namespace'; readonly serviceAccount: string }
  | { readonly kind: 'namespace-prefix'; readonly namespace: string }
  | { readonly kind: 'namespace'; readonly namespace: string };

export interface OpenRole {
  readonly roleArn: string;
  readonly to: OpenTo;
}

/** Which ServiceAccount has which role of IAM. */
export interface ServiceAccountRoles {
  /** Sorted by namespace, account, role. */
  readonly roles: readonly ServiceAccountRole[];
  readonly awaited: readonly AwaitedAccount[];
  readonly trusted: readonly TrustedAccount[];
  readonly open: readonly OpenRole[];
  /** What was read and says too little. */
  readonly unsaid: readonly Unread[];
}
