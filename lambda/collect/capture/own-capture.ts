import { z } from 'zod';
import { clusterIdentity } from '../../model/cluster-identity.ts';
import { collected, refused, REFUSAL_CODES, type Collected } from '../../model/collected.ts';
import type { KubernetesSource } from '../../model/kinds.ts';
import type { CollectedSources, Snapshot } from '../../model/snapshot.ts';
import { SOURCE_NAMES, isAwsSource, isKubernetesSource, type AwsSource, type SourceName } from '../../model/sources.ts';
import { nothing, settled, type CaptureOptions, type CaptureResult } from './capture-result.ts';
import type { CaptureContents } from './file-sink.ts';

/** The version of the format that is written, and the only one so far. */
export const OWN_FORMAT_VERSION = 1;

const text = z.string().max(4000);
const state = z.discriminatedUnion('ok', [
  /** `objects`: how many follow. `value`: the version, which is no object. */
  z.object({ ok: z.literal(true), objects: z.int().nonnegative().optional(), value: z.string().regex(/^\d+\.\d+$/).optional(), assumed: text.optional() }),
  z.object({ ok: z.literal(false), reason: z.object({ code: z.enum(REFUSAL_CODES), message: text }) }),
]);
type State = z.infer<typeof state>;

/** The first document of a capture that `eksaminer capture` made. Lists of objects follow it. */
const ownHeader = z.object({
  formatVersion: z.literal(OWN_FORMAT_VERSION),
  madeBy: text,
  observedAt: z.iso.datetime(),
  cluster: z.object({ label: text.min(1), arn: text.optional(), uid: text.min(1).optional() }),
  namespaces: z.union([z.literal('all'), z.array(text)]),
  /** What was kept of each source. A check that reads more is not evaluated. */
  fields: z.record(z.string(), z.array(text)),
  sources: z.record(z.string(), state),
  problems: z.array(text).max(1000),
});
type OwnHeader = z.infer<typeof ownHeader>;

/** A snapshot as a capture of ours recorded it: what was served, refused and kept then is what is true of it now. */
export function snapshotOfOwnCapture(contents: CaptureContents, files: number, { namespaces }: CaptureOptions, label: string): CaptureResult {
  const [name, first] = [...contents.ownHeaders][0]!;
  const { problems } = contents;
  if (files > 1) return nothing(`${name} is a whole capture of its own, made by eksaminer capture; audit it by itself, or keep it out of the directory`, problems);
  if (typeof first['formatVersion'] === 'number' && first['formatVersion'] > OWN_FORMAT_VERSION) {
    return nothing(`${name} was made by a newer version (${shortened(first['madeBy'])}); audit it with that or a later one`, problems);
  }
  const parsed = ownHeader.safeParse(first);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return nothing(`${name}: its first document is not what eksaminer capture writes (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`, problems);
  }
  const header = parsed.data;
  const outside = header.namespaces === 'all' ? [] : (namespaces ?? []).filter((asked) => !header.namespaces.includes(asked));
  if (outside.length > 0) return nothing(`${name} holds only the namespaces ${[...header.namespaces].join(', ')}, not ${outside.join(', ')}`, problems);
  return settled(snapshotOf(header, contents, namespaces, label), contents.kubernetes, namespaces, 'Capture it as a user who may get the namespace kube-system');
}

function snapshotOf(header: OwnHeader, contents: CaptureContents, namespaces: readonly string[] | undefined, label: string): Snapshot {
  const { arn, uid } = header.cluster;
  const states = new Map(Object.entries(header.sources));
  const fields = new Map(Object.entries(header.fields));
  const sources = SOURCE_NAMES.map((source) => [source, sourceOf(source, states.get(source), header, contents)]);
  return {
    cluster: clusterIdentity({ label: header.cluster.label || label, ...(arn === undefined ? {} : { arn }), ...(uid === undefined ? {} : { uid }) }),
    observedAt: new Date(header.observedAt).toISOString(),
    namespaces: namespaces ?? header.namespaces,
    sources: Object.fromEntries(sources) as CollectedSources,
    fields: Object.fromEntries(SOURCE_NAMES.flatMap((source) => (fields.has(source) ? [[source, fields.get(source)]] : []))) as NonNullable<Snapshot['fields']>,
    problems: [...header.problems, ...contents.problems],
  };
}

function sourceOf(source: SourceName, state: State | undefined, { madeBy }: OwnHeader, contents: CaptureContents): Collected<unknown> {
  if (!state) return refused('not-in-capture', `the capture was made by ${shortened(madeBy)}, which did not read it; make a new one`);
  if (!state.ok) return { ok: false, reason: state.reason };
  const read = isKubernetesSource(source) ? objectsOf(source, contents) : isAwsSource(source) ? answersOf(source, contents) : undefined;
  if (!read) return state.value === undefined ? refused('unreadable', 'the capture lacks it') : collected(state.value);
  if (read.fault !== undefined) return refused('unreadable', read.fault);
  if (read.count !== state.objects) return refused('unreadable', `the capture says that ${state.objects ?? 'no number of'} objects follow, and ${read.count} do; it is incomplete`);
  return { ok: true, value: read.value, ...(state.assumed === undefined ? {} : { assumed: state.assumed }) };
}

interface ReadAgain {
  readonly fault: string | undefined;
  readonly count: number;
  readonly value: unknown;
}

function objectsOf(source: KubernetesSource, { kubernetes }: CaptureContents): ReadAgain {
  const held = kubernetes.of(source);
  // A file's name says nothing here, so a file that broke off refuses only the list in which it did.
  return { fault: held.fault?.message, count: held.given, value: held.objects() };
}

function answersOf(source: AwsSource, { aws }: CaptureContents): ReadAgain {
  const { described, fault } = aws.of(source);
  const things = [...described.values()];
  return { fault, count: things.length, value: aws.trim(source, source === 'eksCluster' ? things[0] : things) };
}

function shortened(value: unknown): string {
  const plain = typeof value === 'string' ? value : 'an unknown version';
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

