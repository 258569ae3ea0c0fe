import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import type { AwsCredentialProvider } from '../../lambda/discover/eks/aws-access.ts';
import { cappedText } from '../../lambda/model/capped-text.ts';
import type { ReadResult } from '../../lambda/collect/kubernetes/read-cluster.ts';
import type { CollectionPlan } from '../../lambda/model/collection-plan.ts';
import type { ClusterTarget, EksTarget } from '../../lambda/model/cluster-target.ts';
import type { Refusal } from '../../lambda/model/collected.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';

/** What it takes to read a cluster through EKS. */
export interface EksLook {
  readonly credentials: AwsCredentialProvider;
}

export interface LookOptions {
  readonly eks?: EksLook;
  readonly namespaces?: readonly string[];
  /** Start of the run: plain captures are looks of that moment. */
  readonly startedAt: string;
  readonly now: () => Date;
  readonly onProgress: (doing: string) => void;
  /** What is kept; absent: what an audit asks. */
  readonly plan?: CollectionPlan;
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
  return lookThroughEks(target, options);
}

async function lookAtCapture(target: ClusterTarget & { via: 'capture' }, { namespaces, startedAt, onProgress, plan = collectionPlan() }: LookOptions): Promise<Look> {
  const { readCapture } = await import('../../lambda/collect/capture/read-capture.ts');
  return readCapture(target.path, { plan, now: startedAt, onProgress, ...(namespaces ? { namespaces } : {}) });
}

async function lookAtCluster(target: ClusterTarget & { via: 'kubeconfig' }, { namespaces, now, onProgress, plan = collectionPlan() }: LookOptions): Promise<Look> {
  const [{ connect }, { readCluster }] = await Promise.all([
    import('../../lambda/collect/kubernetes/connect.ts'),
    import('../../lambda/collect/kubernetes/read-cluster.ts'),
  ]);
  const connection = await connect(target);
  if (!connection.ok) return { ok: false, reason: connection.reason, problems: [] };
  return lookOf(await readCluster(connection.connection, { target, plan, now, onProgress, ...(namespaces ? { namespaces } : {}) }));
}

async function lookThroughEks(target: EksTarget, { eks, namespaces, now, onProgress, plan = collectionPlan() }: LookOptions): Promise<Look> {
  if (!eks) throw new Error(`no credentials for ${target.arn}`);
  const { readEksCluster } = await import('../../lambda/collect/eks/read-eks-cluster.ts');
  // Private endpoints of other names are for those who deploy: nobody says here which to trust.
  const endpoints = { suffixes: [], addresses: [] };
  return lookOf(await readEksCluster(target, { credentials: eks.credentials, plan, now, endpoints, onProgress, ...(namespaces ? { namespaces } : {}) }));
}

function lookOf(read: ReadResult): Look {
  return read.ok ? read : { ok: false, reason: read.reason, problems: read.problems, ...(read.cluster ? { cluster: read.cluster.id } : {}) };
}
