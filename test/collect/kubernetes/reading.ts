import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { readCluster, type ReadOptions, type ReadResult } from '../../../lambda/collect/kubernetes/read-cluster.ts';
import type { ClusterTarget } from '../../../lambda/model/cluster-target.ts';
import type { KindDefinition } from '../../../lambda/model/kinds.ts';
import type { Snapshot } from '../../../lambda/model/snapshot.ts';
import { fakeApiServer, type FakeCluster } from './fake-api-server.ts';
import { TestClock } from './test-clock.ts';

export const TARGET: ClusterTarget = { via: 'kubeconfig', label: 'prod-eu', context: 'prod-eu' };
export const STARTED = new Date('2026-11-21T06:00:00.000Z');

export interface Reading {
  readonly result: ReadResult;
  readonly requests: readonly string[];
  readonly doing: readonly string[];
  readonly clock: TestClock;
}

/** Reads a fake cluster over real HTTPS. */
export async function reading(cluster: FakeCluster, options: Partial<ReadOptions> = {}): Promise<Reading> {
  await using server = await fakeApiServer(cluster);
  const doing: string[] = [];
  const clock = new TestClock();
  const result = await readCluster(server.connection, {
    target: TARGET,
    plan: collectionPlan(),
    now: () => STARTED,
    onProgress: (text) => void doing.push(text),
    clock,
    random: () => 0.5,
    ...options,
  });
  return { result, requests: [...server.requests], doing, clock };
}

export async function snapshotFrom(cluster: FakeCluster, options: Partial<ReadOptions> = {}): Promise<Snapshot> {
  const { result } = await reading(cluster, options);
  if (!result.ok) throw new Error(`not read: ${result.reason.message}`);
  return result.snapshot;
}

/** Where a kind's objects are listed. */
export function pathOf({ group, versions, plural }: KindDefinition): string {
  return group === '' ? `/api/v1/${plural}` : `/apis/${group}/${versions[0]}/${plural}`;
}
