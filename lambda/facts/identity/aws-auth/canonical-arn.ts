export type PrincipalType = 'role' | 'user' | 'root' | 'assumed-role' | 'federated-user';

/** Whom STS names, and the ARN that the entries are compared with. */
export interface CanonicalArn {
  readonly type: PrincipalType;
  /** The role of a session, as IAM names it but without the role's path, which STS does not say; anybody else as they are. */
  readonly arn: string;
}

/** Those that the authenticator knows. */
const PARTITIONS: ReadonlySet<string> = new Set(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc']);

export function isKnownPartition(partition: string): boolean {
  return PARTITIONS.has(partition);
}

/** Undefined: the authenticator refuses whoever has this ARN. Source: aws-iam-authenticator v0.7.10, pkg/arn. */
export function canonicalArn(arn: string): CanonicalArn | undefined {
  const [prefix, partition, service, , account, ...rest] = arn.split(':');
  if (prefix !== 'arn' || rest.length === 0 || !isKnownPartition(partition!)) return undefined;
  const parts = rest.join(':').split('/');
  if (service === 'iam') {
    const [type] = parts;
    return type === 'role' || type === 'user' || type === 'root' ? { type, arn } : undefined;
  }
  if (service !== 'sts') return undefined;
  if (parts[0] === 'federated-user') return { type: 'federated-user', arn };
  if (parts[0] !== 'assumed-role' || parts.length < 3) return undefined;
  return { type: 'assumed-role', arn: `arn:${partition}:iam::${account}:role/${parts.slice(1, -1).join('/')}` };
}
