import { describe, expect, test } from '@jest/globals';
import { findMeant, listMeant } from '../../bin/explain/find-meant.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { cluster, finding, state } from '../notify/given.ts';

const EMPTY: ObjectStore = {
  get: () => Promise.resolve(undefined),
  put: () => Promise.reject(new Error('explaining writes nothing')),
  list: async function* () {
    // nothing in it
  },
};

const hex = (beginning: string) => beginning.padEnd(32, '0');
const STATES: readonly ClusterState[] = [
  state(cluster('prod-eu'), [
    finding('idle-policy', 'a/a', { item: hex('abcd1'), fingerprint: hex('1111a') }),
    finding('idle-policy', 'a/b', { item: hex('abcd2'), fingerprint: hex('abcd3') }),
    finding('idle-policy', 'a/c', { item: hex('abcd2'), fingerprint: hex('1111b') }),
    finding('idle-policy', 'a/d', { item: hex('ffff0'), fingerprint: hex('2222'), status: 'excepted' }),
  ]),
];

describe('what an id leads to', () => {
  const cases: readonly (readonly [id: string, meant: readonly string[]])[] = [
    ['abcd1', [`item ${hex('abcd1')}`]],
    ['abcd', [`item ${hex('abcd1')}`, `item ${hex('abcd2')}`]],
    ['abcd3', [`finding ${hex('abcd3')}`]],
    ['1111', [`finding ${hex('1111a')}`, `finding ${hex('1111b')}`]],
    ['ffff', [`finding ${hex('2222')}`]],
    ['9999', []],
  ];
  for (const [id, meant] of cases) {
    test(id, async () => {
      expect((await findMeant(id, STATES, EMPTY)).map(({ type, id: whole }) => `${type} ${whole}`)).toEqual(meant);
    });
  }

  test('several are named, the first few', () => {
    const meant = Array.from({ length: 7 }, (_, index) => ({ type: 'item' as const, id: hex(`abcd${index}`), title: `Title ${index}` }));
    expect(listMeant(meant.slice(0, 2))).toBe('abcd00000000 (Title 0), abcd10000000 (Title 1)');
    expect(listMeant(meant)).toMatch(/ and 2 more$/);
  });
});
