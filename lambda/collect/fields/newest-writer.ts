import { compileFields, project, unionOfTrees, type FieldTree } from './field-tree.ts';

const WRITERS = compileFields(['metadata.managedFields[].manager', 'metadata.managedFields[].subresource', 'metadata.managedFields[].time']);

const withWriters = new WeakMap<FieldTree, FieldTree>();

/** The same tree, made once, that also keeps what `settleWriter` needs. */
export function treeWithWriters(tree: FieldTree): FieldTree {
  let wider = withWriters.get(tree);
  if (!wider) withWriters.set(tree, (wider = unionOfTrees(tree, WRITERS)));
  return wider;
}

/**
 * Of an object's managedFields (who wrote which field, when) leaves `[{ manager, time }]` of the newest entry that is not about the
 * status, or nothing. It tells people who changed an object last; it never counts into identity or evidence.
 */
export function settleWriter(object: unknown): void {
  const metadata = isRecord(object) && Object.hasOwn(object, 'metadata') ? object['metadata'] : undefined;
  if (!isRecord(metadata) || !Object.hasOwn(metadata, 'managedFields')) return;
  const newest = newestWriter(metadata['managedFields']);
  if (newest) metadata['managedFields'] = shared(newest);
  else delete metadata['managedFields'];
}

let last: readonly [Writer] | undefined;

/** One value for objects in a row that were written by the same at the same second, as replicas are. */
function shared(writer: Writer): readonly [Writer] {
  if (last?.[0].manager !== writer.manager || last[0].time !== writer.time) last = [writer];
  return last;
}

interface Writer {
  readonly manager: string;
  readonly time: string;
}

function newestWriter(entries: unknown): Writer | undefined {
  if (!Array.isArray(entries)) return undefined;
  let newest: Writer | undefined;
  for (const entry of entries) {
    if (!isRecord(entry) || entry['subresource'] === 'status') continue;
    const { manager, time } = entry;
    if (typeof manager !== 'string' || typeof time !== 'string') continue;
    // RFC 3339 in UTC, as the API server writes it, sorts as text. At the same second the manager's name decides.
    if (!newest || time > newest.time || (time === newest.time && manager < newest.manager)) newest = { manager, time };
  }
  return newest;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is kept of an API object: what the tree keeps of it, and its newest writer. For values that are parsed already. */
export function trimObject(value: unknown, tree: FieldTree): unknown {
  const kept = project(value, treeWithWriters(tree));
  settleWriter(kept);
  return kept;
}
