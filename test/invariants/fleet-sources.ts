import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { KINDS, apiVersionOf, type KindDefinition } from '../../lambda/model/kinds.ts';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';

/** An API object as a file holds it. */
export interface RawObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; uid?: string; generateName?: string; ownerReferences?: { kind: string; name: string; uid: string; controller?: boolean }[] } & Record<string, unknown>;
  spec?: Record<string, unknown>;
  status?: unknown;
}
export type RawCluster = { [S in KubernetesSource]?: RawObject[] };

/** All Kubernetes objects of one cluster of the example fleet, untrimmed, by source. */
export function fleetObjects(cluster: string): RawCluster {
  const directory = join(import.meta.dirname, '../../examples/fleet', cluster);
  const objects = readdirSync(directory).filter((file) => /\.(json|yaml)(\.gz)?$/.test(file)).flatMap((file) => read(join(directory, file)));
  const sources: RawCluster = {};
  for (const [source, kind] of Object.entries(KINDS) as [KubernetesSource, KindDefinition][]) {
    sources[source] = objects.filter(
      (object) => object.kind === kind.kind && object.apiVersion === apiVersionOf(kind) && (!kind.only || kind.only.names.includes(object.metadata.name)),
    );
  }
  return sources;
}

function read(path: string): RawObject[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const documents = path.includes('.yaml') ? parseAllDocuments(text).map((document) => document.toJS() as unknown) : [JSON.parse(text) as unknown];
  return documents.flatMap((document) => (document as { items?: RawObject[] }).items ?? [document as RawObject]);
}
