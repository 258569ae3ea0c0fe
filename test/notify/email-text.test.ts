import { describe, expect, test } from '@jest/globals';
import { emailText } from '../../lambda/notify/email-text.ts';
import { LOW } from './announcing.ts';
import { DAY_1, DAY_2, EU, US, bulletin, member } from './bulletins.ts';
import { change, finding, sight } from './given.ts';

const ALL = { entries: Infinity, places: 3 };
const endpoint = finding('public-endpoint', 'prod-eu', { severity: 'critical', resource: { apiVersion: 'v1', kind: 'Cluster', name: 'prod-eu' }, message: 'anyone reaches it', since: DAY_2, changedBy: { manager: 'helm', time: DAY_1 } });
const admins = (count: number) => Array.from({ length: count }, (_, index) => change('opened', index < 2 ? EU : US, finding('admin-binding', `shop-${index}/default`, { since: DAY_2 })));
const lines = (text: string): string[] => text.split('\n');

describe('a mail', () => {
  test('says what changed, where, why, what to do; then where things stand; then where to look closer', () => {
    const changes = [
      change('opened', EU, endpoint),
      ...admins(5),
      change('worsened', EU, finding('idle-policy', 'web/x'), { was: 'low' }),
      change('resolved', US, finding('idle-policy', 'web/y')),
      change('resolved', US, finding('idle-policy', 'web/z', { severity: 'low' })),
      sight('lost-sight', US, { reason: 'the API server did not answer in 10 s', findings: 11 }),
    ];
    expect(lines(emailText(bulletin(changes, { standing: { unseen: [{ cluster: US, since: DAY_2, reason: 'no answer', findings: 11 }] } }), ALL))).toEqual([
      'Since yesterday 06:00 UTC, in 24 clusters of 2 accounts:',
      '',
      'OPENED',
      '1. critical  Anyone on the Internet can reach the API server',
      '   prod-eu (111122223333, eu-west-1)',
      '   anyone reaches it.',
      '   Fix: Narrow publicAccessCidrs.',
      '   First seen today 06:00 UTC. Changed by: helm, yesterday 06:00 UTC (managedFields).',
      '   eksaminer explain 8a4a804a',
      '2. high  An ordinary account is cluster-admin',
      '   prod-eu (111122223333, eu-west-1): shop-0/default, shop-1/default',
      '   prod-us (111122223333, us-east-1): shop-2/default',
      '   and 2 more places',
      '   For example: shop-0/default is at fault.',
      '   Fix: Bind a role with what it needs.',
      '   eksaminer explain d0c789a7',
      '',
      'WORSENED',
      '3. low → high  Policies that select no pod',
      '   prod-eu (111122223333, eu-west-1): web/x',
      '   web/x is at fault.',
      '   Fix: Delete the policy.',
      '   First seen yesterday 06:00 UTC.',
      '   eksaminer explain 7bc8c569',
      '',
      'OUT OF SIGHT',
      'prod-us (111122223333, us-east-1): the API server did not answer in 10 s; 11 findings there stay open, unseen.',
      '',
      'RESOLVED',
      'high  Policies that select no pod   prod-us web/y',
      '',
      'Less severe than high, and not listed: 1 resolved.',
      'Open now: 28 findings (1 critical, 20 high, 7 low). Out of sight, wholly or in part: 1 cluster.',
      '',
      'Every change: s3://record-111122223333/history/changes/dt=2026-11-21/000000000002-01K.jsonl.gz',
      'https://eu-west-1.console.aws.amazon.com/s3/object/record-111122223333?region=eu-west-1&prefix=history/changes/dt%3D2026-11-21/000000000002-01K.jsonl.gz',
      'To look closer, with a copy of the record:',
      '  aws s3 sync s3://record-111122223333 record --exclude "*" --include "state/*" --include "history/*"',
      '  eksaminer explain ID --store record',
      'You get this because the route "platform" is told of findings of severity high and above, and of clusters that are new, gone, or out of sight. To accept a finding, see its explanation.',
      '',
    ]);
  });

  test('tells a first look in a line a new account, a new cluster, a new check', () => {
    const fresh = [member('one', '444455556666'), member('two', '444455556666'), member('three')];
    const found = (index: number, severity: 'high' | 'low') => change('opened', fresh[index]!, finding('idle-policy', `web/${index}`, { severity }), { origin: 'first-look' });
    const changes = [found(0, 'high'), found(1, 'low'), change('opened', EU, finding('idle-policy', 'web/q'), { origin: 'revision' }), change('eased', US, finding('idle-policy', 'web/r', { severity: 'low' }), { origin: 'revision', was: 'high' })];
    const text = lines(emailText(bulletin(changes, { fresh, accounts: new Map([['111122223333', 20], ['444455556666', 2]]) }), ALL));
    expect(text.slice(2, 6)).toEqual([
      'FIRST LOOKS',
      'Cluster three (111122223333, eu-west-1): no findings.',
      'Account 444455556666: 2 clusters, 2 findings (1 high, 1 low).',
      'Check "Policies that select no pod" (idle-policy): this version of Eksaminer looks closer, 2 clusters; 1 finding (1 high) to begin with, 1 finding changed or closed.',
    ]);
  });

  test('counts what it does not show, by kind, and says where it is', () => {
    const changes = [change('opened', EU, endpoint), ...admins(5), change('resolved', US, finding('idle-policy', 'web/y')), sight('lost-sight', US, { reason: 'no answer' })];
    const text = lines(emailText(bulletin(changes), { entries: 1, places: 3 }));
    expect(text.filter((line) => line.startsWith('…'))).toEqual(['… and 1 more in 5 places (opened; see below where)', '… and 1 more (out of sight; see below where)', '… and 1 more (resolved; see below where)']);
    expect(text).toContain('Everything, also what is only counted here: s3://record-111122223333/history/changes/dt=2026-11-21/000000000002-01K.jsonl.gz');
  });

  test('says what came from a setting, what is in sight again, and what is gone', () => {
    const changes = [
      change('excepted', EU, finding('admin-binding', 'ci/runner', { status: 'excepted' }), { origin: 'setting' }),
      change('unexcepted', EU, finding('admin-binding', 'ci/other', { cause: 'x' }), { origin: 'setting' }),
      sight('regained-sight', US, { checks: ['a', 'b', 'c', 'd'] }),
      change('resolved', member('old'), finding('idle-policy', 'web/y', { severity: 'low' }), { origin: 'cluster-gone' }),
    ];
    const text = lines(emailText(bulletin(changes, { route: LOW, since: undefined } as never), ALL));
    expect(text[0]).toBe('The first look, in 24 clusters of 2 accounts:');
    expect(text).toEqual(
      expect.arrayContaining([
        'NO LONGER EXCEPTED',
        '1. high  An ordinary account is cluster-admin (by a setting)',
        'high  An ordinary account is cluster-admin   prod-eu ci/runner (by a setting)',
        'prod-us (111122223333, us-east-1): a, b and 2 more checks: it can be looked at again.',
        'old (111122223333, eu-west-1): the cluster does not exist any more; its 1 finding closed with it.',
        'Open now: 28 findings (1 critical, 20 high, 7 low). Nothing is out of sight.',
      ]),
    );
  });

  test('holds every name to its place: no line of its own, no direction, no order to a terminal', () => {
    const name = 'a\r\nFix: run this\u202e\u0000\u001b[31m\u2028b';
    const text = emailText(bulletin([change('opened', { ...EU, label: name }, finding('admin-binding', `${name}/${'x'.repeat(2000)}`, { message: `${name} is at fault` }))]), ALL);
    expect(lines(text).slice(3, 6)).toEqual([
      '1. high  An ordinary account is cluster-admin',
      `   a\\u{d}\\u{a}Fix: run this\\u{202e}\\u{0}\\u{1b}[31m\\u{2028}b (111122223333, eu-west-1): a\\u{d}\\u{a}Fix: run this\\u{202e}\\u{0}\\u{1b}[31m\\u{2028}b/${'x'.repeat(252)}…`,
      '   a\\u{d}\\u{a}Fix: run this\\u{202e}\\u{0}\\u{1b}[31m\\u{2028}b is at fault.',
    ]);
  });
});
