import { createHash } from 'node:crypto';
import { ulidTime } from './ulid.ts';

const SEQ_DIGITS = 12;
const NAME_CAP = 40;
const HASH_DIGITS = 32;

export const STATES = 'state/';

export const HISTORY_KINDS = ['changes', 'assessments', 'coverage'] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** A name that is safe as part of a key, whatever the cluster is called; for people it begins with what they call it. */
export function clusterKey(id: string): string {
  const name = id
    .slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, NAME_CAP)
    .replace(/-$/, '');
  return `${name === '' ? 'cluster' : name}-${shortHash(id)}`;
}

function shortHash(text: string): string {
  // Lone surrogates have no UTF-8 bytes of their own; JSON writes them as escapes, so that two names stay two.
  return createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, HASH_DIGITS);
}

export const runKeys = {
  scope: (run: string): string => `runs/${run}/scope.json`,
  targets: (run: string): string => `runs/${run}/targets.jsonl`,
  assessments: (run: string): string => `runs/${run}/clusters/`,
  /** By label too: two targets of a run may turn out to be one cluster. */
  assessment: (run: string, cluster: string, label: string): string => `runs/${run}/clusters/${clusterKey(cluster)}.${shortHash(label)}.json.gz`,
  missedTargets: (run: string): string => `runs/${run}/missed/`,
  missed: (run: string, label: string): string => `runs/${run}/missed/${shortHash(label)}.json`,
};

/** What the key of an assessment tells: where its cluster's state lies, and the hash of its target's label. `undefined`: it is no such key. */
export function partsOfAssessmentKey(key: string): { readonly stateKey: string; readonly labelHash: string } | undefined {
  const [, cluster, labelHash] = /^runs\/[^/]+\/clusters\/([a-z0-9-]+)\.([0-9a-f]+)\.json\.gz$/.exec(key) ?? [];
  return cluster === undefined || labelHash === undefined ? undefined : { stateKey: `${STATES}${cluster}.json.gz`, labelHash };
}

/** As in the keys of assessments and of missed targets. */
export function labelHash(label: string): string {
  return shortHash(label);
}

export function seqText(seq: number): string {
  return String(seq).padStart(SEQ_DIGITS, '0');
}

export const SEALS = 'seals/';
export const NEWEST_SEAL_HINT = 'hints/newest-seal.json';

export function sealKey(seq: number): string {
  return `${SEALS}${seqText(seq)}.json`;
}

/** The number of a seal, or `undefined` for another object beside it (a signature). */
export function seqOfSealKey(key: string): number | undefined {
  const digits = /^seals\/(\d{12})\.json$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function stateKey(cluster: string): string {
  return `${STATES}${clusterKey(cluster)}.json.gz`;
}

export function historyPrefix(kind: HistoryKind): string {
  return `history/${kind}/`;
}

/** `dt` is the date of the run's ULID (UTC). */
export function historyKey(kind: HistoryKind, seq: number, run: string): string {
  return `${historyPrefix(kind)}dt=${ulidTime(run).toISOString().slice(0, 10)}/${seqText(seq)}-${run}.jsonl.gz`;
}

/** The number of the seal that an object of the history belongs to; `undefined`: it is none. */
export function seqOfHistoryKey(key: string): number | undefined {
  const digits = /^history\/[^/]+\/[^/]+\/(\d{12})-[^/]+$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Where an attempt keeps what it is about to publish at this place. Never the same for two seals: what was staged stays as it was. */
export function stagedKey(run: string, attempt: string, seq: number, key: string): string {
  return `staged/${run}/${attempt}/${seqText(seq)}/${key}`;
}

export const announcedKeys = {
  /** Everything about one route; its name is its place, so it is never another's. */
  route: (route: string): string => `announced/${route}/`,
  start: (route: string): string => `announced/${route}/start.json`,
  /** That the seals from this one on, up to the one that it names itself, are being told or have been. */
  marker: (route: string, from: number): string => `announced/${route}/${seqText(from)}.json`,
};

/** The seal from which on a marker tells; `undefined` for the start. */
export function seqOfMarkerKey(key: string): number | undefined {
  const digits = /^announced\/[^/]+\/(\d{12})\.json$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
