import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../lambda/notify/digest.ts';
import { shortIds } from '../../../lambda/notify/short-ids.ts';
import type { Change } from '../../../lambda/model/change.ts';
import type { ClusterState } from '../../../lambda/model/cluster-state.ts';
import { auditReport } from '../../../lambda/report/terminal/audit-report.ts';
import type { ClusterLine } from '../../../lambda/report/terminal/cluster-blocks.ts';
import { DAY_1, DAY_2, WORDS, byId, change, cluster, finding, sight, state } from '../../notify/given.ts';
import { assessmentOf, outcome, refusedOutcome } from '../given-assessment.ts';

const EU = cluster('prod-eu');
const US = cluster('prod-us');

interface Given {
  readonly changes?: readonly Change[];
  readonly states: readonly ClusterState[];
  readonly before?: readonly ClusterState[];
  readonly clusters?: readonly ClusterLine[];
  readonly width?: number;
  readonly items?: number;
  readonly colour?: boolean;
}

function reported({ changes = [], states, before = [], clusters, width = 90, items = 10, colour = false }: Given): string {
  const told = digest(changes, states, byId(before), WORDS);
  const short = shortIds([...told.items, ...(told.baseline?.items ?? [])].map(({ id }) => id));
  const lines = clusters ?? states.map(({ cluster: { label } }) => ({ label, assessment: assessmentOf(label) }));
  return auditReport({ clusters: lines, digest: told, store: '.eksaminer/' }, { width, colour, now: '2026-11-21T06:00:30.000Z', short, places: 3, items, news: items, rest: 'eksaminer findings' });
}

const FIRST = [
  change('opened', US, finding('public-endpoint', 'x', { severity: 'critical', resource: { apiVersion: 'eks', kind: 'Cluster', name: 'prod-us' }, message: 'it is allowed from 0.0.0.0/1 and 128.0.0.0/1, together everywhere' }), { origin: 'first-look' }),
  ...['a', 'b', 'c', 'd'].map((name) =>
    change('opened', name < 'c' ? EU : US, finding('admin-binding', `${name}/default`, { severity: 'critical', message: 'ClusterRoleBinding shop-admin makes it cluster-admin' }), { origin: 'first-look' }),
  ),
  change('opened', EU, finding('idle-policy', 'web/old', { severity: 'low', message: 'web/old selects no pod' }), { origin: 'first-look' }),
  change('opened', EU, finding('idle-policy', 'web/older', { severity: 'low', message: 'web/older selects no pod' }), { origin: 'first-look' }),
];

const BASELINE = `prod-eu  1.35  12 workloads   2 of 2 checks assessed
prod-us  1.35  12 workloads   1 of 3 checks assessed; 2 not: may not read ingresses,
         networkpolicies (docs/permissions.md)

Baseline of 2 clusters: 7 findings   5 critical  2 low

critical  An ordinary account is cluster-admin                                        d0c7
          prod-eu a/default, b/default; prod-us c/default and 1 more: ClusterRoleBinding
          shop-admin makes it cluster-admin
          Bind a role with what it needs.
critical  Anyone on the Internet can reach the API server                             8a4a
          prod-us: it is allowed from 0.0.0.0/1 and 128.0.0.0/1, together everywhere
          Narrow publicAccessCidrs.
low       Policies that select no pod                                                 7bc8
          prod-eu web/old, web/older; for example: web/old selects no pod
          Delete the policy.

Kept in .eksaminer/. The next run shows only what changed.
`;

describe('the first run', () => {
  const clusters: readonly ClusterLine[] = [
    { label: 'prod-eu', assessment: assessmentOf('prod-eu') },
    { label: 'prod-us', assessment: assessmentOf('prod-us', { outcomes: [outcome('a', 'fail'), refusedOutcome('b', 'networkPolicies', 'ingresses'), refusedOutcome('c', 'networkPolicies')] }) },
  ];
  const given = { changes: FIRST, states: [state(EU, [FIRST[1]!.finding]), state(US)], clusters };

  test('is a baseline', () => {
    expect(reported(given)).toBe(BASELINE);
  });

  test('fits one screen', () => {
    expect(reported({ ...given, items: 1 })).toContain(`          Bind a role with what it needs.
  … 2 more in 3 places: eksaminer findings

Kept in`);
  });

  test('colour adds nothing but colour', () => {
    const coloured = reported({ ...given, colour: true });
    expect(coloured).toContain('\x1b[1;31mcritical\x1b[0m');
     
    expect(coloured.replace(/\x1b\[[0-9;]*m/g, '')).toBe(BASELINE);
  });

  test('of a cluster in which nothing is wrong says so', () => {
    expect(reported({ states: [state(EU)] })).toBe(`prod-eu  1.35  12 workloads   2 of 2 checks assessed

Baseline of 1 cluster: no findings

Kept in .eksaminer/. The next run shows only what changed.
`);
  });

  test('that failed everywhere claims nothing', () => {
    const { observedAt: _observed, firstSeen: _first, ...never } = state(US, [], { unseen: { since: DAY_2, reason: 'no answer' } });
    const text = reported({ states: [never], changes: [sight('lost-sight', US, { reason: 'no answer' })], clusters: [{ label: 'prod-us', reason: 'the API server did not answer in 10 s' }] });
    expect(text).toBe(`prod-us  not audited: the API server did not answer in 10 s
`);
  });
});

describe('a run with news', () => {
  const before = [state(EU), state(US)];

  test('shows what changed, what comes from us apart, and what is out of sight', () => {
    const changes = [
      change('opened', EU, finding('public-endpoint', 'dashboard/kubernetes-dashboard', { severity: 'critical', message: 'Service type LoadBalancer, no source ranges; it runs as a cluster-admin' })),
      change('worsened', EU, finding('admin-binding', 'shop/default', { severity: 'high', message: 'it may read every Secret' }), { was: 'medium' }),
      change('resolved', EU, finding('admin-binding', 'ci/runner', { severity: 'critical' })),
      change('resolved', EU, finding('idle-policy', 'shop/x', { severity: 'low' })),
      change('resolved', EU, finding('idle-policy', 'web/x', { severity: 'low' })),
      change('opened', EU, finding('admin-binding', 'ns/x', { cause: 'another' }), { origin: 'revision' }),
      sight('lost-sight', US, { reason: 'the API server did not answer in 10 s', findings: 2 }),
      sight('lost-sight', EU, { checks: ['a', 'b', 'c', 'd'], reason: 'may not list networkpolicies', findings: 1 }),
    ];
    const states = [
      state(EU, [finding('public-endpoint', 'a/a')], { checks: [{ check: 'a', outcome: 'pass', unseen: { since: DAY_2, reason: 'x', lost: true } }] }),
      state(US, [finding('admin-binding', 'a/a'), finding('admin-binding', 'b/b')], { unseen: { since: DAY_2, reason: 'no answer' } }),
    ];
    const unseen = digest(changes, states, byId(before), WORDS).standing.unseen[0]!;
    const clusters: readonly ClusterLine[] = [
      { label: 'prod-eu', assessment: assessmentOf('prod-eu') },
      { label: 'prod-us', reason: 'the API server did not answer in 10 s', unseen },
    ];
    expect(reported({ changes, states, before, clusters })).toBe(`prod-eu  1.35  12 workloads   2 of 2 checks assessed
prod-us  out of sight: the API server did not answer in 10 s (since today 06:00 UTC). 2
         findings there stay open, unseen.

1 opened  1 worsened  3 resolved   (since yesterday 06:00 UTC, 24 hours)

opened      critical  Anyone on the Internet can reach the API server                 8a4a
                      prod-eu dashboard/kubernetes-dashboard: Service type LoadBalancer,
                      no source ranges; it runs as a cluster-admin
worsened    medium → high  An ordinary account is cluster-admin                       d0c7
                      prod-eu shop/default: it may read every Secret
resolved    critical  An ordinary account is cluster-admin   prod-eu ci/runner
resolved    low ×2    Policies that select no pod   prod-eu shop/x, web/x

not news    An ordinary account is cluster-admin (admin-binding) in prod-eu: this version
            of Eksaminer looks closer; 1 finding to begin with

out of sight  prod-eu  a, b and 2 more checks: may not list networkpolicies. 1 finding
              stays open, unseen.

3 findings open; out of sight: prod-us (since today 06:00 UTC), 1 check of prod-eu.
`);
  });

  test('fits a narrow terminal: no line is wider', () => {
    const changes = [change('opened', EU, finding('public-endpoint', 'dashboard/kubernetes-dashboard', { severity: 'critical' })), change('resolved', EU, finding('idle-policy', 'shop/x', { severity: 'low' }))];
    for (const line of reported({ changes, states: [state(EU)], before, width: 50 }).split('\n')) expect(line.length).toBeLessThanOrEqual(50);
  });

  test('what came back into sight, what a setting did, what is gone', () => {
    const changes = [
      sight('regained-sight', US, { findings: 2 }),
      change('excepted', EU, finding('admin-binding', 'a/a', { status: 'excepted' }), { origin: 'setting' }),
      change('resolved', cluster('old'), finding('admin-binding', 'b/b'), { origin: 'cluster-gone' }),
    ];
    const text = reported({ changes, states: [state(EU), state(US)], before: [...before, state(cluster('old'))] });
    expect(text).toContain('excepted    high      An ordinary account is cluster-admin   prod-eu a/a (by a setting)\n');
    expect(text).toContain('gone        old  the cluster does not exist any more; its 1 finding closed with it\n');
    expect(text).toContain('in sight      prod-us  the whole cluster\n');
  });

  test('hostile names are shown, not obeyed', () => {
    const evil = finding('admin-binding', 'x', { resource: { apiVersion: 'v1', kind: 'User', name: `\x1b[2J\u202e${'y'.repeat(300)}\n` }, message: 'a\rb' });
    const text = reported({ changes: [change('opened', EU, evil)], states: [state(EU, [evil])], before, width: 80 });
    expect(text).toMatch(/^[\n\x20-\x7e×→…]*$/);
    expect(text).toContain('\\x1b[2J\\u{202e}yyy');
    expect(text).toContain('a\\x0db');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('a quiet run', () => {
  test('is one line', () => {
    const states = [state(EU, [finding('admin-binding', 'a/a')]), state(US)];
    expect(reported({ states, before: states })).toBe(`prod-eu  1.35  12 workloads   2 of 2 checks assessed
prod-us  1.35  12 workloads   2 of 2 checks assessed

No change in 2 clusters since yesterday 06:00 UTC. 1 finding open, nothing out of sight.
`);
  });

  test('names what is still out of sight', () => {
    const states = [state(EU, [], { unseen: { since: DAY_1, reason: 'no answer' } })];
    expect(reported({ states, before: states, clusters: [] })).toBe(`No change in 1 cluster since yesterday 06:00 UTC. No findings open; out of sight: prod-eu (since yesterday 06:00 UTC).
`.replace('out of sight: prod-eu (since', 'out of sight: prod-eu\n(since'));
  });

  test('a look that is not newer than the record says that it was compared with nothing', () => {
    const states = [state(EU)];
    expect(reported({ states, before: states, clusters: [{ label: 'prod-eu', assessment: assessmentOf('prod-eu'), newer: DAY_1 }] })).toContain(
      'assessed; not compared: the record holds a\n         look that is as new or newer (yesterday 06:00 UTC)\n',
    );
  });
});

test('with everything shown, what was measured is too', () => {
  const measures = {
    workloads: 12,
    pairs: { reachable: 84, of: 132 },
    acrossNamespaces: { reachable: 1, of: 120 },
    isolated: { ingress: 12, egress: 0, both: 0 },
    blastRadius: { median: 7, maximum: 11 },
    reaching: { metadataService: 3, internet: 12, apiServer: null },
  };
  const clusters = [
    { label: 'prod-eu', assessment: assessmentOf('prod-eu', { network: { measures, unsure: [] } }) },
    { label: 'prod-us', assessment: assessmentOf('prod-us', { network: { unsure: ['networkPolicies: may not list networkpolicies'] } }) },
  ];
  const all = reported({ states: [state(EU), state(US)], clusters, items: Infinity, width: 400 });
  expect(all.split('\n').filter((line) => line.includes('as written'))).toEqual([
    'prod-eu  network policies as written: 12 workloads, 64% of the pairs may talk, across namespaces <1%; isolated: ingress all, egress none, both none; blast radius: median 7, maximum 11; reaching the metadata service 25%, the Internet all, the API server not known',
    'prod-us  network policies as written: could not be told: networkPolicies: may not list networkpolicies',
  ]);
  expect(reported({ states: [state(EU), state(US)], clusters })).not.toContain('as written');
});
