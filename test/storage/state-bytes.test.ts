import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { seqOfState, stateBody, stateEnding, toStateBytes, withSeq } from '../../lambda/storage/state-bytes.ts';
import { DamagedObjectError, fromJsonGzip, toJsonGzip } from '../../lambda/storage/stored-json.ts';

const STATE: ClusterState = { schemaVersion: 1, cluster: { id: 'uid:1', label: 'ä' }, run: 'r', seq: 7, namespaces: 'all', checks: [], findings: [], resolved: [] };

test('a state comes back as it was put, its number last', () => {
  expect(fromJsonGzip('k', toStateBytes(STATE))).toEqual(STATE);
  expect(gunzipSync(toStateBytes(STATE)).toString()).toBe('{"checks":[],"cluster":{"id":"uid:1","label":"ä"},"findings":[],"namespaces":"all","resolved":[],"run":"r","schemaVersion":1,"seq":7}\n');
});

test('what is staged does not depend on the number, and with it is the state', () => {
  expect(stateBody({ ...STATE, seq: 8 })).toEqual(stateBody(STATE));
  expect(withSeq(stateBody(STATE), 8)).toEqual(toStateBytes({ ...STATE, seq: 8 }));
  expect(Buffer.concat([stateBody(STATE), stateEnding(7)])).toEqual(toStateBytes(STATE));
});

test("its number is found without the rest, in the form of before too, and is nobody else's", () => {
  expect(seqOfState('k', toStateBytes({ ...STATE, seq: 123_456_789_012 }))).toBe(123_456_789_012);
  const unseen = { ...STATE, unseen: { since: '', reason: ',"seq":9}' } };
  for (const bytes of [toStateBytes(unseen), toJsonGzip(unseen), toJsonGzip(STATE)]) expect(seqOfState('k', bytes)).toBe(7);
  for (const other of [{ z: { a: 1, seq: 9 } }, { z: ',"seq":9}' }, null, { seq: '7' }]) expect(seqOfState('k', toJsonGzip(other))).toBeUndefined();
  for (const cut of [toStateBytes(STATE).slice(0, -2), Buffer.from('x')]) expect(() => seqOfState('k', cut)).toThrow(DamagedObjectError);
});
