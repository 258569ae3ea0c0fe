import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import type { CaptureOptions, CaptureResult } from '../../../lambda/collect/capture/capture-result.ts';
import { readCapture } from '../../../lambda/collect/capture/read-capture.ts';
import type { Snapshot } from '../../../lambda/model/snapshot.ts';
import { SOURCE_NAMES, type SourceName } from '../../../lambda/model/sources.ts';

export const NOW = '2026-11-21T06:00:00.000Z';
export const PLAN = collectionPlan();

/** Files by their path below the capture; values that are no text or bytes are written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** Writes a capture into a directory of its own, called `prod`, lends it, and takes it away again. */
export async function withCapture<T>(files: Files, use: (directory: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'capture-'));
  const directory = join(root, 'prod');
  mkdirSync(directory);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 4));
  }
  try {
    return await use(directory);
  } finally {
    rmSync(root, { recursive: true });
  }
}

export function readFiles(files: Files, options: Partial<CaptureOptions> = {}): Promise<CaptureResult> {
  return withCapture(files, (directory) => readCapture(directory, { plan: PLAN, now: NOW, ...options }));
}

/** What is said of every capture that could be of any cluster. */
export const UNIDENTIFIED = 'nothing in the capture says which cluster it is of: it is known by its name "prod" alone, and every capture of that name counts as the same cluster. Add what aws eks describe-cluster prints, or the list of namespaces (kubectl get namespaces -o json > namespaces.json)';

/** The snapshot of a capture that must be one; few of them say which cluster they are of, and that is not said again here. */
export async function snapshotOfFiles(files: Files, options: Partial<CaptureOptions> = {}): Promise<Snapshot> {
  const read = await readFiles(files, options);
  if (!read.ok) throw new Error(`no snapshot: ${read.reason.message}`);
  return { ...read.snapshot, problems: read.snapshot.problems.filter((problem) => problem !== UNIDENTIFIED) };
}

/** A List as kubectl prints it. */
export function list(...items: readonly object[]): object {
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}

export function object(kind: string, name: string, rest: object = {}, apiVersion = 'v1'): object {
  const [namespace, own] = name.includes('/') ? name.split('/') : [undefined, name];
  return { apiVersion, kind, metadata: { name: own, ...(namespace === undefined ? {} : { namespace }) }, ...rest };
}

/** Names of a source's objects, `namespace/name`; or the refusal as `code: message`. */
export function said({ sources }: Snapshot, source: SourceName): unknown {
  const read = sources[source];
  if (!read.ok) return `${read.reason.code}: ${read.reason.message}`;
  if (!Array.isArray(read.value)) return read.value;
  return (read.value as readonly { metadata?: { namespace?: string; name: string } }[]).map(({ metadata }) => (metadata?.namespace === undefined ? metadata?.name : `${metadata.namespace}/${metadata.name}`));
}

/** Sources that were read (or assumed), sorted. */
export function readSources({ sources }: Snapshot, assumed = false): readonly SourceName[] {
  return SOURCE_NAMES.filter((name) => {
    const read = sources[name];
    return read.ok && (read.assumed !== undefined) === assumed;
  });
}
