import type { ResourceRef } from '../../model/violation.ts';
import { isKnownPartition } from './aws-auth/canonical-arn.ts';
import { withoutSsoSuffix } from '../rbac/subject.ts';

export type PrincipalKind = 'Role' | 'User' | 'Root' | 'Principal';

/** Somebody of IAM, as an ARN names them. */
export interface Principal {
  readonly arn: string;
  readonly kind: PrincipalKind;
  readonly partition: string;
  readonly account: string;
  /** What the authenticator compares, in lower case: a role without its path, which the sessions of STS do not say. */
  readonly compared: string;
}

const ARN = /^arn:([\w-]+):(?:iam|sts)::(\d{12}):(role|user|root|assumed-role|federated-user)(?:\/(.+))?$/i;
const KINDS: ReadonlyMap<string, PrincipalKind> = new Map([
  ['role', 'Role'],
  ['user', 'User'],
  ['root', 'Root'],
]);

/** Undefined: it names nobody whom STS could say. */
export function principalOf(arn: string): Principal | undefined {
  const [, partition, account, type, path] = ARN.exec(arn) ?? [];
  if (partition === undefined || account === undefined || type === undefined) return undefined;
  const kind = KINDS.get(type.toLowerCase()) ?? 'Principal';
  if (kind !== 'Root' && path === undefined) return undefined;
  const compared = kind === 'Role' ? `arn:${partition}:iam::${account}:role/${path!.slice(path!.lastIndexOf('/') + 1)}` : arn;
  return { arn, kind, partition, account, compared: compared.toLowerCase() };
}

/** What a finding about somebody of IAM is about. Roles of IAM Identity Center lose the suffix that changes when a permission set is assigned anew. */
export function principalResource(arn: string): ResourceRef {
  return { apiVersion: 'iam.amazonaws.com/v1', kind: principalOf(arn)?.kind ?? 'Principal', name: withoutSsoSuffix(arn) };
}

/** `role dev of account 111122223333`: for sentences. */
export function principalText(arn: string): string {
  const principal = principalOf(arn);
  if (!principal) return arn;
  if (principal.kind === 'Root') return `the root user of account ${principal.account}`;
  const name = withoutSsoSuffix(arn.slice(arn.indexOf('/') + 1));
  const word = principal.kind === 'Principal' ? 'principal' : principal.kind === 'Role' ? 'role' : 'user';
  return `IAM ${word} ${name} of account ${principal.account}`;
}

/** Whether an entry of aws-auth that has this ARN can ever fit: of a role's session STS says the role without its path. */
export function mayBeSaidBySts(arn: string): boolean {
  const principal = principalOf(arn);
  if (!principal || !isKnownPartition(principal.partition.toLowerCase())) return false;
  if (principal.kind === 'Role') return principal.compared === arn.toLowerCase();
  return principal.kind !== 'Principal' || /^arn:[^:]*:sts::\d+:federated-user\//i.test(arn);
}
