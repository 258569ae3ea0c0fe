import { describe, expect, test } from '@jest/globals';
import { openFindings, type FindingFilter } from '../../lambda/report/open-findings.ts';
import { DAY_1, DAY_2, cluster, finding, state } from '../notify/given.ts';

const STATES = [
  state({ ...cluster('prod-eu'), arn: 'arn:eu', name: 'shop' }, [
    finding('admin-binding', 'a/one', { severity: 'critical' }),
    finding('idle-policy', 'b/two', { severity: 'low' }),
    finding('idle-policy', 'b/excepted', { status: 'excepted' }),
    finding('no-policy', 'b', { severity: 'medium', resource: { apiVersion: 'v1', kind: 'Namespace', name: 'b' } }),
  ], { checks: [{ check: 'idle-policy', unseen: { since: DAY_2, reason: 'x', lost: true } }, { check: 'admin-binding', unseen: { since: DAY_2, reason: 'never told' } }] }),
  state(cluster('prod-us'), [finding('admin-binding', 'a/three')], { unseen: { since: DAY_1, reason: 'no answer' } }),
  state(cluster('old'), [finding('admin-binding', 'a/gone')], { gone: { at: DAY_1 } }),
];

describe('open findings', () => {
  const names = (filter: FindingFilter) => openFindings(STATES, filter).map(({ finding: { resource }, unseen }) => `${resource.name}${unseen === undefined ? '' : ` ${unseen.slice(0, 10)}`}`);
  const cases: readonly (readonly [name: string, filter: FindingFilter, found: readonly string[]])[] = [
    ['all: without what is excepted or gone, and with what nobody can see', {}, ['one', 'two 2026-11-21', 'b', 'three 2026-11-20']],
    ['by severity', { severity: 'medium' }, ['one', 'b', 'three 2026-11-20']],
    ['by check', { checks: new Set(['idle-policy']) }, ['two 2026-11-21']],
    ['by label', { clusters: new Set(['prod-us']) }, ['three 2026-11-20']],
    ['by ARN', { clusters: new Set(['arn:eu']) }, ['one', 'two 2026-11-21', 'b']],
    ['by name', { clusters: new Set(['shop']) }, ['one', 'two 2026-11-21', 'b']],
    ['by namespace, the Namespace itself included', { namespaces: new Set(['b']) }, ['two 2026-11-21', 'b']],
    ['unseen', { unseen: true }, ['two 2026-11-21', 'three 2026-11-20']],
    ['nothing', { checks: new Set(['retired']) }, []],
  ];
  for (const [name, filter, found] of cases) {
    test(name, () => {
      expect(names(filter)).toEqual(found);
    });
  }
});
