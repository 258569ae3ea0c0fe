import type { Seal, SealedObject } from '../model/seal.ts';
import { historyKey, stagedKey, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';
import { sha256, toJsonGzip, toJsonLinesGzip } from '../storage/stored-json.ts';
import type { Computed } from './compute.ts';
import { hashOfKeys, type Recovered } from './recover.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** What a seal needs besides what it commits. */
export interface SealFrame {
  readonly run: string;
  readonly attempt: string;
  readonly seq: number;
  readonly sealedAt: string;
  readonly scope: string;
}

/** Writes everything that a seal is to publish to this attempt's own place, byte for byte, and gives the seal that would commit it. */
export async function stage(store: ObjectStore, { rows, states }: Computed, { newest, stateKeys }: Recovered, frame: SealFrame): Promise<Seal> {
  const { run, attempt, seq } = frame;
  const objects: SealedObject[] = [];
  const keep = async (key: string, body: Uint8Array): Promise<void> => {
    const staged = stagedKey(run, attempt, seq, key);
    if (!(await putOnce(store, staged, body))) {
      // Only another process with this attempt's name could have written there, and a seal may already hold its hashes.
      throw new ReconcileStoppedError('busy', `${staged} is there with other bytes: two processes share the name ${attempt}. Run it again with an attempt of its own.`);
    }
    objects.push({ key, staged, sha256: sha256(body), size: body.byteLength });
  };
  const history = {
    changes: rows.flatMap(({ changes }) => changes),
    assessments: rows.flatMap(({ assessments }) => assessments),
    coverage: rows.map(({ look }) => look),
  };
  for (const kind of ['assessments', 'changes', 'coverage'] as const) {
    if (history[kind].length > 0) await keep(historyKey(kind, seq, run), toJsonLinesGzip(history[kind]));
  }
  for (const [id, state] of [...states].sort(([a], [b]) => (stateKey(a) < stateKey(b) ? -1 : 1))) await keep(stateKey(id), toJsonGzip(state));
  const newestLook = [newest?.seal.newestLook ?? '', ...[...states.values()].map(({ observedAt = '' }) => observedAt)].sort().at(-1)!;
  return {
    schemaVersion: 1,
    ...frame,
    ...(newest ? { previous: newest.hash } : {}),
    objects,
    stateKeys: hashOfKeys([...new Set([...stateKeys, ...[...states.keys()].map(stateKey)])].sort()),
    ...(newestLook === '' ? {} : { newestLook }),
  };
}
