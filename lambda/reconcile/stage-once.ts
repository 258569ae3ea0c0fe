import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** Writes bytes to an attempt's own place. */
export async function stageOnce(store: ObjectStore, staged: string, body: Uint8Array, attempt: string): Promise<void> {
  if (await putOnce(store, staged, body)) return;
  // Only another process with this attempt's name could have written there, and a seal may already hold its hashes.
  throw new ReconcileStoppedError('busy', `${staged} is there with other bytes: two processes share the name ${attempt}. Run it again with an attempt of its own.`);
}
