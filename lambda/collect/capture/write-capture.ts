import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { refused, type Collected } from '../../model/collected.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import { KINDS, KUBERNETES_SOURCES, apiVersionOf } from '../../model/kinds.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { AWS_SOURCES, SOURCE_NAMES, isAwsSource, type AwsSource } from '../../model/sources.ts';
import { DESCRIBED_ONE_BY_ONE, PRINTED_WHOLE } from '../aws/aws-answers.ts';
import { OWN_FORMAT } from './file-sink.ts';
import { OWN_FORMAT_VERSION } from './own-capture.ts';

/**
 * A snapshot as one compressed file (`.json.gz`) that `readCapture` reads: JSON documents, one after the other. The first says what
 * was read, refused and kept; a List a kind follows, then what AWS answered. `plan` is what was kept; `madeBy` is this program and its version.
 */
export function writeCapture(snapshot: Snapshot, plan: CollectionPlan, madeBy = 'eksaminer'): AsyncIterable<Uint8Array> {
  const source = Readable.from(documents(snapshot, plan, madeBy), { objectMode: false });
  const stream = createGzip();
  source.on('error', (error) => stream.destroy(error));
  return source.pipe(stream);
}

function* documents(snapshot: Snapshot, plan: CollectionPlan, madeBy: string): Iterable<Buffer> {
  yield line(headerOf(snapshot, plan, madeBy));
  for (const source of KUBERNETES_SOURCES) {
    const read = snapshot.sources[source];
    if (!read.ok || read.value.length === 0) continue;
    const type = { apiVersion: apiVersionOf(KINDS[source]), kind: KINDS[source].kind };
    let before = '{"apiVersion":"v1","kind":"List","items":[\n';
    for (const object of read.value) {
      yield Buffer.from(`${before}${JSON.stringify({ ...type, ...object })}`);
      before = ',\n';
    }
    yield Buffer.from('\n]}\n');
  }
  for (const source of Object.keys(AWS_SOURCES) as AwsSource[]) yield* answers(source, snapshot);
}

function headerOf({ cluster, observedAt, namespaces, sources, fields, problems }: Snapshot, plan: CollectionPlan, madeBy: string): object {
  const { label, arn, uid } = cluster;
  const states = SOURCE_NAMES.map((source) => {
    const read = isAwsSource(source) ? identified(source, sources[source]) : sources[source];
    if (!read.ok) return [source, read];
    const assumed = read.assumed === undefined ? {} : { assumed: read.assumed };
    if (typeof read.value === 'string') return [source, { ok: true, value: read.value, ...assumed }];
    return [source, { ok: true, objects: Array.isArray(read.value) ? read.value.length : 1, ...assumed }];
  });
  return {
    format: OWN_FORMAT,
    formatVersion: OWN_FORMAT_VERSION,
    madeBy,
    observedAt,
    cluster: { label, arn, uid },
    namespaces,
    fields: fields ?? plan,
    sources: Object.fromEntries(states) as unknown,
    problems,
  };
}

/** What tells one thing from another is always kept (`AWS_IDENTITY`); a snapshot without it cannot be written down so that it is read again. */
function identified(source: AwsSource, read: Collected<unknown>): Collected<unknown> {
  if (!read.ok) return read;
  const things = Array.isArray(read.value) ? (read.value as readonly unknown[]) : [read.value];
  return things.every((thing) => typeof thing === 'object' && thing !== null) ? read : refused('fields-not-kept', `the names of what ${source} lists were not kept`);
}

/** In the words of the AWS CLI, so that one reader knows them all. */
function* answers(source: AwsSource, { sources }: Snapshot): Iterable<Buffer> {
  const read = identified(source, sources[source]);
  if (!read.ok) return;
  if (source === 'eksCluster') yield line({ cluster: read.value });
  else if (source === 'eksAssociatedAccessPolicies') for (const answer of read.value as readonly object[]) yield line(answer);
  else if (Object.hasOwn(PRINTED_WHOLE, source)) yield line({ [PRINTED_WHOLE[source as keyof typeof PRINTED_WHOLE].key]: read.value });
  else for (const thing of read.value as readonly object[]) yield line({ [DESCRIBED_ONE_BY_ONE[source as keyof typeof DESCRIBED_ONE_BY_ONE].one]: thing });
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
