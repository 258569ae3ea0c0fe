import { describe, expect, test } from '@jest/globals';
import { startRoutes } from '../../lambda/notify/announce.ts';
import { memoryStore, KilledError, type Interference, type MemoryStore, type Operation } from '../storage/memory-store.ts';
import { ConflictError } from '../../lambda/storage/object-store.ts';
import { cluster } from '../reconcile/assessment-of.ts';
import { Audience, HIGH, LEASE, LOW, itemsIn, look } from './announcing.ts';

const A = cluster('a');
const ROUTES = [LOW, HIGH];

/** Two routes, a baseline that they were told, and news that they were not. */
async function prepared(): Promise<MemoryStore> {
  const store = memoryStore();
  await startRoutes(store, ROUTES);
  await look(store, A, 0, { x: [{ name: 'old', severity: 'high' }] });
  await new Audience().announce(store, ROUTES);
  await look(store, A, 10, { x: [{ name: 'old', severity: 'high' }, { name: 'new', severity: 'critical' }] });
  return store;
}

const template = await prepared();
const operations: Operation[] = [];
await new Audience().announce(template.copy().as((operation) => void operations.push(operation)), ROUTES);
const moments = operations.map((operation, index) => ({ index, name: `${operation.moment} ${operation.kind} ${operation.key.replaceAll(/[0-9A-Z]{26}|-[0-9a-f]{32}/g, '<id>')}` }));
const steps = moments.filter(({ index }) => operations[index]!.moment === 'before' || index === operations.length - 1);
const puts = moments.filter(({ index }) => operations[index]!.kind === 'put');

function killedAt(step: number): Interference {
  let count = 0;
  return () => {
    if (count++ >= step) throw new KilledError();
  };
}

/** What each topic was told, in words; how often the same is another question. */
function toldTo(audience: Audience): Record<string, string[]> {
  const told: Record<string, string[]> = {};
  audience.sent.forEach(({ topicArn }, index) => (told[topicArn.replace(/.*:/, '')] ??= []).push(...itemsIn(audience.documents[index]!)));
  return told;
}

const NEWS = 'opened critical a/new';

test('the reference claims, sends and completes, one route after the other', () => {
  expect(puts.filter(({ name }) => name.startsWith('before')).map(({ name }) => name)).toEqual([
    'before put announced/everything/000000000002.json',
    'before put announced/everything/000000000002.json',
    'before put announced/platform/000000000002.json',
    'before put announced/platform/000000000002.json',
  ]);
});

describe('killed', () => {
  test.each(steps)('$name, and announced again when the lease is over: told, twice at most', async ({ index }) => {
    const store = template.copy();
    const audience = new Audience();
    await expect(audience.announce(store.as(killedAt(index)), ROUTES)).rejects.toThrow(KilledError);
    audience.later(LEASE);
    const { routes } = await audience.announce(store, ROUTES);
    expect(routes.map(({ seq }) => seq)).toEqual([2, 2]);
    for (const news of Object.values(toldTo(audience))) expect([[NEWS], [NEWS, NEWS]]).toContainEqual(news);
    expect(Object.keys(toldTo(audience)).sort()).toEqual(['everything', 'platform']);
    audience.sent.length = 0;
    await audience.announce(store, ROUTES);
    expect(audience.sent).toEqual([]);
  });

  test.each(['before', 'after'] as const)('%s the message was taken, with news in between: nothing is lost, nothing contradicts', async (moment) => {
    const store = template.copy();
    const audience = new Audience();
    audience.fault = (_, when) => {
      if (when === moment) throw new KilledError();
    };
    let dead = false;
    // The process is gone: it releases nothing.
    const dies = store.as(({ kind, key, moment: when }) => {
      if (dead) throw new KilledError();
      dead = kind === 'put' && key.startsWith('announced/everything/') && when === 'after';
    });
    await audience.announce(dies, [LOW]).catch((error: unknown) => expect(error).toBeInstanceOf(KilledError));
    await look(store, A, 20, { x: [{ name: 'old', severity: 'high' }] });
    audience.fault = () => {};
    audience.later(LEASE);
    await audience.announce(store, [LOW]);
    const told = toldTo(audience)['everything']!;
    expect(told.at(-1)).toBe('resolved critical a/new');
    expect(new Set(told.slice(0, -1))).toEqual(new Set([NEWS]));
  });
});

describe('two who announce at once', () => {
  test.each(steps)('one paused $name: one message a route', async ({ index }) => {
    const store = template.copy();
    const audience = new Audience();
    let count = 0;
    let arrive = (): void => {};
    let go = (): void => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const gate = new Promise<void>((resolve) => (go = resolve));
    const slow = audience.announce(
      store.as(() => {
        if (count++ !== index) return undefined;
        arrive();
        return gate;
      }),
      ROUTES,
    );
    await Promise.race([arrived, slow]);
    await audience.announce(store, ROUTES);
    go();
    await slow;
    expect(toldTo(audience)).toEqual({ everything: [NEWS], platform: [NEWS] });
    // What one left to the other is done.
    expect((await audience.announce(store, ROUTES)).routes.map(({ outcome }) => outcome)).toEqual(['up-to-date', 'up-to-date']);
  });

  test('one so slow that its claim was taken over does not mark what the other has marked', async () => {
    const store = template.copy();
    const audience = new Audience();
    let first = true;
    audience.fault = async (_, moment) => {
      if (!first || moment === 'before') return;
      first = false;
      audience.later(LEASE);
      await audience.announce(store, [LOW]);
    };
    expect((await audience.announce(store, [LOW])).routes).toEqual([{ route: 'everything', outcome: 'busy', messages: 1, seq: 1 }]);
    expect(toldTo(audience)).toEqual({ everything: [NEWS, NEWS] });
    expect((await audience.announce(store, [LOW])).routes).toEqual([{ route: 'everything', outcome: 'up-to-date', messages: 0, seq: 2 }]);
  });
});

describe('doubtful', () => {
  const answers: [string, (key: string) => Error][] = [
    ['an error', () => new Error('503 Slow Down')],
    ['a conflict', (key) => new ConflictError(key)],
  ];
  describe.each(answers)('%s', (_, answer) => {
    test.each(puts)('$name, answered so: told once', async ({ index }) => {
      const store = template.copy();
      const audience = new Audience();
      let count = 0;
      const doubtful = store.as(({ key }) => {
        if (count++ === index) throw answer(key);
      });
      expect((await audience.announce(doubtful, ROUTES)).routes.map(({ outcome }) => outcome)).toEqual(['told', 'told']);
      expect(toldTo(audience)).toEqual({ everything: [NEWS], platform: [NEWS] });
    });
  });
});
