import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { EksTarget } from '../../model/cluster-target.ts';
import { clientSettings, type AwsAccess, type AwsCredentialProvider, type AwsKeys } from './aws-access.ts';

/** New ones are asked for so long before the old ones end, in milliseconds: longer than a cluster takes to read. */
const AHEAD = 5 * 60_000;

export interface MemberAccess extends AwsAccess {
  /** Names the session in the other account's CloudTrail: the run. */
  readonly session: string;
  readonly now?: () => Date;
}

/**
 * Credentials for a target's account: the caller's own, or those of its role, which is assumed when they are first asked for and again before they end. Errors are those of STS.
 */
export function memberCredentials({ role }: Pick<EksTarget, 'role'>, access: MemberAccess): AwsCredentialProvider {
  const { credentials, now = () => new Date() } = access;
  if (!role) return typeof credentials === 'function' ? credentials : () => Promise.resolve(credentials);
  let assumed: Promise<AwsKeys> | undefined;
  let renewAt = -Infinity;
  return async () => {
    if (assumed && now().getTime() < renewAt) return assumed;
    renewAt = Infinity;
    assumed = assume(role, access);
    try {
      const { expiration } = await assumed;
      renewAt = (expiration?.getTime() ?? 0) - AHEAD;
    } catch {
      // The caller gets it from the promise itself; the next one tries again.
      renewAt = -Infinity;
    }
    return assumed;
  };
}

async function assume(role: NonNullable<EksTarget['role']>, access: MemberAccess): Promise<AwsKeys> {
  const sts = new STSClient(clientSettings(access, access.homeRegion));
  const answer = await sts.send(
    new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: sessionName(access.session), ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }) }),
  );
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration } = answer.Credentials ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error(`STS gave no credentials for ${role.arn}`);
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }), ...(expiration === undefined ? {} : { expiration }) };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: 2 to 64 of these characters. */
function sessionName(session: string): string {
  return `eksaminer-${session.replaceAll(/[^\w+=,.@-]/g, '-')}`.slice(0, 64);
}
