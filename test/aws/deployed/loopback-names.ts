import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { LookupAddress, LookupOptions } from 'node:dns';

/**
 * Loaded by `node --import` into the processes of functions: plays DNS for the clusters of the test bed, whose API servers are on loopback. Names under
 * `eks.test` are 127.0.0.1; all others are looked up as ever.
 */
const dns = createRequire(import.meta.url)('node:dns') as { lookup: (...given: unknown[]) => void; promises: { lookup: (name: string, options?: LookupOptions) => Promise<LookupAddress | LookupAddress[]> } };
const HERE: LookupAddress = { address: '127.0.0.1', family: 4 };
const { lookup } = dns;
const lookUp = dns.promises.lookup;

const isOurs = (name: unknown): boolean => typeof name === 'string' && name.endsWith('.eks.test');

dns.lookup = (...given) => {
  const answer = given.at(-1) as (error: null, ...found: unknown[]) => void;
  if (!isOurs(given[0])) return lookup(...given);
  const options = given[1] as LookupOptions | number | undefined;
  if (typeof options === 'object' && options?.all === true) return process.nextTick(answer, null, [HERE]);
  process.nextTick(answer, null, HERE.address, HERE.family);
};
dns.promises.lookup = (name, options) => (isOurs(name) ? Promise.resolve(options?.all === true ? [HERE] : HERE) : lookUp(name, options));
syncBuiltinESMExports();
