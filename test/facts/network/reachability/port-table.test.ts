import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPortTable, type PortInterval } from '../../../../lambda/facts/network/reachability/port-table.ts';

const port = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 65_534, 65_535, 65_536));
const interval = fc.record({ protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', 'ICMP'), first: port, last: port });
const intervals = fc.array(interval, { maxLength: 4 });
const POINTS = (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 65_533, 65_534, 65_535].map((number) => [protocol, number] as const));

function covers(list: readonly PortInterval[], protocol: string, number: number): boolean {
  return list.some((each) => each.protocol === protocol && each.first <= number && number <= each.last);
}

test('sets of ports are combined point by point, in both families', () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      const table = createPortTable();
      const [left, right] = [table.of(a), table.of(b)];
      for (const family of ['IPv4', 'IPv6'] as const) {
        for (const [protocol, number] of POINTS) {
          const [inA, inB] = [covers(a, protocol, number), covers(b, protocol, number)];
          expect(table.has(left, family, protocol, number)).toBe(inA);
          expect(table.has(table.union(left, right), family, protocol, number)).toBe(inA || inB);
          expect(table.has(table.intersection(left, right), family, protocol, number)).toBe(inA && inB);
          expect(table.has(table.difference(left, right), family, protocol, number)).toBe(inA && !inB);
        }
      }
    }),
  );
});

test('equal sets have one number, and are read as they were written', () => {
  const table = createPortTable();
  const whole = table.of([{ protocol: 'TCP', first: 1, last: 65_535 }]);
  const halves = table.of([{ protocol: 'TCP', first: 100, last: 65_535 }, { protocol: 'TCP', first: 1, last: 99 }]);
  expect(halves).toBe(whole);
  expect(table.read(whole, 'IPv6')).toEqual({ ports: [{ protocol: 'TCP', first: 1, last: 65_535 }], other: false });
  expect(table.read(table.intersection(whole, table.lanes.IPv4), 'IPv6')).toEqual({ ports: [], other: false });
  expect(table.union(table.lanes.IPv4, table.lanes.IPv6)).toBe(table.all);
  expect(table.read(table.all, 'IPv4')).toEqual({
    ports: ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol, first: 1, last: 65_535 })),
    other: true,
  });
});

test('what is no port is in no set', () => {
  const table = createPortTable();
  expect(table.of([{ protocol: 'TCP', first: 9, last: 1 }])).toBe(table.none);
  expect(table.of([{ protocol: 'GRE', first: 1, last: 65_535 }])).toBe(table.none);
  expect(table.of([{ protocol: 'TCP', first: Number.NaN, last: 5 }])).toBe(table.none);
});
