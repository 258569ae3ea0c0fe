import type { Refusal } from '../../model/collected.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { absentNamespaces } from './asked-namespaces.ts';
import type { CaptureLimits } from './capture-limits.ts';
import type { KubernetesContents } from './kubernetes-contents.ts';

export interface CaptureOptions {
  readonly plan: CollectionPlan;
  /** The capture is of these namespaces, or only these are wanted; absent: of all. */
  readonly namespaces?: readonly string[];
  /** When the run began: a capture that kubectl wrote is a look of this moment. UTC, ISO 8601. */
  readonly now: string;
  /** What is being read, in words. */
  readonly onProgress?: (doing: string) => void;
  /** `CAPTURE_LIMITS` unless given. */
  readonly limits?: CaptureLimits;
}

export type CaptureResult =
  | { readonly ok: true; readonly snapshot: Snapshot }
  /** `cluster`: its id, where that could be told. */
  | { readonly ok: false; readonly reason: Refusal; readonly problems: readonly string[]; readonly cluster?: string };

/** A capture that was read: what is doubtful about the whole of it is said. `toIdentify`: what would tell which cluster it is of. */
export function settled(snapshot: Snapshot, contents: KubernetesContents, asked: readonly string[] | undefined, toIdentify: string): CaptureResult {
  const { cluster } = snapshot;
  const absent = absentNamespaces(asked, contents);
  const problems = [...snapshot.problems, ...absent.problems];
  if (absent.none !== undefined) return { ok: false, reason: { code: 'not-configured', message: absent.none }, problems, cluster: cluster.id };
  if (cluster.arn === undefined && cluster.uid === undefined) {
    problems.push(`nothing in the capture says which cluster it is of: it is known by its name "${cluster.label}" alone, and every capture of that name counts as the same cluster. ${toIdentify}`);
  }
  return { ok: true, snapshot: { ...snapshot, problems } };
}

export function nothing(message: string, problems: readonly string[]): CaptureResult {
  return { ok: false, reason: { code: 'unreadable', message }, problems: problems.filter((problem) => problem !== message) };
}
