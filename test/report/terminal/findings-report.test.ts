import { describe, expect, test } from '@jest/globals';
import { itemsOfFindings } from '../../../lambda/notify/digest.ts';
import { shortIds } from '../../../lambda/notify/short-ids.ts';
import { findingsReport, type FindingsOptions } from '../../../lambda/report/terminal/findings-report.ts';
import { DAY_1, WORDS, cluster, finding } from '../../notify/given.ts';

const EU = cluster('prod-eu');
const FOUND = [
  { cluster: EU, finding: finding('idle-policy', 'web/old', { severity: 'low' }) },
  { cluster: EU, finding: finding('admin-binding', 'a/one', { severity: 'critical' }) },
  { cluster: cluster('prod-us'), finding: finding('admin-binding', 'a/one', { severity: 'critical' }), unseen: DAY_1 },
];

function reported(found: typeof FOUND, more: Partial<FindingsOptions> = {}): string {
  const items = itemsOfFindings(found, WORDS);
  return findingsReport(items, { short: shortIds(items.map(({ id }) => id)), places: 3, items: 10, width: 80, colour: false, now: '2026-11-21T06:00:00.000Z', filtered: false, explain: 'eksaminer explain ID', clusters: 2, ...more });
}

describe('eksaminer findings', () => {
  test('the most consequential first; what nobody could look at is marked', () => {
    expect(reported(FOUND)).toBe(`3 findings open   2 critical  1 low

critical  An ordinary account is cluster-admin                              d0c7
          prod-eu a/one; prod-us a/one: a/one is at fault
          1 of 2 out of sight since yesterday 06:00 UTC: nobody could look
          whether it is still there.
          Bind a role with what it needs.
low       Policies that select no pod                                       7bc8
          prod-eu: web/old is at fault
          Delete the policy.

What one means and what to do: eksaminer explain ID
`);
  });

  test('one screen, and how to see the rest', () => {
    expect(reported(FOUND, { items: 1 })).toContain('\n  … 1 more: --all\n');
  });

  test('none, and none of a kind, are different sentences', () => {
    expect(reported([])).toBe('No findings open in 2 clusters.\n');
    expect(reported([], { filtered: true })).toBe('No open finding of this kind in the record of 2 clusters.\n');
  });
});
