import type { SourceName } from '../../model/sources.ts';
import type { HeldGrant } from './holder.ts';
import type { Party } from './party.ts';
import type { NodeOs } from './surroundings.ts';

/** What it ends in: everything, the nodes of an operating system, a namespace whose accounts rule the cluster, or a role of IAM that rules its AWS account. */
export type EscalationTarget =
  | { readonly is: 'admin' }
  | { readonly is: 'iam-role' }
  | { readonly is: 'node'; readonly os: NodeOs } | { readonly is: 'control'; readonly namespace: string };

/** One subject of one binding, or one access policy of somebody of IAM: what a person can take back. */
export interface OwnedGrant {
  readonly subject: Party;
  readonly binding: HeldGrant['binding'];
  readonly role: string;
}

/** What ties the cluster and IAM together and a person can take apart. */
export type OwnedLink =
  /** Somebody of IAM may sign in. */
  | { readonly is: 'mapping'; readonly via: 'access-entry' | 'aws-auth'; readonly arn: string }
  /** An account has a role. */
  | { readonly is: 'account-role'; readonly namespace: string; readonly name: string; readonly arn: string }
  /** Somebody of IAM may make entries of the cluster by the policies of his role. */
  | { readonly is: 'own-policies'; readonly arn: string }
  /** A role lets in accounts that it does not name. */
  | { readonly is: 'open-role'; readonly arn: string };

/** Grants, and where no grant does it links to IAM, without which the target is not reached any more. */
export interface Cut {
  readonly grants: readonly OwnedGrant[];
  readonly links: readonly OwnedLink[];
  /** No smaller set of them does it; false: no part of this one does, but another may be smaller. */
  readonly smallest: boolean;
}

export interface EscalationPath {
  readonly subject: Party;
  readonly target: EscalationTarget;
  /** One line a step, from the subject to the target. */
  readonly steps: readonly string[];
  /** What was read that the steps rest on, sorted. */
  readonly restsOn: readonly SourceName[];
  /** None: nothing of it is the owner's to take back. */
  readonly cut: Cut | undefined;
}

/** Key of a finding; permanent. */
export function targetKey(target: EscalationTarget): string {
  if (target.is === 'admin') return 'cluster-admin';
  if (target.is === 'iam-role') return 'privileged-iam-role';
  return target.is === 'node' ? `node/${target.os}` : `namespace/${target.namespace}`;
}

/** After "can": `become cluster-admin`. */
export function targetWords(target: EscalationTarget): string {
  if (target.is === 'admin') return 'become cluster-admin';
  if (target.is === 'iam-role') return 'take over an AWS account';
  return target.is === 'node' ? `take over the ${target.os} nodes` : `take over ${target.namespace}`;
}
