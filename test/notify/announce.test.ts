import { describe, expect, test } from '@jest/globals';
import { announce, startRoutes } from '../../lambda/notify/announce.ts';
import { memoryStore, KilledError, type MemoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from '../reconcile/assessment-of.ts';
import { beginRun, finish, runOf } from '../reconcile/run-of.ts';
import { Audience, CHAT, HIGH, LEASE, LOW, itemsIn, look } from './announcing.ts';

const A = cluster('a');
const B = cluster('b');

/** A store whose routes are known from the start. */
async function begun(...routes: Parameters<typeof startRoutes>[1][number][]): Promise<{ store: MemoryStore; audience: Audience }> {
  const store = memoryStore();
  await startRoutes(store, routes.length > 0 ? routes : [LOW]);
  return { store, audience: new Audience() };
}

/** The same, with a baseline of a that has been told. */
async function told(): Promise<{ store: MemoryStore; audience: Audience }> {
  const given = await begun(LOW, HIGH);
  await look(given.store, A, 0, { x: [{ name: 'old', severity: 'high' }], y: [] });
  await given.audience.announce(given.store, [LOW, HIGH]);
  given.audience.sent.length = 0;
  return given;
}

const outcomeOf = async (audience: Audience, store: MemoryStore, routes = [LOW]): Promise<string[]> =>
  (await audience.announce(store, routes)).routes.map(({ route, outcome, messages, seq }) => `${route} ${outcome} ${messages} ${seq}`);

describe('where a route begins', () => {
  test('at nothing in an empty store: it is told of the baseline, in one line', async () => {
    const { store, audience } = await begun();
    await look(store, A, 0, { x: [{ name: 'one', severity: 'high' }, { name: 'two' }] });
    expect(await outcomeOf(audience, store)).toEqual(['everything told 1 1']);
    const [{ items, firstLooks, summary }] = audience.documents as [(typeof audience.documents)[number]];
    expect(items).toEqual([]);
    expect(firstLooks).toEqual([{ account: '111122223333', clusters: 1, findings: { critical: 0, high: 1, medium: 1, low: 0, info: 0 } }]);
    expect(summary).toBe('Eksaminer: first look at 1 cluster');
  });

  test('where it is seen first: it does not receive the past', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [], y: [] });
    expect(await outcomeOf(audience, store, [HIGH, CHAT])).toEqual(['platform told 1 2', 'platform-chat up-to-date 0 2']);
    await look(store, A, 20, { x: [{ name: 'new', severity: 'critical' }], y: [] });
    expect(await outcomeOf(audience, store, [CHAT])).toEqual(['platform-chat told 1 3']);
    expect(audience.sent.map(({ topicArn }) => topicArn)).toEqual([HIGH.topicArn, CHAT.topicArn]);
  });

  test('a name that is no part of a key is refused', async () => {
    const { store, audience } = await begun();
    await expect(announce(store, [{ ...LOW, name: 'a/b' }], audience.options)).rejects.toThrow('route "a/b": what was told is kept under its name');
  });
});

describe('what is told', () => {
  test('a run with news is one message; the same again is none', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'new', severity: 'critical' }], y: [] });
    expect(await outcomeOf(audience, store)).toEqual(['everything told 1 2']);
    expect(audience.documents.map(itemsIn)).toEqual([['opened critical a/new']]);
    expect(await outcomeOf(audience, store)).toEqual(['everything up-to-date 0 2']);
    expect(audience.sent).toHaveLength(1);
  });

  test('a run without news sends nothing, and is done with', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }], y: [] });
    expect(await outcomeOf(audience, store)).toEqual(['everything quiet 0 2']);
    expect(await outcomeOf(audience, store)).toEqual(['everything up-to-date 0 2']);
    expect(audience.sent).toEqual([]);
  });

  test('each route is told what is severe enough for it; the rest is a number, and no message of its own', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'small', severity: 'low' }], y: [{ name: 'big', severity: 'critical' }] });
    expect(await outcomeOf(audience, store, [LOW, HIGH])).toEqual(['everything told 1 2', 'platform told 1 2']);
    expect(audience.documents.map(itemsIn)).toEqual([['opened critical a/big', 'opened low a/small'], ['opened critical a/big']]);
    expect(audience.documents.map(({ counts, below }) => [counts, below])).toEqual([[{ opened: 2 }, {}], [{ opened: 1 }, { opened: 1 }]]);
    await look(store, A, 20, { x: [{ name: 'old', severity: 'high' }], y: [{ name: 'big', severity: 'critical' }] });
    expect(await outcomeOf(audience, store, [LOW, HIGH])).toEqual(['everything told 1 3', 'platform quiet 0 3']);
  });

  test('who was told that it opened is told that it eased', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'low' }], y: [] });
    await audience.announce(store, [HIGH]);
    expect(audience.documents.map(itemsIn)).toEqual([['eased high>low a/old']]);
  });

  test('what went out of sight, is gone or is new is told to every route', async () => {
    const { store, audience } = await told();
    await runOf(store, { assessments: [assessmentOf({ cluster: B, at: at(10), checks: { x: [{ name: 'one', severity: 'low' }] } })], missed: [{ label: 'a', cluster: A.id, reason: 'the API server did not answer in 10 s' }], startedAt: at(10) });
    expect(await outcomeOf(audience, store, [HIGH])).toEqual(['platform told 1 2']);
    const [{ sight, firstLooks, standing }] = audience.documents as [(typeof audience.documents)[number]];
    expect(sight).toEqual([expect.objectContaining({ kind: 'lost-sight', label: 'a', reason: 'the API server did not answer in 10 s', findings: 1 })]);
    expect(firstLooks).toEqual([expect.objectContaining({ label: 'b', clusters: 1 })]);
    expect(standing).toMatchObject({ clusters: 2, unseen: 1 });
    audience.sent.length = 0;
    const listing = { account: A.account!, region: A.region!, result: 'listed' } as const;
    await runOf(store, { startedAt: at(20), scope: { clusters: 'all', listings: [listing], gone: [A.id, B.id] } });
    expect(await outcomeOf(audience, store, [HIGH])).toEqual(['platform told 1 3']);
    expect(audience.documents.map(({ gone }) => gone.map(({ label, findings }) => [label, findings]))).toEqual([[['a', 1], ['b', 1]]]);
  });

  test('a cluster that is gone is told of where nothing was open there', async () => {
    const { store, audience } = await begun();
    await look(store, A, 0, { x: [] });
    await audience.announce(store);
    const listing = { account: A.account!, region: A.region!, result: 'listed' } as const;
    await runOf(store, { startedAt: at(20), scope: { clusters: 'all', listings: [listing], gone: [A.id] } });
    await audience.announce(store);
    expect(audience.documents[1]!.gone).toEqual([expect.objectContaining({ label: 'a', findings: 0 })]);
  });

  test('a cluster that is still out of sight is told once', async () => {
    const { store, audience } = await told();
    for (const minute of [10, 20]) await runOf(store, { missed: [{ label: 'a', cluster: A.id, reason: 'no answer' }], startedAt: at(minute) });
    await audience.announce(store);
    await runOf(store, { missed: [{ label: 'a', cluster: A.id, reason: 'no answer' }], startedAt: at(30) });
    await audience.announce(store);
    expect(audience.sent).toHaveLength(1);
  });

  test('a new check is one line, and only where it found what is severe enough', async () => {
    const { store, audience } = await told();
    const old = [{ name: 'old', severity: 'high' }] as const;
    await look(store, A, 10, { x: old, y: [], z: [{ name: 'one', severity: 'low' }, { name: 'two', severity: 'low' }] });
    expect(await outcomeOf(audience, store, [LOW, HIGH])).toEqual(['everything told 1 2', 'platform quiet 0 2']);
    expect(audience.documents[0]).toMatchObject({ items: [], checks: [{ check: 'z', origin: 'first-look', clusters: 1, findings: { low: 2 }, others: 0 }] });
  });
});

describe('several seals at once', () => {
  test('are one message with what is left of them', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'brief', severity: 'critical' }], y: [] });
    await look(store, A, 20, { x: [{ name: 'old', severity: 'critical' }], y: [] });
    await look(store, A, 30, { x: [{ name: 'old', severity: 'critical' }], y: [{ name: 'new', severity: 'low' }] });
    expect(await outcomeOf(audience, store)).toEqual(['everything told 1 4']);
    expect(audience.documents.map(itemsIn)).toEqual([['opened low a/new', 'worsened high>critical a/old']]);
    expect(audience.documents[0]).toMatchObject({ seals: { from: 2, to: 4 } });
  });

  test('that leave nothing send nothing', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'brief', severity: 'critical' }], y: [] });
    await look(store, A, 20, { x: [{ name: 'old', severity: 'high' }], y: [] });
    expect(await outcomeOf(audience, store)).toEqual(['everything quiet 0 3']);
  });

  test('a first look and what changed after it are still a first look', async () => {
    const { store, audience } = await told();
    await look(store, B, 10, { x: [{ name: 'one', severity: 'high' }, { name: 'two' }] });
    await look(store, B, 20, { x: [{ name: 'one', severity: 'critical' }, { name: 'three', severity: 'low' }] });
    await audience.announce(store);
    expect(audience.documents[0]).toMatchObject({ items: [], firstLooks: [{ label: 'b', findings: { critical: 1, high: 0, medium: 0, low: 1 } }] });
  });

  test('a cluster that came and went meanwhile was never there', async () => {
    const { store, audience } = await told();
    await look(store, B, 10, { x: [{ name: 'one', severity: 'high' }] });
    await runOf(store, { assessments: [assessmentOf({ cluster: A, at: at(20), checks: { x: [{ name: 'old', severity: 'high' }], y: [] } })], startedAt: at(20), scope: { clusters: 'all', listings: [{ account: B.account!, region: B.region!, result: 'listed' }], gone: [B.id] } });
    expect(await outcomeOf(audience, store)).toEqual(['everything quiet 0 3']);
  });
});

describe('a cluster that was made anew under an old name', () => {
  const OLD = { x: [{ name: 'old', severity: 'critical' }, { name: 'older', severity: 'high' }] } as const;
  const NEW = [{ label: 'a', clusters: 1, findings: { critical: 1, high: 1, medium: 0, low: 0, info: 0 } }];
  const goneA = (store: MemoryStore, minute: number) =>
    runOf(store, { startedAt: at(minute), scope: { clusters: 'all', listings: [{ account: A.account!, region: A.region!, result: 'listed' }], gone: [A.id] } });
  const toldOf = ({ documents }: Audience) => documents.map(({ items, gone, firstLooks }) => ({ items, gone: gone.map(({ label, findings }) => [label, findings]), firstLooks }));

  async function known(...clusters: (typeof A)[]): Promise<{ store: MemoryStore; audience: Audience }> {
    const given = await begun();
    for (const [index, each] of [B, ...clusters].entries()) await look(given.store, each, index, OLD);
    await given.audience.announce(given.store);
    given.audience.sent.length = 0;
    return given;
  }

  test('has what is open there in its first look, though the old one had the same', async () => {
    const { store, audience } = await known({ ...A, uid: 'one' });
    await look(store, { ...A, uid: 'two' }, 20, OLD);
    await audience.announce(store);
    expect(toldOf(audience)).toEqual([{ items: [], gone: [['a', 2]], firstLooks: NEW.map((row) => expect.objectContaining(row)) }]);
  });

  test('after a run that saw it gone: both are told in one message', async () => {
    const { store, audience } = await known(A);
    await look(store, A, 10, { x: [OLD.x[0]] });
    await goneA(store, 20);
    await look(store, A, 30, OLD);
    await audience.announce(store);
    expect(toldOf(audience)).toEqual([{ items: [], gone: [['a', 1]], firstLooks: NEW.map((row) => expect.objectContaining(row)) }]);
  });

  test('of which nobody was told: that it went is not told either', async () => {
    const { store, audience } = await known();
    await look(store, A, 10, OLD);
    await goneA(store, 20);
    await look(store, A, 30, OLD);
    await audience.announce(store);
    expect(toldOf(audience)).toEqual([{ items: [], gone: [], firstLooks: NEW.map((row) => expect.objectContaining(row)) }]);
  });
});

describe('the first look at an account', () => {
  test('is one line, though one of its clusters could not be looked at', async () => {
    const { store, audience } = await begun();
    const names = ['a', 'b', 'c'];
    await runOf(store, {
      startedAt: at(0),
      assessments: names.map((name) => assessmentOf({ cluster: cluster(name), at: at(1), checks: { x: [{ name: 'one', severity: 'high' }] } })),
      missed: [{ label: 'd', cluster: cluster('d').id, reason: 'no answer' }],
    });
    await audience.announce(store);
    expect(audience.documents[0]).toMatchObject({ firstLooks: [{ account: A.account, clusters: 3, findings: { high: 3 } }], sight: [{ kind: 'lost-sight', label: 'd' }] });
    expect(audience.documents[0]!.firstLooks).toHaveLength(1);
  });
});

describe('a topic', () => {
  test('that nobody listens to is not told, and is told everything later', async () => {
    const { store, audience } = await begun(LOW, HIGH);
    audience.deaf.add(LOW.topicArn);
    await look(store, A, 0, { x: [{ name: 'one', severity: 'high' }] });
    expect(await outcomeOf(audience, store, [LOW, HIGH])).toEqual(['everything unconfirmed 0 0', 'platform told 1 1']);
    expect([...store.objects.keys()].filter((key) => key.startsWith('announced/everything/'))).toEqual(['announced/everything/start.json']);
    await look(store, A, 10, { x: [{ name: 'one', severity: 'high' }, { name: 'two', severity: 'high' }] });
    audience.deaf.clear();
    audience.sent.length = 0;
    expect(await outcomeOf(audience, store)).toEqual(['everything told 1 2']);
    expect(audience.documents[0]).toMatchObject({ seals: { from: 1, to: 2 }, firstLooks: [{ findings: { high: 2 } }] });
  });

  test('that is down keeps no other from being told, and gets the same message from the next, without any wait', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'new', severity: 'critical' }], y: [] });
    audience.fault = ({ topicArn }) => {
      if (topicArn === LOW.topicArn) throw new Error('503 Service Unavailable');
    };
    const { routes } = await audience.announce(store, [LOW, HIGH]);
    expect(routes).toEqual([
      { route: 'everything', outcome: 'failed', messages: 0, seq: 1, reason: 'its topic did not take the message: Error: 503 Service Unavailable' },
      { route: 'platform', outcome: 'told', messages: 1, seq: 2 },
    ]);
    audience.fault = () => {};
    // Somebody may have got it: what comes after is told against it.
    await look(store, A, 20, { x: [{ name: 'old', severity: 'high' }], y: [] });
    expect(await outcomeOf(audience, store)).toEqual(['everything told 2 3']);
    expect(audience.documents.slice(1).map(itemsIn)).toEqual([['opened critical a/new'], ['resolved critical a/new']]);
  });

  test('whose subscriptions cannot be listed has failed, and is not marked', async () => {
    const { store, audience } = await told();
    await look(store, A, 10, { x: [], y: [] });
    const { routes } = await announce(store, [LOW], { ...audience.options, confirmed: () => Promise.reject(new Error('Throttled')) });
    expect(routes).toEqual([{ route: 'everything', outcome: 'failed', messages: 0, seq: 1, reason: 'its subscriptions could not be listed: Error: Throttled' }]);
    expect(await outcomeOf(audience, store)).toEqual(['everything told 1 2']);
  });
});

describe('a seal that is still being published', () => {
  /** A run that was sealed, and died after so many puts of its publishing. */
  async function halfPublished(store: MemoryStore, puts: number): Promise<string> {
    const run = await beginRun(store, { assessments: [assessmentOf({ cluster: A, at: at(10), checks: { x: [{ name: 'old', severity: 'high' }, { name: 'new', severity: 'critical' }], y: [] } })] });
    let left = Infinity;
    const dies = store.as(({ kind, key, moment }) => {
      if (kind === 'put' && moment === 'before' && left-- <= 0) throw new KilledError();
      if (kind === 'put' && moment === 'after' && key.startsWith('seals/')) left = puts;
    });
    await expect(finish(dies, run)).rejects.toThrow(KilledError);
    return run;
  }

  test.each([0, 1, 2, 3])('is not told of after %i of its objects; when it is complete, it is', async (puts) => {
    const { store, audience } = await told();
    const run = await halfPublished(store, puts);
    expect(await audience.announce(store)).toEqual({ routes: [{ route: 'everything', outcome: 'up-to-date', messages: 0, seq: 1 }], waitingFor: 2 });
    await finish(store, run);
    expect(await outcomeOf(audience, store)).toEqual(['everything told 1 2']);
    expect(audience.documents.map(itemsIn)).toEqual([['opened critical a/new']]);
  });
});

test('the message says since when: since the seal before it', async () => {
  const { store, audience } = await told();
  await look(store, A, 10, { x: [], y: [] });
  await audience.announce(store);
  expect(audience.documents[0]!.since).toBe('2026-11-22T00:00:00.000Z');
});

test('a claim that somebody left is his until the lease is over, and then sent as it was meant', async () => {
  const { store, audience } = await told();
  await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'new', severity: 'critical' }], y: [] });
  let dead = false;
  const dies = store.as(({ kind, key, moment }) => {
    if (!dead) dead = kind === 'put' && key === 'announced/everything/000000000002.json' && moment === 'after';
    if (dead) throw new KilledError();
  });
  await expect(audience.announce(dies)).rejects.toThrow(KilledError);
  await look(store, A, 20, { x: [{ name: 'old', severity: 'high' }], y: [] });
  audience.sent.length = 0;
  expect(await outcomeOf(audience, store)).toEqual(['everything busy 0 1']);
  audience.later(LEASE - 1);
  expect(await outcomeOf(audience, store)).toEqual(['everything busy 0 1']);
  audience.later(1);
  expect(await outcomeOf(audience, store)).toEqual(['everything told 2 3']);
  expect(audience.documents.map(itemsIn)).toEqual([['opened critical a/new'], ['resolved critical a/new']]);
});
