import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import pMap from 'p-map';
import type { Configuration } from '../../configuration/configuration.ts';
import type { EksTarget } from '../../model/cluster-target.ts';
import { compareText } from '../../model/compare-text.ts';
import { collected, type Collected } from '../../model/collected.ts';
import { awsRefusal } from './aws-refusal.ts';
import { clientSettings, type AwsAccess } from './aws-access.ts';
import { memberCredentials, type MemberAccess } from './member-credentials.ts';

/** An account of the configuration, and the way into it. */
export interface Account {
  readonly id: string;
  readonly role?: EksTarget['role'];
  readonly access: AwsAccess;
}

/** Accounts that are asked at once. */
const AT_ONCE = 16;

/** The caller's own identity cannot be had: nothing can be discovered. */
export class NoIdentityError extends Error {
  override readonly name = 'NoIdentityError';
}

/** Who the caller is. Rejects with a `NoIdentityError`. */
export async function callerIdentity(access: AwsAccess): Promise<{ readonly account: string; readonly partition: string }> {
  const sts = new STSClient(clientSettings(access, access.homeRegion));
  try {
    const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
    const [, partition] = /^arn:(aws[a-z-]*):/.exec(arn ?? '') ?? [];
    if (account === undefined || !/^\d{12}$/.test(account) || partition === undefined) throw new Error('STS did not say which account this is');
    return { account, partition };
  } catch (error) {
    throw new NoIdentityError(awsRefusal(error, 'sts:GetCallerIdentity', 'AWS').message, { cause: error });
  }
}

/** The accounts of a configuration, sorted, each once. */
export function accountsOf({ accounts, memberRole }: Configuration, caller: { readonly account: string; readonly partition: string }, access: MemberAccess): readonly Account[] {
  const ids = accounts.kind === 'self' ? [caller.account] : [...new Set(accounts.ids)].sort(compareText);
  return ids.map((id) => {
    if (id === caller.account) return { id, access };
    const { name, externalId } = memberRole;
    const role = { arn: `arn:${caller.partition}:iam::${id}:role/${name}`, ...(externalId === undefined ? {} : { externalId }) };
    return { id, role, access: { ...access, credentials: memberCredentials({ role }, access) } };
  });
}

/** The regions to look at in each account, sorted; refused where the account does not let us in, or does not say which it has. By account. */
export async function regionsOf(accounts: readonly Account[], wanted: Configuration['regions']): Promise<ReadonlyMap<string, Collected<readonly string[]>>> {
  return new Map(await pMap(accounts, async (account) => [account.id, await regionsOfOne(account, wanted)] as const, { concurrency: AT_ONCE }));
}

async function regionsOfOne({ id, role, access }: Account, wanted: Configuration['regions']): Promise<Collected<readonly string[]>> {
  if (role && typeof access.credentials === 'function') {
    try {
      await access.credentials();
    } catch (error) {
      return { ok: false, reason: noWayIn(error, id, role) };
    }
  }
  if (wanted !== 'all') return collected([...new Set(wanted)].sort(compareText));
  try {
    // EC2's client is by far the largest: who names regions does not wait for it.
    const { enabledRegions } = await import('./enabled-regions.ts');
    return collected(await enabledRegions(access));
  } catch (error) {
    return { ok: false, reason: awsRefusal(error, 'ec2:DescribeRegions', `account ${id}`) };
  }
}

function noWayIn(error: unknown, id: string, { arn, externalId }: NonNullable<EksTarget['role']>) {
  const refusal = awsRefusal(error, 'sts:AssumeRole', `account ${id}`);
  if (refusal.code !== 'forbidden' || refusal.message.includes('service control policy')) return refusal;
  const asked = externalId === undefined ? 'no external id is given, and its trust policy may ask for one' : 'its trust policy must name the external id of memberRole';
  return { ...refusal, message: `account ${id}: the role ${arn} does not let us in; deploy the member role there, for this account as the one that may assume it (${asked})` };
}
