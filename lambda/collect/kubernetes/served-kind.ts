import type { Refusal } from '../../model/collected.ts';
import type { KindDefinition } from '../../model/kinds.ts';
import { kindInWords } from './api-paths.ts';
import type { Discovered } from './discovery.ts';
import { serverText } from './server-text.ts';

/** An APIService that says it is not available: its group and version, and why. */
export interface UnavailableService {
  readonly group: string;
  readonly version: string;
  readonly why: string;
}

/**
 * Whether a kind can be read. `unserved` is a statement about the cluster (there are none) and is made only when nothing casts doubt on it.
 * `unknown`: discovery could not be had; the versions that we understand may be tried.
 */
export type Serving =
  | { readonly state: 'served'; readonly version: string }
  | { readonly state: 'unserved' }
  | { readonly state: 'unknown'; readonly reason: Refusal }
  | { readonly state: 'refused'; readonly reason: Refusal };

export function servingOf(kind: KindDefinition, discovered: Discovered, unavailable: readonly UnavailableService[]): Serving {
  const { group, plural, versions } = kind;
  const down = unavailable.filter((service) => service.group === group);
  const served = discovered.groups.get(group);
  // A version of which a backend is down does not keep another one from being read, if that one is whole.
  for (const version of versions) {
    const found = served?.get(version);
    if (!found?.fresh || !found.resources.has(plural) || down.some((service) => service.version === version)) continue;
    const verb = kind.only ? 'get' : 'list';
    if (!found.resources.get(plural)!.includes(verb)) return refuse('unavailable', `the API server has ${kindInWords(kind)} but offers no ${verb} of them`);
    return { state: 'served', version };
  }
  if (down.length > 0) return refuse('unavailable', `the backend of ${down[0]!.version}.${group} is down (${down[0]!.why}): ${kindInWords(kind)} cannot be read`);
  const missing = group === '' ? discovered.incomplete.core : discovered.incomplete.groups;
  if (missing) return { state: 'unknown', reason: missing };
  for (const [version, { fresh }] of served ?? []) {
    if (!fresh) return refuse('unavailable', `the API server cannot say what ${version}.${group} serves (its backend does not answer): ${kindInWords(kind)} cannot be read`);
  }
  for (const [version, { resources }] of served ?? []) {
    if (resources.has(plural)) {
      return refuse('unavailable', `${kindInWords(kind)} are served as ${serverText(version, 40)}, and this version of Eksaminer reads ${versions.join(', ')}; look for a newer one`);
    }
  }
  return { state: 'unserved' };
}

function refuse(code: Refusal['code'], message: string): Serving {
  return { state: 'refused', reason: { code, message } };
}
