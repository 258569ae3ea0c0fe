import type { Refusal } from '../../model/collected.ts';
import { groupVersionPath } from './api-paths.ts';
import type { Answer } from './answer.ts';
import { parseAggregated, parseGroupVersions, parseResources, type ServedGroups, type ServedVersion } from './discovery-documents.ts';
import type { HttpReader } from './http-reader.ts';
import { readJson } from './read-json.ts';

/** What the server says that it serves. `incomplete`: a whole half of it (the core, or the groups) could not be had, and why. */
export interface Discovered {
  readonly groups: ServedGroups;
  readonly incomplete: { readonly core?: Refusal; readonly groups?: Refusal };
}

const AGGREGATED = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`);
const ACCEPT = [...AGGREGATED, 'application/json'].join(',');
/** A cluster with a thousand CRDs has about 2 MB of it. */
const DISCOVERY_BYTES = 64 * 2 ** 20;

/** Asks for everything at once; of a server that does not know that form, group by group for those in `wanted`. */
export async function discover(http: HttpReader, wanted: ReadonlySet<string>): Promise<Discovered> {
  const [core, groups] = await Promise.all([half(http, '/api', wanted), half(http, '/apis', wanted)]);
  return {
    groups: new Map([...(core.ok ? core.value : []), ...(groups.ok ? groups.value : [])]),
    incomplete: { ...(core.ok ? {} : { core: core.reason }), ...(groups.ok ? {} : { groups: groups.reason }) },
  };
}

async function half(http: HttpReader, root: '/api' | '/apis', wanted: ReadonlySet<string>): Promise<Answer<ServedGroups>> {
  const answer = await readJson(http, root, DISCOVERY_BYTES, ACCEPT);
  if (!answer.ok) return answer;
  const aggregated = parseAggregated(answer.value);
  if (aggregated) return { ok: true, value: aggregated };
  const versions = parseGroupVersions(answer.value);
  if (!versions) return { ok: false, reason: { code: 'unreadable', message: `what the server says under ${root} is not the discovery of a Kubernetes API server` } };
  const found = new Map<string, ReadonlyMap<string, ServedVersion>>();
  for (const [group, ids] of versions) if (wanted.has(group)) found.set(group, await eachVersion(http, group, ids));
  return { ok: true, value: found };
}

/** A version whose resources cannot be had counts as stale: its backend does not answer. */
async function eachVersion(http: HttpReader, group: string, versions: readonly string[]): Promise<ReadonlyMap<string, ServedVersion>> {
  const served = new Map<string, ServedVersion>();
  for (const version of versions) {
    const answer = await readJson(http, groupVersionPath(group, version), DISCOVERY_BYTES);
    const resources = answer.ok ? parseResources(answer.value) : undefined;
    served.set(version, resources ? { fresh: true, resources } : { fresh: false, resources: new Map() });
  }
  return served;
}
