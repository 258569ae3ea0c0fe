import { describe, expect, test } from '@jest/globals';
import { digest } from '../../lambda/notify/digest.ts';
import { DAY_1, DAY_2, WORDS, byId, change, cluster, finding, sight, state } from './given.ts';

const EU = cluster('prod-eu');
const US = cluster('prod-us');

describe('a first look', () => {
  const first = [
    change('opened', EU, finding('idle-policy', 'web/old', { severity: 'low' }), { origin: 'first-look' }),
    change('opened', EU, finding('admin-binding', 'shop/default', { severity: 'critical' }), { origin: 'first-look' }),
    change('opened', US, finding('admin-binding', 'shop/default', { severity: 'critical' }), { origin: 'first-look' }),
  ];
  const states = [state(EU, [first[0]!.finding, first[1]!.finding]), state(US, [first[2]!.finding])];

  test('is a baseline: counts and items, and no news', () => {
    const { baseline, items, counts, own, since } = digest(first, states, new Map(), WORDS);
    expect(baseline?.clusters).toEqual([EU, US]);
    expect(baseline?.counts).toEqual({ critical: 2, high: 0, medium: 0, low: 1, info: 0 });
    expect(baseline?.items.map(({ check, severity, places }) => [check, severity, places.map((place) => place.cluster.label)])).toEqual([
      ['admin-binding', 'critical', ['prod-eu', 'prod-us']],
      ['idle-policy', 'low', ['prod-eu']],
    ]);
    expect([items, counts, own, since]).toEqual([[], [], [], undefined]);
  });

  test('of one cluster beside a known one is the baseline of that one alone', () => {
    const news = change('opened', EU, finding('public-endpoint', 'prod-eu'));
    const told = digest([first[2]!, news], states, byId([state(EU)]), WORDS);
    expect(told.baseline?.clusters).toEqual([US]);
    expect(told.items.map(({ check }) => check)).toEqual(['public-endpoint']);
    expect(told.since).toBe(DAY_1);
  });

  test('of a target that never could be looked at before is still the baseline', () => {
    const { firstSeen: _first, observedAt: _observed, ...never } = state(US, [], { unseen: { since: DAY_1, reason: 'no answer' } });
    expect(digest([first[2]!], [state(US, [first[2]!.finding])], byId([never]), WORDS).baseline?.clusters).toEqual([US]);
  });

  test('that failed is no baseline: the cluster is out of sight', () => {
    const { firstSeen: _first, observedAt: _observed, ...never } = state(US, [], { unseen: { since: DAY_1, reason: 'no answer' } });
    const told = digest([sight('lost-sight', US, { reason: 'no answer' })], [never], new Map(), WORDS);
    expect(told.baseline).toBeUndefined();
    expect(told.standing.unseen).toEqual([{ cluster: US, since: DAY_1, reason: 'no answer', findings: 0 }]);
  });

  test('of a cluster that was made anew under an old name is a baseline, and the old one is gone', () => {
    const changes = [
      change('resolved', EU, finding('idle-policy', 'old/old', { severity: 'low' }), { origin: 'cluster-gone' }),
      change('opened', EU, finding('admin-binding', 'new/new', { severity: 'high' }), { origin: 'first-look' }),
    ];
    const told = digest(changes, [state(EU, [changes[1]!.finding], { firstSeen: DAY_2, observedAt: DAY_2 })], byId([state(EU, [changes[0]!.finding])]), WORDS);
    expect(told.baseline?.clusters).toEqual([EU]);
    expect(told.baseline?.items.map(({ check }) => check)).toEqual(['admin-binding']);
    expect([told.items, told.own, told.gone]).toEqual([[], [], [{ cluster: EU, findings: 1 }]]);
  });

  test('of a cluster that was made anew counts what is open there, though the old one had the same', () => {
    const same = finding('admin-binding', 'ci/runner', { severity: 'critical' });
    const changes = [change('resolved', EU, same, { origin: 'cluster-gone' }), change('opened', EU, same, { origin: 'first-look' })];
    const after = [state(EU, [same], { firstSeen: DAY_2, observedAt: DAY_2 })];
    for (const rows of [changes, changes.toReversed()]) {
      const told = digest(rows, after, byId([state(EU, [same])]), WORDS);
      expect([told.baseline?.counts.critical, told.gone]).toEqual([1, [{ cluster: EU, findings: 1 }]]);
    }
  });

  test('leaves out what an exception covers from the start', () => {
    const excepted = change('opened', EU, finding('admin-binding', 'ci/runner', { status: 'excepted' }), { origin: 'first-look' });
    expect(digest([excepted], [state(EU, [excepted.finding])], new Map(), WORDS).baseline?.items).toEqual([]);
  });
});

describe('news', () => {
  const before = byId([state(EU), state(US)]);

  test('the same fault in 40 places is one item; the same fault for another cause is another', () => {
    const places = Array.from({ length: 40 }, (_, index) => change('opened', index % 2 === 0 ? EU : US, finding('admin-binding', `ns-${index}/default`)));
    const other = change('opened', EU, finding('admin-binding', 'ci/runner', { cause: 'another binding' }));
    const { items, counts } = digest([...places, other], [], before, WORDS);
    expect(items.map((item) => item.places.length)).toEqual([40, 1]);
    expect(counts).toEqual([{ kind: 'opened', findings: 41 }]);
  });

  test('the most consequential comes first: kind of change, severity, places, title', () => {
    const changes = [
      change('resolved', EU, finding('admin-binding', 'a/a', { severity: 'critical' })),
      change('eased', EU, finding('admin-binding', 'a/b', { severity: 'low' }), { was: 'high' }),
      change('worsened', EU, finding('admin-binding', 'a/c', { severity: 'critical' }), { was: 'high' }),
      change('reopened', EU, finding('idle-policy', 'a/d', { severity: 'low' })),
      change('opened', EU, finding('idle-policy', 'a/e', { severity: 'low' })),
      change('opened', EU, finding('public-endpoint', 'prod-eu', { severity: 'critical' })),
      change('opened', EU, finding('admin-binding', 'a/f', { severity: 'critical' })),
      change('opened', EU, finding('admin-binding', 'a/g', { severity: 'critical', cause: 'x' })),
      change('opened', US, finding('admin-binding', 'a/g', { severity: 'high', cause: 'x' })),
    ];
    const { items, counts } = digest(changes, [], before, WORDS);
    expect(items.map(({ kind, severity, check, places }) => `${kind} ${severity} ${check} ${places.length}`)).toEqual([
      'opened critical admin-binding 2',
      'opened critical admin-binding 1',
      'opened critical public-endpoint 1',
      'opened low idle-policy 1',
      'reopened low idle-policy 1',
      'worsened critical admin-binding 1',
      'eased low admin-binding 1',
      'resolved critical admin-binding 1',
    ]);
    expect(counts).toEqual([
      { kind: 'opened', findings: 5 },
      { kind: 'reopened', findings: 1 },
      { kind: 'worsened', findings: 1 },
      { kind: 'eased', findings: 1 },
      { kind: 'resolved', findings: 1 },
    ]);
  });

  test('an order of rows says nothing', () => {
    const changes = [change('opened', EU, finding('admin-binding', 'a/a')), change('opened', US, finding('admin-binding', 'a/a')), change('resolved', EU, finding('idle-policy', 'b/b'))];
    expect(digest([...changes].reverse(), [], before, WORDS)).toEqual(digest(changes, [], before, WORDS));
  });

  test('what is kept in the history alone is not told', () => {
    const quiet = (['updated', 'narrowed', 'absorbed'] as const).map((kind, index) => change(kind, EU, finding('admin-binding', `a/${index}`)));
    expect(digest(quiet, [], before, WORDS).items).toEqual([]);
  });

  test('what comes from us is told apart and is no news', () => {
    const changes = [
      change('opened', EU, finding('admin-binding', 'a/a', { severity: 'critical' }), { origin: 'revision' }),
      change('resolved', US, finding('admin-binding', 'a/b'), { origin: 'revision' }),
      change('opened', EU, finding('idle-policy', 'a/c', { severity: 'low' }), { origin: 'first-look' }),
    ];
    const { items, own, counts } = digest(changes, [], before, WORDS);
    expect([items, counts]).toEqual([[], []]);
    expect(own).toEqual([
      { check: 'admin-binding', title: WORDS[1]!.title, origin: 'revision', clusters: [EU, US], opened: { critical: 1, high: 0, medium: 0, low: 0, info: 0 }, others: 1, severity: 'critical' },
      { check: 'idle-policy', title: WORDS[2]!.title, origin: 'first-look', clusters: [EU], opened: { critical: 0, high: 0, medium: 0, low: 1, info: 0 }, others: 0, severity: 'low' },
    ]);
  });

  test('a setting is told as news; a cluster that is gone is one line', () => {
    const changes = [
      change('excepted', EU, finding('admin-binding', 'a/a', { status: 'excepted' }), { origin: 'setting' }),
      change('resolved', US, finding('admin-binding', 'a/b'), { origin: 'cluster-gone' }),
      change('resolved', US, finding('idle-policy', 'a/c'), { origin: 'cluster-gone' }),
    ];
    const { items, gone } = digest(changes, [], before, WORDS);
    expect(items.map(({ kind, origin }) => [kind, origin])).toEqual([['excepted', 'setting']]);
    expect(gone).toEqual([{ cluster: US, findings: 2 }]);
  });

  test('a check that this version does not know keeps its findings', () => {
    const [item] = digest([change('opened', EU, finding('retired-check', 'a/a'))], [], before, WORDS).items;
    expect(item).toMatchObject({ title: 'retired-check', remediation: '' });
  });
});

describe('where things stand', () => {
  test('open findings are counted, excepted ones and clusters that are gone are not', () => {
    const states = [
      state(EU, [finding('admin-binding', 'a/a'), finding('idle-policy', 'a/b', { status: 'excepted' })]),
      state(US, [finding('admin-binding', 'a/a')], { gone: { at: DAY_1 } }),
    ];
    expect(digest([], states, byId(states), WORDS).standing).toEqual({ clusters: 1, open: { critical: 0, high: 1, medium: 0, low: 0, info: 0 }, unseen: [], partly: [] });
  });

  test('what is out of sight stays named in runs without any change', () => {
    const states = [
      state(EU, [], { checks: [{ check: 'idle-policy', outcome: 'pass', unseen: { since: DAY_1, reason: 'may not list', lost: true } }, { check: 'admin-binding', unseen: { since: DAY_1, reason: 'never' } }] }),
      state(US, [finding('admin-binding', 'a/a')], { unseen: { since: DAY_1, reason: 'no answer' } }),
    ];
    const { unseen, partly } = digest([], states, byId(states), WORDS).standing;
    expect(unseen).toEqual([{ cluster: US, since: DAY_1, reason: 'no answer', findings: 1 }]);
    expect(partly).toEqual([{ cluster: EU, checks: ['idle-policy'] }]);
  });
});
