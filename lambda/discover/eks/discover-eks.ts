import type { Configuration } from '../../configuration/configuration.ts';
import { accountsOf, callerIdentity } from './accounts.ts';
import { discoverAll } from './discover-all.ts';
import { discoverOnly } from './discover-only.ts';
import type { DiscoverOptions, Discovered } from './discovered.ts';

/**
 * Asks AWS which clusters there are. Refusals are values in `listings` and `missed`; it rejects only where the caller's own identity cannot be had (`NoIdentityError`), or the record
 * cannot be read.
 */
export async function discoverEks(configuration: Configuration, options: DiscoverOptions): Promise<Discovered> {
  const caller = await callerIdentity(options);
  const accounts = accountsOf(configuration, caller, options);
  return options.only ? discoverOnly(configuration, accounts, caller.partition, options.only) : discoverAll(configuration, accounts, caller.partition, options);
}
