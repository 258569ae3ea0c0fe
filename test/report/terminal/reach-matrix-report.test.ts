import { expect, test } from '@jest/globals';
import type { ReachMatrix } from '../../../lambda/facts/network/reach/reach-matrix.ts';
import { reachMatrixReport } from '../../../lambda/report/terminal/reach-matrix-report.ts';

const cluster = { id: 'prod', label: 'prod' };

function report(matrix: Partial<ReachMatrix>, options: { width?: number; rows?: number } = {}): readonly string[] {
  const whole = { namespaces: [], written: [], enforced: [], hostNetwork: 0, withoutNodes: 0, notes: [], ...matrix };
  return reachMatrixReport(undefined, [{ cluster, unread: [], matrix: whole }], { width: 100, colour: false, rows: Infinity, ...options }).split('\n');
}

const MANY = Array.from({ length: 12 }, (_, i) => ({ name: `team-with-a-long-name-${i}`, workloads: 1000 }));
const ALL = MANY.map(() => MANY.map(() => 1_000_000));

test('only all is all, and only none is none', () => {
  const namespaces = [{ name: 'a', workloads: 20 }, { name: 'b', workloads: 20 }];
  expect(report({ namespaces, written: [[1, 0], [399, 380]], enforced: [[1, 0], [399, undefined]] }).slice(1, 9)).toEqual([
    '  as written',
    '       size     1     2',
    '  1 a    20   <1%     .',
    '  2 b    20  >99%   all',
    '  as enforced',
    '       size     1     2',
    '  1 a    20   <1%     .',
    '  2 b    20  >99%     ?',
  ]);
});

test.each([100, 60, 40, 28])('no line is wider than %i columns, and every namespace has its row and column', (width) => {
  const lines = report({ namespaces: MANY, written: ALL, enforced: ALL }, { width });
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  const heads = lines.filter((line) => /^ +size /.test(line)).flatMap((line) => line.trim().split(/ +/).slice(1));
  expect(heads).toEqual(MANY.map((_, i) => String(i + 1)));
  expect(lines.filter((line) => line.startsWith('  12 team')).length).toBe(lines.filter((line) => /^ +size /.test(line)).length);
});

test('one screen shows the first, and says how many more there are', () => {
  const lines = report({ namespaces: MANY, written: ALL, enforced: ALL }, { width: 60, rows: 9 });
  expect(lines.filter((line) => /^ +size /.test(line))).toHaveLength(1);
  expect(lines).toContain('    … and 3 rows and 8 columns more; --all shows them');
});
