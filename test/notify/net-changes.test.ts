import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Change, FindingChange } from '../../lambda/model/change.ts';
import { SEVERITIES, compareSeverity, type Severity } from '../../lambda/model/severity.ts';
import { netChanges } from '../../lambda/notify/net-changes.ts';
import { change, cluster, finding, sight } from './given.ts';

const EU = cluster('prod-eu');
const told = (changes: readonly Change[]) => netChanges(changes).map((left) => [left.kind, 'finding' in left ? left.finding.severity : undefined, 'was' in left ? left.was : undefined]);
const row = (kind: FindingChange['kind'], severity: Severity, was?: Severity, status: 'open' | 'excepted' = kind === 'excepted' ? 'excepted' : 'open') =>
  change(kind, EU, finding('admin-binding', 'a/a', { severity, status }), was === undefined ? {} : { was });

describe('what is left of several runs', () => {
  const cases: readonly (readonly [name: string, changes: readonly FindingChange[], left: readonly unknown[]])[] = [
    ['one change is itself', [row('worsened', 'high', 'low')], [['worsened', 'high', 'low']]],
    ['opened and resolved is nothing', [row('opened', 'high'), row('resolved', 'high')], []],
    ['resolved and reopened as it was is nothing to tell', [row('resolved', 'high'), row('reopened', 'high')], [['updated', 'high', undefined]]],
    ['resolved and reopened worse is worse', [row('resolved', 'low'), row('reopened', 'high')], [['worsened', 'high', 'low']]],
    ['opened and worsened is opened, as bad as it is now', [row('opened', 'low'), row('worsened', 'high', 'low')], [['opened', 'high', undefined]]],
    ['worsened twice is worsened once', [row('worsened', 'medium', 'low'), row('worsened', 'critical', 'medium')], [['worsened', 'critical', 'low']]],
    ['worsened and eased back is nothing to tell', [row('worsened', 'high', 'low'), row('eased', 'low', 'high')], [['updated', 'low', undefined]]],
    ['reopened and resolved is nothing', [row('reopened', 'high'), row('resolved', 'high')], []],
    ['opened and excepted is excepted', [row('opened', 'high'), row('excepted', 'high')], [['excepted', 'high', undefined]]],
    ['excepted and unexcepted is nothing to tell', [row('excepted', 'high'), row('unexcepted', 'high')], [['updated', 'high', undefined]]],
    ['an excepted one resolved and reopened is excepted no more', [row('resolved', 'high', undefined, 'excepted'), row('reopened', 'high')], [['unexcepted', 'high', undefined]]],
    ['narrowed and seen again is nothing to tell', [row('narrowed', 'high'), row('updated', 'high')], [['updated', 'high', undefined]]],
    ['narrowed and worsened is worse', [row('narrowed', 'low'), row('worsened', 'high', 'low')], [['worsened', 'high', 'low']]],
    ['narrowed and resolved is nothing: the stronger one was told', [row('narrowed', 'high'), row('resolved', 'high')], []],
    ['worsened and absorbed is absorbed', [row('worsened', 'high', 'low'), row('absorbed', 'high')], [['absorbed', 'high', undefined]]],
    ['opened and absorbed is nothing', [row('opened', 'high'), row('absorbed', 'high')], []],
    ['worsened and resolved is resolved', [row('worsened', 'high', 'low'), row('resolved', 'high')], [['resolved', 'high', undefined]]],
  ];
  for (const [name, changes, left] of cases) {
    test(name, () => {
      expect(told(changes)).toEqual(left);
    });
  }

  test('sight that was lost and came back is nothing; lost twice, nothing doubled', () => {
    expect(netChanges([sight('lost-sight', EU), sight('regained-sight', EU)])).toEqual([]);
    expect(netChanges([sight('lost-sight', EU), sight('regained-sight', EU), sight('lost-sight', EU, { reason: 'again' })])).toEqual([sight('lost-sight', EU, { reason: 'again' })]);
  });

  test('the same fingerprint in two clusters is two findings', () => {
    const other = { ...row('resolved', 'high'), cluster: cluster('prod-us') };
    expect(netChanges([row('opened', 'high'), other])).toHaveLength(2);
  });
});

type Standing = { readonly status: 'never' | 'open' | 'excepted' | 'resolved'; readonly severity: Severity };

/** A history that can be: each change follows from where the one before it left the finding. `standings[i]` is where it stood before row i. */
const history = fc.array(fc.tuple(fc.nat(6), fc.constantFrom(...SEVERITIES)), { minLength: 1, maxLength: 12 }).map((steps) => {
  const rows: FindingChange[] = [];
  const standings: Standing[] = [{ status: 'never', severity: 'info' }];
  for (const [choice, severity] of steps) {
    const standing = standings.at(-1)!;
    if (standing.status === 'never') rows.push(row('opened', severity));
    else if (standing.status === 'resolved') rows.push(row('reopened', severity));
    else if (choice === 0) rows.push(row('resolved', standing.severity, undefined, standing.status));
    else if (standing.status === 'excepted') rows.push(row('unexcepted', standing.severity));
    else if (choice === 1) rows.push(row('excepted', standing.severity));
    else if (severity === standing.severity) continue;
    else rows.push(row(compareSeverity(severity, standing.severity) < 0 ? 'worsened' : 'eased', severity, standing.severity));
    const { kind, finding: found } = rows.at(-1)!;
    standings.push({ status: kind === 'resolved' ? 'resolved' : kind === 'excepted' ? 'excepted' : 'open', severity: found.severity });
  }
  return { rows, standings };
});

test('whatever happened meanwhile, what is told follows from both ends', () => {
  fc.assert(
    fc.property(history, fc.nat(12), ({ rows, standings }, from) => {
      const [before, after] = [standings[Math.min(from, rows.length)]!, standings.at(-1)!];
      const news = netChanges(rows.slice(from)).filter(({ kind }) => kind !== 'updated');
      const gone = (standing: Standing): boolean => standing.status === 'never' || standing.status === 'resolved';
      if (gone(before) && gone(after)) expect(news).toEqual([]);
      else if (before.status === after.status && before.severity === after.severity) expect(news).toEqual([]);
      else {
        expect(news).toHaveLength(1);
        const [left] = news as FindingChange[];
        if (!gone(after)) expect(left!.finding).toMatchObject({ severity: after.severity, status: after.status });
        else expect(left!.kind).toBe('resolved');
        if (before.status === 'never' && after.status === 'open') expect(left!.kind).toBe('opened');
        if (before.status === 'resolved' && after.status === 'open') expect(left!.kind).toBe('reopened');
        if (left!.was !== undefined) expect(left!.was).toBe(before.severity);
      }
    }),
  );
});
