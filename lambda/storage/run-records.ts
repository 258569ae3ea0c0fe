import type { Assessment } from '../model/assessment.ts';
import { cappedText } from '../model/capped-text.ts';
import type { MissedTarget, RunScope, RunTarget } from '../model/run-scope.ts';
import { inParallel } from './in-parallel.ts';
import { knownSchema } from './known-schema.ts';
import { labelHash, partsOfAssessmentKey, runKeys, stateKey } from './layout.ts';
import type { ObjectStore } from './object-store.ts';
import { putOnce } from './put-once.ts';
import { fromJson, fromJsonGzip, fromJsonLines, sha256, toJson, toJsonGzip, toJsonLines } from './stored-json.ts';
import { isUlid } from './ulid.ts';

/**
 * Under `runs/` nothing is remembered: a run that dies before it is reconciled has changed nothing. `false`: somebody else wrote another scope of this
 * run before, and that one counts. A run has one scope: a second one would take seals of after the run's begin for those of before.
 */
export async function writeScope(store: ObjectStore, scope: RunScope): Promise<boolean> {
  if (!isUlid(scope.run)) throw new Error(`run ${JSON.stringify(scope.run)}: not a ULID`);
  return await putOnce(store, runKeys.scope(scope.run), toJson(scope));
}

/** Every target has a label of its own: it is how one that was not audited is told from one that was. */
export async function writeTargets(store: ObjectStore, run: string, targets: readonly RunTarget[]): Promise<void> {
  const labels = new Set<string>();
  for (const { label } of targets) {
    if (labels.has(label)) throw new Error(`two targets are called ${JSON.stringify(label)}: give each a name of its own`);
    labels.add(label);
  }
  await store.put(runKeys.targets(run), toJsonLines(targets));
}

/** `label`: the target's, where it differs from the label that the cluster got. */
export async function writeAssessment(store: ObjectStore, run: string, assessment: Assessment, label = assessment.cluster.label): Promise<void> {
  await store.put(runKeys.assessment(run, assessment.cluster.id, label), toJsonGzip(assessment));
}

/** Its reason is cut to size: a cluster or an AWS answer may have written it. */
export async function writeMissed(store: ObjectStore, run: string, missed: MissedTarget): Promise<void> {
  await store.put(runKeys.missed(run, missed.label), toJson({ ...missed, reason: cappedText(missed.reason) }));
}

/** What a run left; its assessments by name alone, since all of them together may not fit into memory. */
export interface RunRecords {
  readonly scope: RunScope;
  /** SHA-256 of scope.json. */
  readonly scopeHash: string;
  readonly targets: readonly RunTarget[];
  /** Sorted by key. */
  readonly assessments: readonly AssessmentEntry[];
  readonly missed: readonly MissedTarget[];
}

export interface AssessmentEntry {
  readonly key: string;
  /** Where the state of its cluster lies: entries that share it are looks at one cluster. */
  readonly stateKey: string;
  /** The target it was made of; absent where no target of the run has such a label. */
  readonly label?: string;
}

/** One that cannot be read is its reason. */
export type StoredAssessment = Assessment | { readonly unreadable: string };

export async function readRun(store: ObjectStore, run: string): Promise<RunRecords> {
  const scopeObject = await store.get(runKeys.scope(run));
  if (!scopeObject) throw new Error(`run ${run} has no ${runKeys.scope(run)}: it was not started in this store, or its records have expired`);
  const targetsKey = runKeys.targets(run);
  const targetsObject = await store.get(targetsKey);
  const targets = targetsObject ? (fromJsonLines(targetsKey, targetsObject.body) as RunTarget[]) : [];
  return {
    scope: knownSchema(runKeys.scope(run), fromJson(runKeys.scope(run), scopeObject.body) as RunScope),
    scopeHash: sha256(scopeObject.body),
    targets,
    assessments: await listAssessments(store, run, targets),
    missed: await readMissed(store, run),
  };
}

async function listAssessments(store: ObjectStore, run: string, targets: readonly RunTarget[]): Promise<AssessmentEntry[]> {
  const labels = new Map(targets.map(({ label }) => [labelHash(label), label]));
  const entries: AssessmentEntry[] = [];
  for await (const { key } of store.list(runKeys.assessments(run))) {
    const parts = partsOfAssessmentKey(key);
    if (!parts) continue;
    const label = labels.get(parts.labelHash);
    entries.push({ key, stateKey: parts.stateKey, ...(label === undefined ? {} : { label }) });
  }
  return entries;
}

/** `undefined`: it has expired since it was listed. */
export async function readAssessment(store: ObjectStore, entry: AssessmentEntry): Promise<StoredAssessment | undefined> {
  const object = await store.get(entry.key);
  return object ? parse(entry, object.body) : undefined;
}

function parse(entry: AssessmentEntry, body: Uint8Array): StoredAssessment {
  try {
    const assessment = knownSchema(entry.key, fromJsonGzip(entry.key, body) as Assessment);
    if (stateKey(assessment.cluster.id) !== entry.stateKey) return { unreadable: `it is of ${assessment.cluster.id}, which lies under another name` };
    const time = Date.parse(assessment.observedAt);
    if (!Number.isFinite(time)) return { unreadable: `its time ${JSON.stringify(assessment.observedAt)} is not a date` };
    // One way of writing a moment, so that moments can be compared as text.
    return { ...assessment, observedAt: new Date(time).toISOString() };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

async function readMissed(store: ObjectStore, run: string): Promise<MissedTarget[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(runKeys.missedTargets(run))) keys.push(key);
  const missed = await inParallel(keys, async (key) => {
    const object = await store.get(key);
    return object ? [fromJson(key, object.body) as MissedTarget] : [];
  });
  return missed.flat();
}
