import type { Assessment } from '../model/assessment.ts';
import type { MissedTarget, RunScope, RunTarget } from '../model/run-scope.ts';
import { isAssessmentOf, runKeys } from './layout.ts';
import type { ObjectStore } from './object-store.ts';
import { fromJson, fromJsonGzip, fromJsonLines, sha256, toJson, toJsonGzip, toJsonLines } from './stored-json.ts';
import { isUlid } from './ulid.ts';

/** Under `runs/` nothing is remembered: a run that dies before it is reconciled has changed nothing. */
export async function writeScope(store: ObjectStore, scope: RunScope): Promise<void> {
  if (!isUlid(scope.run)) throw new Error(`run ${JSON.stringify(scope.run)}: not a ULID`);
  await store.put(runKeys.scope(scope.run), toJson(scope));
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

export async function writeMissed(store: ObjectStore, run: string, missed: MissedTarget): Promise<void> {
  await store.put(runKeys.missed(run, missed.label), toJson(missed));
}

/** Everything that a run left. */
export interface RunRecords {
  readonly scope: RunScope;
  /** SHA-256 of scope.json. */
  readonly scopeHash: string;
  readonly targets: readonly RunTarget[];
  /** Sorted by key. An assessment that cannot be read is its reason. */
  readonly assessments: readonly StoredAssessment[];
  readonly missed: readonly MissedTarget[];
}

export interface StoredAssessment {
  readonly key: string;
  /** The target it was made of; absent where no target of the run has such a label. */
  readonly label?: string;
  readonly assessment: Assessment | { readonly unreadable: string };
}

export async function readRun(store: ObjectStore, run: string): Promise<RunRecords> {
  const scopeObject = await store.get(runKeys.scope(run));
  if (!scopeObject) throw new Error(`run ${run} has no ${runKeys.scope(run)}: it was not started in this store, or its records have expired`);
  const targetsKey = runKeys.targets(run);
  const targetsObject = await store.get(targetsKey);
  const targets = targetsObject ? (fromJsonLines(targetsKey, targetsObject.body) as RunTarget[]) : [];
  return {
    scope: fromJson(runKeys.scope(run), scopeObject.body) as RunScope,
    scopeHash: sha256(scopeObject.body),
    targets,
    assessments: await readAssessments(store, run, targets),
    missed: await readMissed(store, run),
  };
}

async function readAssessments(store: ObjectStore, run: string, targets: readonly RunTarget[]): Promise<StoredAssessment[]> {
  const assessments: StoredAssessment[] = [];
  for await (const { key } of store.list(runKeys.assessments(run))) {
    const object = await store.get(key);
    if (!object) continue;
    const label = targets.find((target) => isAssessmentOf(key, target.label))?.label;
    assessments.push({ key, ...(label === undefined ? {} : { label }), assessment: parse(key, object.body) });
  }
  return assessments;
}

function parse(key: string, body: Uint8Array): StoredAssessment['assessment'] {
  try {
    const assessment = fromJsonGzip(key, body) as Assessment;
    const time = Date.parse(assessment.observedAt);
    if (!Number.isFinite(time)) return { unreadable: `its time ${JSON.stringify(assessment.observedAt)} is not a date` };
    // One way of writing a moment, so that moments can be compared as text.
    return { ...assessment, observedAt: new Date(time).toISOString() };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

async function readMissed(store: ObjectStore, run: string): Promise<MissedTarget[]> {
  const missed: MissedTarget[] = [];
  for await (const { key } of store.list(runKeys.missedTargets(run))) {
    const object = await store.get(key);
    if (object) missed.push(fromJson(key, object.body) as MissedTarget);
  }
  return missed;
}
