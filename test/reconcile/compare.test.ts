import { describe, expect, test } from '@jest/globals';
import type { OutcomeKind } from '../../lambda/model/assessment.ts';
import { assessmentOf, at, cluster, type GivenOutcome } from './assessment-of.ts';
import { historyOf, stepOf } from './history-of.ts';

const web = { name: 'web' };
const db = { name: 'db' };

describe('findings', () => {
  test('open once, stay silently, resolve, reopen', () => {
    const { told, state } = historyOf({ a: [] }, { a: [web] }, { a: [web] }, { a: [] }, { a: [web] });
    expect(told).toEqual([[], ['opened (cluster) a web medium'], [], ['resolved (cluster) a web medium'], ['reopened (cluster) a web medium']]);
    expect(state.findings).toMatchObject([{ since: at(4) }]);
    expect(state.resolved).toEqual([]);
  });

  test('get worse and ease, and keep since when they are open', () => {
    const { told, state } = historyOf({ a: [web] }, { a: [{ ...web, severity: 'critical' }] }, { a: [{ ...web, severity: 'low' }] });
    expect(told.slice(1)).toEqual([['worsened (cluster) a web medium>critical'], ['eased (cluster) a web critical>low']]);
    expect(state.findings).toMatchObject([{ since: at(0), severity: 'low' }]);
  });

  test.each([
    ['message', { message: 'another' }],
    ['evidence', { evidence: { roles: ['x'] } }],
  ])('another %s is updated, and no more', (_, difference) => {
    const { told, state } = historyOf({ a: [web] }, { a: [{ ...web, ...difference }] }, { a: [{ ...web, ...difference }] });
    expect(told.slice(1)).toEqual([['updated (cluster) a web medium'], []]);
    expect(state.findings).toMatchObject([difference]);
  });

  test('who changed it last, and what it rests on, are no difference', () => {
    const { told } = historyOf({ a: [web] }, { a: [{ ...web, changedBy: { manager: 'helm', time: at(0) }, restsOn: ['deployments', 'pods'] }] });
    expect(told[1]).toEqual([]);
  });

  test('a severity that moves with the message is one change', () => {
    expect(historyOf({ a: [web] }, { a: [{ ...web, severity: 'high', message: 'another' }] }).told[1]).toEqual(['worsened (cluster) a web medium>high']);
  });
});

describe('a severity that something decides which was not read', () => {
  const unsure = { ...web, severity: 'high', mildest: 'info' } as const;

  test.each(['critical', 'high', 'low', 'info'] as const)('stays %s, as it was', (severity) => {
    const { told, state } = historyOf({ a: [{ ...web, severity }] }, { a: [unsure] }, { a: { findings: [unsure], unread: ['pods'] } }, { a: [{ ...web, severity }] });
    expect(told.slice(1)).toEqual([[], ['lost-sight (cluster) a findings=0: pods: may not list pods'], ['regained-sight (cluster) a findings=1']]);
    expect(state.findings).toMatchObject([{ severity }]);
  });

  test('is no less grave than what is certain', () => {
    expect(historyOf({ a: [{ ...web, severity: 'info' }] }, { a: [{ ...unsure, mildest: 'medium' }] }).told[1]).toEqual(['worsened (cluster) a web info>medium']);
  });

  test('is at first what it is at worst', () => {
    expect(historyOf({ a: [] }, { a: [unsure] }).told[1]).toEqual(['opened (cluster) a web high']);
  });
});

describe('exceptions', () => {
  const excepted = { ...web, status: 'excepted' } as const;

  test('except and unexcept', () => {
    const { told } = historyOf({ a: [web] }, { a: [excepted] }, { a: [web] });
    expect(told.slice(1)).toEqual([['excepted (setting) a web medium'], ['unexcepted (setting) a web medium']]);
  });

  test('one that is excepted from its first look on is opened so', () => {
    const { told, state } = historyOf({ a: [] }, { a: [excepted] });
    expect(told[1]).toEqual(['opened (cluster) a web medium']);
    expect(state.findings).toMatchObject([{ status: 'excepted' }]);
  });

  test('with another severity there are two changes', () => {
    const { told, state } = historyOf({ a: [web] }, { a: [{ ...excepted, severity: 'high' }] });
    expect(told[1]).toEqual(['excepted (setting) a web high', 'worsened (cluster) a web medium>high']);
    expect(state.findings).toMatchObject([{ status: 'excepted', severity: 'high' }]);
  });

  test('nothing is suppressed in a look that saw a part only', () => {
    const { told, state } = historyOf({ a: [web] }, { a: { findings: [excepted], unread: ['pods'] } });
    expect(told[1]).toEqual(['lost-sight (cluster) a findings=0: pods: may not list pods']);
    expect(state.findings).toMatchObject([{ status: 'open' }]);
  });

  test('an exception that ended counts at once', () => {
    const { told, state } = historyOf({ a: [excepted] }, { a: { findings: [web], unread: ['pods'] } });
    expect(told[1]?.[0]).toBe('unexcepted (setting) a web medium');
    expect(state.findings).toMatchObject([{ status: 'open' }]);
  });
});

describe('what is not seen does not resolve', () => {
  const blind: [string, GivenOutcome][] = [
    ['not evaluated', { unread: ['deployments'] }],
    ['an error', { outcome: 'error', reason: 'a failed: boom' }],
    ['failing for another, incomplete', { findings: [db], unread: ['pods'] }],
    ['not applicable, as far as was read', { outcome: 'not-applicable', reason: 'no EKS side', unread: ['eksCluster'] }],
    ['a pass that says what was not read', { outcome: 'pass', unread: ['pods'] }],
  ];
  test.each(blind)('%s', (_, outcome) => {
    const { told, state } = historyOf({ a: [web] }, { a: outcome }, { a: outcome });
    expect(told[1]!.filter((line) => /resolved|eased/.test(line))).toEqual([]);
    expect(told[1]!.filter((line) => line.startsWith('lost-sight'))).toHaveLength(1);
    expect(told[2]).toEqual([]);
    expect(state.findings.map(({ resource }) => resource.name)).toContain('web');
    expect(state.checks).toMatchObject([{ check: 'a', unseen: { since: at(1), lost: true } }]);
  });

  test.each(['pass', 'not-applicable'] satisfies OutcomeKind[])('%s, and everything was read: it resolves', (outcome) => {
    expect(historyOf({ a: [web] }, { a: { outcome } }).told[1]).toEqual(['resolved (cluster) a web medium']);
  });

  test('a check that is not part of the run keeps its findings', () => {
    const { told, state } = historyOf({ a: [web], b: [] }, { b: [] }, { b: [] }, { a: [], b: [] });
    expect(told.slice(1)).toEqual([['lost-sight (setting) a findings=1: the check is not part of this run'], [], ['resolved (cluster) a web medium', 'regained-sight (cluster) a findings=0']]);
    expect(state.checks.map(({ check }) => check)).toEqual(['a', 'b']);
  });

  test('what is seen in part may get worse, not better, and is not retold', () => {
    const part = (findings: GivenOutcome['findings']): { a: GivenOutcome } => ({ a: { findings: findings!, unread: ['pods'] } });
    const { told, state } = historyOf({ a: [web] }, part([{ ...web, severity: 'low', message: 'less' }]), part([{ ...web, message: 'less' }]), part([{ ...web, severity: 'high', message: 'more' }]));
    expect(told.slice(1)).toEqual([['lost-sight (cluster) a findings=0: pods: may not list pods'], [], ['worsened (cluster) a web medium>high']]);
    expect(state.findings).toMatchObject([{ severity: 'high', message: 'more' }]);
  });
});

describe('sight of checks', () => {
  const unread = { unread: ['pods'] } as const;

  test('is lost once and regained once, by reason', () => {
    const { told } = historyOf({ a: [web], b: [], c: [] }, { a: unread, b: unread, c: { unread: ['services'] } }, { a: unread, b: unread, c: { unread: ['services'] } }, { a: [web], b: [], c: [] });
    expect(told.slice(1)).toEqual([
      ['lost-sight (cluster) a b findings=1: pods: may not list pods', 'lost-sight (cluster) c findings=0: services: may not list services'],
      [],
      ['regained-sight (cluster) a b c findings=1'],
    ]);
  });

  test('what was never evaluated cannot be lost, and its first answer is a first look', () => {
    const { told, state } = historyOf({ a: unread }, { a: unread }, { a: [web] });
    expect(told).toEqual([[], [], ['opened (first-look) a web medium']]);
    expect(state.checks).toEqual([{ check: 'a', revision: '1', outcome: 'fail' }]);
  });

  test('seen in part from the first: not lost as long as it is evaluated', () => {
    const part = { findings: [web], unread: ['pods'] } as const;
    const { told, state } = historyOf({ a: part }, { a: part }, { a: unread }, { a: part }, { a: [web] });
    expect(told).toEqual([['opened (first-look) a web medium'], [], ['lost-sight (cluster) a findings=1: pods: may not list pods'], [], ['regained-sight (cluster) a findings=1']]);
    expect(state.checks).toEqual([{ check: 'a', revision: '1', outcome: 'fail' }]);
  });

  test('since when it is out of sight stays; the reason is the newest', () => {
    const { state } = historyOf({ a: [] }, { a: unread }, { a: { unread: ['services'] } });
    expect(state.checks).toEqual([{ check: 'a', revision: '1', outcome: 'pass', unseen: { since: at(1), reason: 'services: may not list services', lost: true } }]);
  });
});

describe('differences that come from us', () => {
  test('a check that is new on a known cluster is a first look', () => {
    expect(historyOf({ a: [] }, { a: [], b: [web] }, { a: [], b: [web, db] }).told).toEqual([[], ['opened (first-look) b web medium'], ['opened (cluster) b db medium']]);
  });

  test("a raised revision's differences are the revision's", () => {
    const raised = (findings: GivenOutcome['findings']): { a: GivenOutcome } => ({ a: { revision: '2', findings: findings! } });
    const { told } = historyOf({ a: [web, { name: 'job' }, db] }, raised([{ ...web, severity: 'high' }, { name: 'new' }, { ...db, message: 'other' }]), raised([web, { name: 'job' }, db]));
    expect(told[1]!.sort()).toEqual(['opened (revision) a new medium', 'resolved (revision) a job medium', 'updated (revision) a db medium', 'worsened (revision) a web medium>high']);
    expect(told[2]!.sort()).toEqual(['eased (cluster) a web high>medium', 'reopened (cluster) a job medium', 'resolved (cluster) a new medium', 'updated (cluster) a db medium']);
  });

  test('what closes when a raised revision is first seen whole closes because of it', () => {
    const { told, state } = historyOf({ a: [web, db] }, { a: { revision: '2', findings: [web], unread: ['pods'] } }, { a: { revision: '2', findings: [web] } }, { a: { revision: '2', findings: [] } });
    expect(told[1]).toEqual(['lost-sight (cluster) a findings=1: pods: may not list pods']);
    expect(told[2]).toEqual(['resolved (revision) a db medium', 'regained-sight (cluster) a findings=1']);
    expect(told[3]).toEqual(['resolved (cluster) a web medium']);
    expect(state.checks).toEqual([{ check: 'a', revision: '2', outcome: 'pass' }]);
  });

  test('what rests on a list that could never be read before is a first look', () => {
    const job = { name: 'job', restsOn: ['jobs'] } as const;
    const { told } = historyOf({ a: { findings: [web], unread: ['jobs', 'pods'] } }, { a: { findings: [web, job, db], unread: ['pods'] } }, { a: { findings: [web, job, db, { ...job, name: 'another' }], unread: ['pods'] } });
    expect(told[1]!.sort()).toEqual(['opened (cluster) a db medium', 'opened (first-look) a job medium']);
    expect(told[2]).toEqual(['opened (cluster) a another medium']);
  });
});

describe('some namespaces only', () => {
  const inA = { name: 'web', namespace: 'a' };
  const inB = { name: 'web', namespace: 'b' };
  const onlyA = (findings: GivenOutcome['findings']) => ({ namespaces: ['a'], checks: { x: { findings: findings! } } });

  test('what lies outside is untouched; inside it resolves', () => {
    expect(historyOf({ x: [inA, inB] }, onlyA([])).told[1]).toEqual(['resolved (cluster) x web medium']);
    expect(historyOf({ x: [inA, inB] }, onlyA([])).state.findings).toMatchObject([{ resource: inB }]);
  });

  test('what may be held by something elsewhere does not resolve', () => {
    const right = { name: 'robot', kind: 'ServiceAccount', namespace: 'a', restsOn: ['roleBindings', 'roles'] } as const;
    expect(historyOf({ x: [right] }, onlyA([])).told[1]).toEqual([]);
    const user = { name: 'anna', kind: 'User', restsOn: ['roleBindings'] } as const;
    expect(historyOf({ x: [user] }, onlyA([])).told[1]).toEqual([]);
    const public_ = { name: 'test', kind: 'Cluster', restsOn: ['eksCluster', 'clusterRoleBindings'] } as const;
    expect(historyOf({ x: [public_] }, onlyA([])).told[1]).toEqual(['resolved (cluster) x test medium']);
  });

  test('it resolves where the look reaches as far as the one that found it', () => {
    const right = { name: 'robot', kind: 'ServiceAccount', namespace: 'a', restsOn: ['roleBindings', 'roles'] } as const;
    expect(historyOf(onlyA([right]), onlyA([])).told[1]).toEqual(['resolved (cluster) x robot medium']);
    expect(historyOf(onlyA([right]), { namespaces: ['a', 'b'], checks: { x: [] } }).told[1]).toEqual(['resolved (cluster) x robot medium']);
    expect(historyOf({ namespaces: ['a', 'b'], checks: { x: [right] } }, onlyA([])).told[1]).toEqual([]);
  });

  test('a namespace is inside itself', () => {
    const space = (name: string) => ({ name, kind: 'Namespace', restsOn: ['namespaces'] as const });
    expect(historyOf({ x: [space('a'), space('b')] }, onlyA([])).told[1]).toEqual(['resolved (cluster) x a medium']);
  });

  test('what is found where nobody looked before is a first look', () => {
    const { told, state } = historyOf(onlyA([inA]), { namespaces: ['b', 'a'], checks: { x: [inA, inB] } }, { x: [inA, inB, { name: 'db', namespace: 'b' }, { name: 'anna', restsOn: ['roleBindings'] }] });
    expect(told[1]).toEqual(['opened (first-look) x web medium']);
    expect(told[2]!.sort()).toEqual(['opened (cluster) x db medium', 'opened (first-look) x anna medium']);
    expect(state.namespaces).toBe('all');
  });
});

describe('which cluster it is', () => {
  test('another kube-system under the same name is another cluster: what was open is gone, what is there is a baseline', () => {
    const first = stepOf(undefined, assessmentOf({ cluster: cluster('test', { uid: '1' }), at: at(0), checks: { a: [web, db] } }));
    const second = stepOf(first.state, assessmentOf({ cluster: cluster('test', { uid: '2' }), at: at(1), checks: { a: [web] } }));
    expect(second.told.sort()).toEqual(['opened (first-look) a web medium', 'resolved (cluster-gone) a db medium', 'resolved (cluster-gone) a web medium']);
    expect(second.state).toMatchObject({ firstSeen: at(1), cluster: { uid: '2' }, findings: [{ since: at(1) }], resolved: [] });
  });

  test('a look that could not tell the uid is at the same cluster, and does not forget it', () => {
    const first = stepOf(undefined, assessmentOf({ cluster: cluster('test', { uid: '1' }), at: at(0), checks: { a: [web] } }));
    const second = stepOf(first.state, assessmentOf({ cluster: cluster('test'), at: at(1), checks: { a: [web] } }));
    expect(second.told).toEqual([]);
    expect(second.state.cluster.uid).toBe('1');
    const third = stepOf(second.state, assessmentOf({ cluster: cluster('test', { uid: '2', label: 'renamed' }), at: at(2), checks: { a: [] } }));
    expect(third.told).toEqual(['resolved (cluster-gone) a web medium']);
    expect(third.state.cluster.label).toBe('renamed');
  });
});

test('names that objects have for themselves are names like others', () => {
  const hostile = { name: '__proto__', namespace: 'constructor', evidence: JSON.parse('{"__proto__":{"toString":1}}') as never };
  const { told, state } = historyOf({ __proto__x: [hostile], constructor: [hostile] }, { __proto__x: [hostile], constructor: [] });
  expect(told[1]).toEqual(['resolved (cluster) constructor __proto__ medium']);
  expect(JSON.stringify(state.findings[0]!.evidence)).toBe('{"__proto__":{"toString":1}}');
});
