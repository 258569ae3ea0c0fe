import { expect, test } from '@jest/globals';
import type { MeasuredNetwork } from '../../lambda/model/network-measures.ts';
import { replay } from '../../lambda/reconcile/read-history.ts';
import { readLooks } from '../../lambda/reconcile/read-looks.ts';
import { stateKey } from '../../lambda/storage/layout.ts';
import { memoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants } from './invariants.ts';
import { runOf } from './run-of.ts';

const A = cluster('a');
const measured = (reachable: number): MeasuredNetwork => ({
  measures: {
    workloads: 4,
    pairs: { reachable, of: 12 },
    acrossNamespaces: { reachable: 0, of: 0 },
    isolated: { ingress: 0, egress: 0, both: 0 },
    blastRadius: { median: 3, maximum: 3 },
    reaching: { metadataService: 4, internet: 4, apiServer: null },
  },
  unsure: [],
});

test('what each run measured is in the history; states are a fold of it as before, and other measures are no change', async () => {
  const store = memoryStore();
  const looks: (MeasuredNetwork | undefined)[] = [undefined, measured(12), { unsure: ['networkPolicies: may not list networkpolicies'] }, measured(3)];
  for (const [minute, network] of looks.entries()) {
    const { changes } = await runOf(store, { assessments: [{ ...assessmentOf({ cluster: A, at: at(minute), checks: { x: [] } }), ...(network ? { network } : {}) }] });
    expect(changes).toEqual([]);
  }
  expect((await readLooks(store, () => true)).map(({ seq, network }) => [seq, network])).toEqual([[1, undefined], [2, measured(12)], [3, { unsure: ['networkPolicies: may not list networkpolicies'] }], [4, measured(3)]]);
  expect(await readLooks(store, ({ network }) => network?.measures?.pairs.reachable === 3)).toHaveLength(1);
  await assertInvariants(store);
  expect((await replay(store, 4)).get(A.id)).toMatchObject({ seq: 4, findings: [] });
  expect(store.objects.has(stateKey(A.id))).toBe(true);
});
