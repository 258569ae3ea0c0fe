import { STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { configurationSchema } from '../../lambda/configuration/schema.ts';
import { NoIdentityError } from '../../lambda/discover/eks/accounts.ts';
import type { AwsCredentialProvider } from '../../lambda/discover/eks/aws-access.ts';
import { discoverEks } from '../../lambda/discover/eks/discover-eks.ts';
import type { Discovered } from '../../lambda/discover/eks/discovered.ts';
import type { MissedTarget } from '../../lambda/model/run-scope.ts';
import type { Console } from '../console.ts';
import { UsageError } from '../usage-error.ts';
import { credentialFault } from './credential-fault.ts';
import type { EksLook } from './look.ts';
import type { Asked } from './record.ts';
import type { SourceOptions } from './targets.ts';

type EksOptions = Pick<SourceOptions, 'region' | 'profile'> & { readonly quiet?: boolean };

/** Whose answer is "which regions are there", where only `--region all` was said and no default region is set. */
const ANY_REGION = 'us-east-1';

/**
 * The clusters of the caller's own account in these regions, and the credentials that read them. A region that does not answer is a target that was missed. Throws a UsageError
 * where nobody is signed in, or there is no cluster at all.
 */
export async function clustersOfEks({ region, profile, quiet }: EksOptions, io: Console): Promise<Asked & { readonly eks: EksLook }> {
  const wanted = wantedRegions(region);
  // A named profile outweighs keys in the environment, as with the AWS CLI.
  const credentials = profile === undefined ? fromNodeProviderChain() : fromIni({ profile });
  await signIn(credentials, profile);
  const home = await defaultRegion(profile, io);
  if (wanted === undefined && home === undefined) throw new UsageError('no region is set; name one with --region, set AWS_REGION, or take --region all');
  const regions = wanted ?? [home!];
  const homeRegion = home ?? (regions === 'all' ? ANY_REGION : regions[0]!);
  const found = await discovered(regions, { credentials, homeRegion }, profile);
  const missed = [...found.missed, ...refusedRegions(found)];
  const words = emptyRegions(found, regions);
  if (found.targets.length + missed.length === 0) throw new UsageError(`${words}; ${regions === 'all' ? 'is this the account? --profile names another' : 'name other regions with --region, or all of them with --region all'}`);
  if (words !== undefined && !quiet) io.note(`eksaminer: ${words}`);
  return { targets: found.targets, missed, listings: found.listings, eks: { credentials } };
}

/** Undefined: the default one. */
function wantedRegions(region: readonly string[] | undefined): 'all' | readonly string[] | undefined {
  if (region === undefined) return undefined;
  if (region.includes('all')) {
    if (region.length > 1) throw new UsageError('--region all and a region cannot be given together: all has it already');
    return 'all';
  }
  const names = [...new Set(region)];
  const { error } = configurationSchema.safeParse({ regions: names });
  const wrong = error?.issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors.at(-1)! : issue));
  if (wrong && wrong.length > 0) throw new UsageError(wrong.map(({ message }) => `--region: ${message}`).join('; '));
  return names;
}

async function signIn(credentials: AwsCredentialProvider, profile: string | undefined): Promise<void> {
  try {
    await credentials();
  } catch (error) {
    throw credentialFault(error, profile);
  }
}

/** As the AWS CLI finds it: the SDK itself does not know AWS_DEFAULT_REGION. */
async function defaultRegion(profile: string | undefined, { env }: Console): Promise<string | undefined> {
  try {
    const region = await new STSClient(profile === undefined ? {} : { profile }).config.region();
    return region === '' ? undefined : region;
  } catch {
    return env['AWS_DEFAULT_REGION'] || undefined;
  }
}

async function discovered(regions: 'all' | readonly string[], access: { readonly credentials: AwsCredentialProvider; readonly homeRegion: string }, profile: string | undefined): Promise<Discovered> {
  try {
    // The record is of whatever was audited here; only the stack's runs speak of clusters that were not asked for.
    return await discoverEks(configurationSchema.parse({ regions }), { ...access, session: 'command-line', knownClusters: async function* () {} });
  } catch (error) {
    throw error instanceof NoIdentityError ? credentialFault(error.cause, profile) : error;
  }
}

/** A region that does not answer may hold clusters: it was asked for, and not audited. */
function refusedRegions({ listings }: Discovered): readonly MissedTarget[] {
  return listings
    .filter(({ result }) => result === 'refused')
    .map(({ account, region, reason = 'its clusters could not be listed' }) => {
      const label = `${account}/${region}`;
      return { label, reason: reason.startsWith(`${label}: `) ? reason.slice(label.length + 2) : reason };
    });
}

/** In which of the regions that answered there is no cluster, in words; undefined: in none of them. */
function emptyRegions({ targets, missed, listings }: Discovered, regions: 'all' | readonly string[]): string | undefined {
  const listed = listings.filter(({ result }) => result === 'listed');
  const full = new Set([...targets.map(({ arn }) => arn), ...missed.map(({ cluster = '' }) => cluster)].map((arn) => arn.split(':')[3]));
  const empty = listed.filter(({ region }) => !full.has(region)).map(({ region }) => region);
  if (empty.length === 0) return undefined;
  const account = listed[0]!.account;
  if (regions === 'all' && empty.length < listed.length) return `clusters in ${listed.length - empty.length} of the ${listed.length} regions of account ${account}`;
  return `account ${account} has no EKS cluster in ${regions === 'all' ? `any of its ${listed.length} regions` : empty.join(', ')}`;
}
