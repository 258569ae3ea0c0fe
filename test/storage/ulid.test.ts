import { expect, test } from '@jest/globals';
import { isUlid, newUlid, ulidSource, ulidTime } from '../../lambda/storage/ulid.ts';

test('carries its moment, to the millisecond', () => {
  const moment = new Date('2026-11-21T06:00:00.123Z');
  const ulid = ulidSource(() => moment, (bytes) => new Uint8Array(bytes))();
  expect(ulid).toBe('01M7YB1BVV0000000000000000');
  expect(ulidTime(ulid)).toEqual(moment);
});

test('the example of the specification', () => {
  expect(ulidTime('01ARZ3NDEKTSV4RRFFQ69G5FAV').toISOString()).toBe('2016-07-30T23:54:10.259Z');
});

test('rises within a millisecond, over a carry, and when the clock steps back', () => {
  const times = [5, 5, 5, 3, 6];
  let given = 0;
  const next = ulidSource(() => new Date(times.shift()!), (bytes) => Uint8Array.from({ length: bytes }, (_, index) => (given++, index < 14 ? 0 : 31)));
  const ulids = Array.from({ length: 5 }, next);
  expect(ulids.map((ulid) => ulid.slice(9))).toEqual(['500000000000000ZZ', '50000000000000100', '50000000000000101', '50000000000000102', '600000000000000ZZ']);
  expect([...ulids].sort()).toEqual(ulids);
  expect(given).toBe(32);
});

test('says so when there is none left', () => {
  const next = ulidSource(() => new Date(0), (bytes) => new Uint8Array(bytes).fill(255));
  next();
  expect(next).toThrow('more than 2^80 names in one millisecond');
});

test('what is no ULID is told', () => {
  for (const text of ['', '01ARZ3NDEKTSV4RRFFQ69G5FA', '81ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAI', '../../../../../../../../..']) {
    expect(isUlid(text)).toBe(false);
    expect(() => ulidTime(text)).toThrow('is not a ULID');
  }
});

test('of this process are apart and rise', () => {
  const moment = new Date('2026-11-21T06:00:00Z');
  const ulids = Array.from({ length: 100 }, () => newUlid(moment));
  expect(new Set(ulids).size).toBe(100);
  expect([...ulids].sort()).toEqual(ulids);
  expect(ulids.every(isUlid)).toBe(true);
});
