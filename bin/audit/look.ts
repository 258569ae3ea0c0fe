import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { cappedText } from '../../lambda/model/capped-text.ts';
import type { ClusterTarget } from '../../lambda/model/cluster-target.ts';
import type { Refusal } from '../../lambda/model/collected.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';

export interface LookOptions {
  readonly namespaces?: readonly string[];
  /** Start of the run: plain captures are looks of that moment. */
  readonly startedAt: string;
  readonly now: () => Date;
  readonly onProgress: (doing: string) => void;
}

export type Look =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly reason: Refusal; readonly cluster?: string; readonly problems: readonly string[] };

/** Reads one target, whatever it is. A defect in reading is this target's alone: the others go on. */
export async function look(target: ClusterTarget, options: LookOptions): Promise<Look> {
  try {
    const looked = await read(target, options);
    // Of what was read the assessment cuts the sizes.
    return looked.ok ? looked : { ...looked, reason: { ...looked.reason, message: cappedText(looked.reason.message) } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: { code: 'unreadable', message: cappedText(`reading it failed: ${message}`) }, problems: [] };
  }
}

async function read(target: ClusterTarget, options: LookOptions): Promise<Look> {
  if (target.via === 'capture') return lookAtCapture(target, options);
  if (target.via === 'kubeconfig') return lookAtCluster(target, options);
  return { ok: false, reason: { code: 'not-configured', message: 'clusters are not read through EKS yet' }, problems: [] };
}

async function lookAtCapture(target: ClusterTarget & { via: 'capture' }, { namespaces, startedAt, onProgress }: LookOptions): Promise<Look> {
  const { readCapture } = await import('../../lambda/collect/capture/read-capture.ts');
  return readCapture(target.path, { plan: collectionPlan(), now: startedAt, onProgress, ...(namespaces ? { namespaces } : {}) });
}

async function lookAtCluster(target: ClusterTarget & { via: 'kubeconfig' }, { namespaces, now, onProgress }: LookOptions): Promise<Look> {
  const [{ connect }, { readCluster }] = await Promise.all([
    import('../../lambda/collect/kubernetes/connect.ts'),
    import('../../lambda/collect/kubernetes/read-cluster.ts'),
  ]);
  const connection = await connect(target);
  if (!connection.ok) return { ok: false, reason: connection.reason, problems: [] };
  const read = await readCluster(connection.connection, { target, plan: collectionPlan(), now, onProgress, ...(namespaces ? { namespaces } : {}) });
  return read.ok ? read : { ok: false, reason: read.reason, problems: read.problems, ...(read.cluster ? { cluster: read.cluster.id } : {}) };
}
