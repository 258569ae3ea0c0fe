import { describe, expect, test } from '@jest/globals';
import type { Reconciled } from '../../lambda/reconcile/reconcile.ts';
import { readStates } from '../../lambda/reconcile/reconcile.ts';
import { ConflictError } from '../../lambda/storage/object-store.ts';
import { KilledError, memoryStore, type Interference, type MemoryStore, type Operation } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster, type GivenAssessment } from './assessment-of.ts';
import { assertInvariants, keysUnder } from './invariants.ts';
import { beginRun, finish, runOf, told } from './run-of.ts';

/** For tests that go through many cases, on a machine that does other things too. Milliseconds. */
const PATIENCE = 60_000;
const A = cluster('a');
const B = cluster('b');

function looks(minute: number, a: GivenAssessment['checks'], b: GivenAssessment['checks']) {
  return [assessmentOf({ cluster: A, at: at(minute), checks: a }), assessmentOf({ cluster: B, at: at(minute), checks: b })];
}

const BASELINE = looks(0, { x: [{ name: 'one' }, { name: 'two' }], y: [] }, { x: [{ name: 'one' }], y: [] });
/** Opens, resolves, worsens, loses sight of a check, and of a cluster that has never been seen. */
const NEWS = looks(10, { x: [{ name: 'one', severity: 'high' }, { name: 'three' }], y: [] }, { x: { unread: ['deployments'] }, y: [{ name: 'four' }] });
/** Of b it sees what the baseline saw: what NEWS cannot see there is open whether this look came before it or not. */
const OLDER = looks(5, { x: [{ name: 'older' }], y: [] }, { x: [{ name: 'one' }], y: [] });
const NEWER = looks(20, { x: [{ name: 'newer' }], y: [] }, { x: [{ name: 'newer' }], y: [] });

interface Prepared {
  readonly store: MemoryStore;
  readonly run: string;
}

/** A store with a baseline and a run that is to be reconciled. */
async function prepared(): Promise<Prepared> {
  const store = memoryStore();
  await runOf(store, { assessments: BASELINE });
  const run = await beginRun(store, { assessments: NEWS, missed: [{ label: 'c', cluster: cluster('c').id, reason: 'the API server did not answer in 10 s' }] });
  return { store, run };
}

const template = await prepared();
const reference = await finish(template.store.copy(), template.run);
const operations: Operation[] = [];
await finish(template.store.copy().as((operation) => void operations.push(operation)), template.run);
const moments = operations.map((operation, index) => ({ index, name: `${operation.moment} ${operation.kind} ${operation.key.replaceAll(/[0-9A-Z]{26}/g, '<ulid>').replaceAll(/-[0-9a-f]{32}/g, '')}` }));
/** To stop after an operation is to stop before the next one. */
const steps = moments.filter(({ index }) => operations[index]!.moment === 'before' || index === operations.length - 1);
const puts = moments.filter(({ index }) => operations[index]!.kind === 'put');

/** Interferes at one step only. */
function only(step: number, act: Interference): Interference {
  let count = 0;
  return (operation) => (count++ === step ? act(operation) : undefined);
}

/** From this step on the process is dead. */
function killedAt(step: number): Interference {
  let count = 0;
  return () => {
    if (count++ >= step) throw new KilledError();
  };
}

async function kill(store: MemoryStore, run: string, step: number): Promise<void> {
  const died = finish(store.as(killedAt(step)), run);
  // The hint is the last thing written, and a run that cannot write it has done all that matters.
  if (operations[step]!.key.startsWith('hints/') && operations[step]!.kind === 'put') await died;
  else await expect(died).rejects.toThrow(KilledError);
}

/** Stops a reconcile at a step, lets something else happen, and lets it go on. */
async function pausedAt(step: number, { store, run }: Prepared, meanwhile: () => Promise<unknown>): Promise<Reconciled> {
  let arrive = (): void => {};
  let go = (): void => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const gate = new Promise<void>((resolve) => (go = resolve));
  const slow = finish(
    store.as(
      only(step, () => {
        arrive();
        return gate;
      }),
    ),
    run,
  );
  await Promise.race([arrived, slow]);
  await meanwhile();
  go();
  return slow;
}

/** What stays true whatever happened: and a further look at the same clusters finds everything as it is. */
async function assertSound(store: MemoryStore): Promise<void> {
  await assertInvariants(store);
  const before = await readStates(store);
  const after = await runOf(store, { assessments: looks(30, checksOf(before, A.id), checksOf(before, B.id)) });
  expect(told(after.changes).filter((line) => !line.startsWith('regained-sight'))).toEqual([]);
  await assertInvariants(store);
}

function checksOf(states: Awaited<ReturnType<typeof readStates>>, id: string): GivenAssessment['checks'] {
  const findings = states.find((state) => state.cluster.id === id)!.findings;
  return Object.fromEntries(['x', 'y'].map((check) => [check, findings.filter((finding) => finding.check === check).map(({ resource, severity }) => ({ name: resource.name, severity }))]));
}

/** The findings that are open, by cluster, in words. */
async function open(store: MemoryStore): Promise<string[]> {
  return (await readStates(store)).flatMap((state) => state.findings.map(({ check, resource, severity }) => `${state.cluster.label} ${check} ${resource.name} ${severity}`).sort());
}

const OPEN_AFTER_NEWS = ['a x one high', 'a x three medium', 'b x one medium', 'b y four medium'];
const OPEN_AFTER_NEWER = ['a x newer medium', 'b x newer medium'];

test('the reference is what it is meant to be, and every kind of write is in it', async () => {
  expect(told(reference.changes).sort()).toEqual([
    'lost-sight (cluster) cluster findings=0: the API server did not answer in 10 s',
    'lost-sight (cluster) x findings=1: deployments: may not list deployments',
    'opened (cluster) x three medium',
    'opened (cluster) y four medium',
    'resolved (cluster) x two medium',
    'worsened (cluster) x one medium>high',
  ]);
  expect(puts.filter(({ name }) => name.startsWith('before')).map(({ name }) => name.replace('before put ', '').replace(/\/.*/, ''))).toEqual([
    ...['staged', 'staged', 'staged', 'staged', 'staged', 'staged'],
    'seals',
    ...['history', 'history', 'history', 'state', 'state', 'state'],
    'hints',
  ]);
});

describe('killed', () => {
  test.each(steps)('$name, and run again', async ({ index }) => {
    const { store, run } = { store: template.store.copy(), run: template.run };
    await kill(store, run, index);
    const again = await finish(store, run);
    expect({ ...again, states: undefined, before: undefined }).toEqual({ ...reference, states: undefined, before: undefined });
    expect(again.states).toEqual(reference.states);
    expect([...again.before]).toEqual([...reference.before]);
    expect(await open(store)).toEqual(OPEN_AFTER_NEWS);
    await assertSound(store);
  });

  test.each(steps)('$name, and another run comes next', async ({ index }) => {
    const { store, run } = { store: template.store.copy(), run: template.run };
    await kill(store, run, index);
    const committed = (await keysUnder(store, 'seals/')).length === 2;
    const other = await runOf(store, { assessments: NEWER });
    expect(other.seq).toBe(committed ? 3 : 2);
    await assertInvariants(store);
    const late = await finish(store, run);
    expect(late.seq).toBe(committed ? 2 : 3);
    // Not committed before, its looks are older than what the record knows now: only the cluster that it missed is news.
    expect(late.superseded).toEqual(committed ? [] : [A.id, B.id]);
    expect(late.changes.length).toBe(committed ? reference.changes.length : 1);
    expect(await open(store)).toEqual(OPEN_AFTER_NEWER);
    await assertSound(store);
  });
});

describe('paused', () => {
  test.each(steps)('$name, while the same run is tried again', async ({ index }) => {
    const given = { store: template.store.copy(), run: template.run };
    let again: Reconciled | undefined;
    const slow = await pausedAt(index, given, async () => (again = await finish(given.store, given.run)));
    expect(again!.changes).toEqual(reference.changes);
    expect(slow).toEqual(again);
    expect(await open(given.store)).toEqual(OPEN_AFTER_NEWS);
    await assertSound(given.store);
  });

  test.each(steps)('$name, while a newer look at the same clusters is committed', async ({ index }) => {
    const given = { store: template.store.copy(), run: template.run };
    const slow = await pausedAt(index, given, () => runOf(given.store, { assessments: NEWER }));
    expect(slow.superseded).toEqual(slow.seq === 2 ? [] : [A.id, B.id]);
    expect(await open(given.store)).toEqual(OPEN_AFTER_NEWER);
    await assertSound(given.store);
  });

  test.each(steps)('$name, while an older look at the same clusters is committed', async ({ index }) => {
    const given = { store: template.store.copy(), run: template.run };
    await pausedAt(index, given, () => runOf(given.store, { assessments: OLDER }));
    expect(await open(given.store)).toEqual(OPEN_AFTER_NEWS);
    await assertSound(given.store);
  });

  test.each(steps)('$name, while an older and then two newer looks are committed', async ({ index }) => {
    const given = { store: template.store.copy(), run: template.run };
    await pausedAt(index, given, async () => {
      await runOf(given.store, { assessments: OLDER });
      await runOf(given.store, { assessments: looks(15, { x: [], y: [] }, { x: [], y: [] }) });
      await runOf(given.store, { assessments: NEWER });
    });
    expect(await open(given.store)).toEqual(OPEN_AFTER_NEWER);
    await assertSound(given.store);
  });
});

describe('over a commit that somebody left half done', () => {
  const earlier = looks(2, { x: [{ name: 'one' }, { name: 'two' }, { name: 'left' }], y: [] }, { x: [{ name: 'one' }], y: [] });

  /** The store, a run that was sealed and not published, and one that is to be reconciled after it. */
  async function halfDone(): Promise<Prepared> {
    const store = memoryStore();
    await runOf(store, { assessments: BASELINE });
    const left = await beginRun(store, { assessments: earlier });
    let sealed = false;
    const dies = store.as(({ kind, key, moment }) => {
      if (sealed) throw new KilledError();
      sealed = kind === 'put' && key.startsWith('seals/') && moment === 'after';
    });
    await expect(finish(dies, left)).rejects.toThrow(KilledError);
    return { store, run: await beginRun(store, { assessments: NEWS }) };
  }

  test('killed or paused anywhere, the record is whole', async () => {
    const { store: given, run } = await halfDone();
    const steps: Operation[] = [];
    await finish(given.copy().as((operation) => void steps.push(operation)), run);
    expect(steps.filter(({ kind, moment }) => kind === 'put' && moment === 'before').map(({ key }) => key.replace(/\/.*/, ''))).toEqual([
      ...['history', 'history', 'history', 'state', 'state'],
      ...['staged', 'staged', 'staged', 'staged', 'staged'],
      'seals',
      ...['history', 'history', 'history', 'state', 'state'],
      'hints',
    ]);
    for (const [index, { moment }] of steps.entries()) {
      if (moment === 'after') continue;
      const killed = given.copy();
      await finish(killed.as(killedAt(index)), run).catch((error: unknown) => expect(error).toBeInstanceOf(KilledError));
      expect(told((await finish(killed, run)).changes)).toContain('resolved (cluster) x left medium');
      expect(await open(killed)).toEqual(OPEN_AFTER_NEWS);
      await assertSound(killed);
      const paused = given.copy();
      await pausedAt(index, { store: paused, run }, () => runOf(paused, { assessments: NEWER }));
      expect(await open(paused)).toEqual(OPEN_AFTER_NEWER);
      await assertSound(paused);
    }
  }, PATIENCE);
});

describe('doubtful', () => {
  const answers: [string, (key: string) => Error][] = [
    ['an error', () => new Error('503 Slow Down')],
    ['a conflict', (key) => new ConflictError(key)],
  ];

  describe.each(answers)('%s', (_, answer) => {
    test.each(puts)('$name, answered so', async ({ index }) => {
      const { store, run } = { store: template.store.copy(), run: template.run };
      const result = finish(
        store.as(
          only(index, ({ key }) => {
            throw answer(key);
          }),
        ),
        run,
      );
      expect(await result).toEqual(reference);
      expect(await open(store)).toEqual(OPEN_AFTER_NEWS);
      await assertSound(store);
    });
  });

  test('a seal that is put although every answer is an error commits once', async () => {
    const { store, run } = { store: template.store.copy(), run: template.run };
    const deaf = store.as(({ kind, key, moment }) => {
      if (kind === 'put' && key.startsWith('seals/') && moment === 'after') throw new Error('timeout');
    });
    expect((await finish(deaf, run)).changes).toEqual(reference.changes);
    await assertSound(store);
  });

  test("a doubtful seal that turns out to be another run's is not ours", async () => {
    const { store, run } = { store: template.store.copy(), run: template.run };
    let first = true;
    const overtaken = store.as(async ({ kind, key, moment }) => {
      if (kind !== 'put' || !key.startsWith('seals/') || moment === 'after' || !first) return;
      first = false;
      await runOf(store, { assessments: OLDER });
      throw new Error('timeout');
    });
    const result = await finish(overtaken, run);
    expect(result.seq).toBe(3);
    expect(await open(store)).toEqual(OPEN_AFTER_NEWS);
    await assertSound(store);
  });
});
