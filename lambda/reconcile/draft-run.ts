import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { stateKey } from '../storage/layout.ts';
import { readAssessment, type AssessmentEntry, type RunRecords } from '../storage/run-records.ts';
import type { ClusterRows } from './cluster-rows.ts';
import { computeLeftOver, computeSeenOtherwise, computeStranger, computeUnseen, identityFromId, isLeftOver, listingsOf } from './compute-absence.ts';
import { computeLooks } from './compute-looks.ts';
import { draftCluster, type Desk, type DraftedCluster } from './draft-cluster.ts';
import type { ReadState } from './read-states.ts';
import { bestFirst, judgeAssessment, unseenTargets, type Look, type UnseenTarget } from './plan-run.ts';

/** What a run would commit, cluster by cluster, so that what others commit meanwhile costs no more than the clusters that they touched. */
export interface RunDraft {
  /** Clusters that the run looked at, by state key. */
  readonly looked: Map<string, LookedCluster>;
  /** Clusters that it did not look at and has to say something of, by id. */
  readonly absent: ReadonlyMap<string, AbsentCluster>;
  /** Rows of coverage that touch no state: targets that are no known cluster, or one that was looked at otherwise. */
  readonly rows: readonly ClusterRows[];
  /** What is known of clusters that the run did not look at, by state key. */
  readonly known: Map<string, KnownCluster>;
  readonly unseen: readonly UnseenTarget[];
}

interface LookedCluster {
  readonly cluster: KnownCluster | undefined;
  /** Of the look that counts. */
  readonly observedAt: string;
  readonly drafted: DraftedCluster;
}

interface AbsentCluster {
  /** What the draft rests on beside the state. */
  readonly targets: readonly UnseenTarget[];
  readonly drafted: DraftedCluster;
}

/** Of a state, what tells one cluster from another. */
type KnownCluster = Pick<ClusterState, 'cluster' | 'observedAt' | 'gone'>;

/** What a draft is made from. */
export interface DraftSource {
  readonly records: RunRecords;
  /** Looks of a later moment (UTC, ISO 8601) are not believed. */
  readonly latest: string;
  /** Keys of all states, as the newest seal has them. */
  readonly stateKeys: readonly string[];
  readonly readState: ReadState;
}

/** Compares everything that a run left with what is known. Each assessment and each state is dropped once it is compared. */
export async function draftRun(desk: Desk, source: DraftSource): Promise<RunDraft> {
  const seen = new Set<string>();
  const looked = new Map<string, LookedCluster>();
  const broken = await inParallel(groupByState(source.records.assessments), async ([key, entries]) => {
    const judged = await readLooks(desk, source, entries);
    for (const { label } of judged.looks) seen.add(label);
    const [best, ...others] = judged.looks;
    if (best) looked.set(key, await draftLooks(desk, source, key, [best, ...others]));
    return judged.broken;
  });
  return draftAbsences(desk, source, { looked, absent: new Map(), known: new Map(), unseen: unseenTargets(source.records, seen, broken.flat()) }, new Set());
}

/** The same after others have committed states under these keys. */
export async function redraft(desk: Desk, source: DraftSource, draft: RunDraft, touched: ReadonlySet<string>): Promise<RunDraft> {
  const again = source.records.assessments.filter(({ stateKey: key }) => touched.has(key) && draft.looked.has(key));
  await inParallel(groupByState(again), async ([key, entries]) => {
    const [best, ...others] = (await readLooks(desk, source, entries)).looks;
    if (!best) throw new Error(`the assessments of ${key} disappeared while they were compared. Run it again.`);
    draft.looked.set(key, await draftLooks(desk, source, key, [best, ...others]));
  });
  for (const key of touched) draft.known.delete(key);
  return draftAbsences(desk, source, draft, touched);
}

/** The looks that these assessments are, the best one first, and those that are none. */
async function readLooks({ store }: Desk, { latest }: DraftSource, entries: readonly AssessmentEntry[]): Promise<{ readonly looks: readonly Look[]; readonly broken: readonly UnseenTarget[] }> {
  const looks: Look[] = [];
  const broken: UnseenTarget[] = [];
  for (const entry of entries) {
    const assessment = await readAssessment(store, entry);
    const judged = assessment && judgeAssessment(entry, assessment, latest);
    if (!judged) continue;
    if ('assessment' in judged) looks.push(judged);
    else broken.push(judged);
  }
  return { looks: bestFirst(looks), broken };
}

async function draftLooks(desk: Desk, { readState }: DraftSource, key: string, looks: readonly [Look, ...Look[]]): Promise<LookedCluster> {
  const { cluster, observedAt } = looks[0].assessment;
  const record = await readState(key);
  const drafted = await draftCluster(desk, cluster.id, computeLooks(looks, record?.state, desk.commit), record);
  return { cluster: record && knownOf(record.state), observedAt, drafted };
}

async function draftAbsences(desk: Desk, source: DraftSource, draft: Omit<RunDraft, 'rows'>, touched: ReadonlySet<string>): Promise<RunDraft> {
  const { scope } = source.records;
  const { commit } = desk;
  const { looked, known, unseen } = draft;
  const asked = scope.clusters === 'all' || unseen.some(({ cluster }) => cluster === undefined) ? source.stateKeys : unseen.flatMap(({ cluster }) => (cluster === undefined ? [] : [stateKey(cluster)]));
  await inParallel(new Set(asked), async (key) => {
    if (looked.has(key) || known.has(key)) return;
    const record = await source.readState(key);
    if (record) known.set(key, knownOf(record.state));
  });
  const named = clusterOfLabel(draft);
  const rows: ClusterRows[] = [];
  const targets = new Map<string, UnseenTarget[]>();
  for (const target of unseen) {
    const id = target.cluster ?? named(target.label)?.id;
    const otherwise = id === undefined ? undefined : looked.get(stateKey(id));
    if (id === undefined) rows.push(computeStranger(target, scope.startedAt, commit));
    else if (otherwise) rows.push(computeSeenOtherwise(target, otherwise.cluster?.cluster ?? identityFromId(id, target.label), { at: scope.startedAt, observedAt: otherwise.observedAt }, commit));
    else targets.set(id, [...(targets.get(id) ?? []), target]);
  }
  const listings = listingsOf(scope);
  if (scope.clusters === 'all') for (const state of known.values()) if (!targets.has(state.cluster.id) && isLeftOver(state, listings)) targets.set(state.cluster.id, []);
  const absent = await inParallel(targets, async ([id, those]): Promise<[string, AbsentCluster]> => {
    const key = stateKey(id);
    const before = draft.absent.get(id);
    if (before && !touched.has(key) && sameTargets(before.targets, those)) return [id, before];
    const record = await source.readState(key);
    const state = record?.state;
    // A state that somebody replaced since it was asked for is committed by a seal to come: then this draft is not sealed as it is.
    const computed = those.length > 0 || !state ? computeUnseen(id, those, state, scope.startedAt, commit) : [computeLeftOver(state, listings, commit)];
    return [id, { targets: those, drafted: await draftCluster(desk, id, computed, record) }];
  });
  return { ...draft, absent: new Map(absent), rows };
}

/** By its label, where that is one known cluster's alone. */
function clusterOfLabel({ looked, known }: Pick<RunDraft, 'looked' | 'known'>): (label: string) => ClusterIdentity | undefined {
  const named = new Map<string, ClusterIdentity[]>();
  for (const state of [...known.values(), ...[...looked.values()].map(({ cluster }) => cluster)]) {
    if (state && !state.gone) named.set(state.cluster.label, [...(named.get(state.cluster.label) ?? []), state.cluster]);
  }
  return (label) => {
    const clusters = named.get(label) ?? [];
    return clusters.length === 1 ? clusters[0] : undefined;
  };
}

function knownOf({ cluster, observedAt, gone }: ClusterState): KnownCluster {
  return { cluster, ...(observedAt === undefined ? {} : { observedAt }), ...(gone ? { gone } : {}) };
}

function groupByState(entries: readonly AssessmentEntry[]): Map<string, AssessmentEntry[]> {
  const groups = new Map<string, AssessmentEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.stateKey);
    if (group) group.push(entry);
    else groups.set(entry.stateKey, [entry]);
  }
  return groups;
}

function sameTargets(a: readonly UnseenTarget[], b: readonly UnseenTarget[]): boolean {
  return a.length === b.length && a.every((target, index) => target.label === b[index]!.label);
}
