import { describe, expect, test } from '@jest/globals';
import { itemsOfFindings } from '../../../lambda/notify/digest.ts';
import { checkExplanation, findingExplanation, itemExplanation, type ExplainedCheck, type ExplainedFinding } from '../../../lambda/report/terminal/explanation.ts';
import { DAY_1, DAY_2, WORDS, change, cluster, finding } from '../../notify/given.ts';

const CHECK: ExplainedCheck = {
  id: 'admin-binding',
  title: 'An ordinary account is cluster-admin',
  severity: 'high',
  worstSeverity: 'critical',
  area: 'rbac',
  rationale: 'Whoever takes over the account owns the cluster.',
  remediation: 'Bind a role with what it needs.',
  references: ['https://example.com/a', 'https://example.com/b'],
  controls: ['cis-eks-1.8.0/4.1.1'],
  needs: ['clusterRoleBindings'],
  wants: ['eksCluster'],
  identity: { resource: 'subject', key: 'power and scope' },
};
const OPTIONS = { width: 84, colour: false, now: '2026-11-21T06:00:00.000Z' };
const EU = cluster('prod-eu');

const JUDGEMENT = `Why it matters   Whoever takes over the account owns the cluster.
What to do       Bind a role with what it needs.
Controls         CIS EKS 1.8.0: 4.1.1
See              https://example.com/a
                 https://example.com/b
`;

describe('explain a check', () => {
  test('what it means, what to do, what it reads, how many are open', () => {
    expect(checkExplanation(CHECK, { findings: 3, clusters: 2, command: 'eksaminer findings --check admin-binding' }, OPTIONS)).toBe(`high  An ordinary account is cluster-admin                             admin-binding

${JUDGEMENT}Severity         high, critical at worst
Area             Rights (RBAC)
A finding is     about subject; told apart by power and scope
Reads            clusterRoleBindings, eksCluster (where it may)

3 findings of it open in 2 clusters: eksaminer findings --check admin-binding
`);
  });

  test('without a record it says nothing of findings', () => {
    expect(checkExplanation(CHECK, undefined, OPTIONS)).not.toContain('findings of it');
    expect(checkExplanation(CHECK, { findings: 0, clusters: 0, command: 'eksaminer findings' }, OPTIONS)).toContain('\nNo findings of it are open.\n');
  });
});

describe('explain a finding', () => {
  const found = finding('admin-binding', 'ci/runner', {
    severity: 'critical',
    message: 'ci/runner is cluster-admin by ClusterRoleBinding ci',
    evidence: { bindings: ['ClusterRoleBinding ci'], roleRules: 2 },
    since: '2026-11-12T06:00:00.000Z',
    changedBy: { manager: 'helm', time: '2026-11-20T17:42:00Z' },
  });
  const history = [
    change('opened', EU, { ...found, severity: 'high' }, { observedAt: '2026-11-12T06:00:00.000Z', origin: 'first-look' }),
    change('worsened', EU, found, { observedAt: DAY_1, was: 'high' }),
  ];
  const story: ExplainedFinding = { cluster: EU, finding: found, title: CHECK.title, check: CHECK, standing: { state: 'open' }, history };

  test('where, why we say so, why it matters, what to do, how it came', () => {
    expect(findingExplanation(story, OPTIONS)).toBe(`critical  An ordinary account is cluster-admin
          prod-eu, open since 12 November 2026, 9 days

  ServiceAccount ci/runner
    ci/runner is cluster-admin by ClusterRoleBinding ci.
    bindings    ClusterRoleBinding ci
    role rules  2

${JUDGEMENT}
Changed by       helm, yesterday 17:42 UTC (the newest entry of managedFields)
History          12 November 2026 06:00 UTC  opened  high  (at the first look)
                 yesterday 06:00 UTC  worsened  high → critical
Ids              finding ${found.fingerprint}, item
                 ${found.item}, check admin-binding
`);
  });

  test('one that was resolved, one that is excepted, one that nobody can see', () => {
    const head = (standing: ExplainedFinding['standing']) => findingExplanation({ ...story, standing }, OPTIONS).split('\n')[1]!.trim();
    expect(head({ state: 'resolved', at: DAY_2 })).toBe('prod-eu, resolved today 06:00 UTC; it was open for 9 days');
    expect(head({ state: 'excepted' })).toBe('prod-eu, excepted; found since 12 November 2026, 9 days');
    expect(head({ state: 'open', unseen: DAY_1 })).toBe('prod-eu, open since 12 November 2026, 9 days; out of sight since yesterday');
  });

  test('of a check that this version does not have', () => {
    expect(findingExplanation({ ...story, check: undefined }, OPTIONS)).toContain('This version of Eksaminer has no such check any more; its findings stay in the\nrecord.');
  });
});

test('explain an item: every place, the oldest, and what to do', () => {
  const places = ['a', 'b', 'c'].map((name, index) => ({ cluster: EU, finding: finding('admin-binding', `${name}/x`, { since: index === 1 ? '2026-11-01T00:00:00Z' : DAY_1 }), ...(index === 2 ? { unseen: DAY_1 } : {}) }));
  const [item] = itemsOfFindings(places, WORDS);
  const text = itemExplanation(item!, CHECK, { ...OPTIONS, places: 2, short: (fingerprint) => fingerprint.slice(0, 4), explain: 'eksaminer explain ID' });
  const [a, b] = places.map((place) => place.finding.fingerprint.slice(0, 4));
  expect(text).toBe(`high  An ordinary account is cluster-admin
      3 findings, open since 1 November 2026, 20 days (the oldest)

  prod-eu  ServiceAccount a/x                                                   ${a}
    a/x is at fault.
  prod-eu  ServiceAccount b/x                                                   ${b}
    b/x is at fault.
  … 1 more: --all

${JUDGEMENT}
One of them alone, with its evidence and history (its id is at its right): eksaminer
explain ID
`);
});
