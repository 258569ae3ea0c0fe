import { beforeAll, describe, expect, test } from '@jest/globals';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clusterAdmin } from '../../live/cluster-contents.ts';
import type { AwsCall } from '../aws-call.ts';
import { subscribeQueue, type SubscribedQueue } from '../subscribed-queue.ts';
import { throttled } from '../fake/otherwise.ts';
import type { LiveCluster } from '../eks/live-cluster.ts';
import { changesSince, looksOf, newestSeq } from './record-of.ts';
import { HUB, MEMBER, REGION, clusterBehind, physicalIdOf } from './test-bed.ts';
import { withTestBed } from './with-test-bed.ts';

const SHOP = `arn:aws:eks:${REGION}:${HUB}:cluster/shop`;

/** Daily, at an hour that is not now. */
const never = (): string => `cron(0 ${(new Date().getUTCHours() + 12) % 24} * * ? *)`;

withTestBed('deployed, with faults', never, (bed) => {
  let news: SubscribedQueue;
  let operations: SubscribedQueue;

  /** A run of everything, or of these clusters, that succeeds: what it changed, how looking went, and the subjects of what was said. */
  async function run(clusters?: readonly string[]): Promise<{ readonly seq: number; readonly changes: readonly string[]; readonly looks: readonly string[]; readonly said: readonly string[] }> {
    const before = await newestSeq(bed().store);
    const execution = await bed().executions.start({ trigger: 'manual', ...(clusters ? { clusters } : {}) });
    expect(await execution.finished()).toMatchObject({ status: 'SUCCEEDED' });
    const seq = await newestSeq(bed().store);
    return { seq, changes: await changesSince(bed().store, before), looks: await looksOf(bed().store, seq), said: (await news.drain()).map(({ Subject }) => Subject) };
  }

  const makeAdmin = async ({ server }: LiveCluster, user: string): Promise<void> => {
    const { path, object } = clusterAdmin(`${user}-admin`, user);
    await server.call('POST', path, object);
  };
  const removeAdmin = async ({ server }: LiveCluster, user: string): Promise<unknown> => server.call('DELETE', `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${user}-admin`);
  const opened = (user: string, cluster: string): string => `opened cluster cluster-admin-binding User ${user} in ${cluster}`;
  const resolved = (user: string, cluster: string): string => `resolved cluster cluster-admin-binding User ${user} in ${cluster}`;
  /** Which function a call is of: the part of its name that the stack gives it. */
  const isOf = (fn: string, { accessKeyId }: AwsCall): boolean => bed().gateway.signer(accessKeyId)?.session.includes(`-Run${fn}Function`) ?? false;

  beforeAll(async () => {
    news = await subscribeQueue(bed().settings, 'news', bed().topicArn);
    operations = await subscribeQueue(bed().settings, 'operations', physicalIdOf(bed().stack, 'AWS::SNS::Topic', 'Operations'));
    // Findings that every fault below has to leave alone.
    await makeAdmin(bed().shop, 'first');
    await makeAdmin(bed().ledger, 'first');
    expect((await run()).said).toHaveLength(1);
  }, 120_000);

  test('a cluster that cannot be reached resolves nothing, is said once, and once again when it is back', async () => {
    const clusters = bed().fake.accounts[MEMBER]!.regions[REGION]!.clusters!;
    const [there] = clusters;
    // A port where nobody listens: the connection is refused.
    clusters[0] = clusterBehind('ledger', 1);
    const lost = await run();
    expect(lost.changes).toEqual([expect.stringMatching(/^lost-sight cluster of ledger: \d+ checks$/)]);
    expect(lost.said).toEqual(['Eksaminer: ledger partly out of sight']);
    const again = await run();
    expect([again.changes, again.said]).toEqual([[], []]);
    clusters[0] = there!;
    const back = await run();
    expect(back.changes).toEqual([expect.stringMatching(/^regained-sight cluster of ledger: \d+ checks$/)]);
    expect(back.said).toEqual(['Eksaminer: ledger in sight again']);
  }, 240_000);

  test('403 on some kinds leaves what rests on them open, and the rest assessed', async () => {
    bed().shop.door.fault = (path) => (/^\/apis\/rbac\.authorization\.k8s\.io\/v1\/clusterrolebindings\?/.test(path) ? forbidden('clusterrolebindings') : undefined);
    await removeAdmin(bed().shop, 'first');
    const lost = await run();
    // Nothing is resolved, though the binding is not there any more. Some of these checks miss another source too.
    expect(lost.changes.filter((change) => !/^lost-sight cluster of shop: \d+ checks$/.test(change))).toEqual([]);
    expect(lost.said).toEqual(['Eksaminer: shop partly out of sight']);
    bed().shop.door.fault = undefined;
    const back = await run();
    expect(back.changes).toEqual([expect.stringMatching(/^regained-sight cluster of shop: \d+ checks$/), resolved('first', 'shop')]);
    await makeAdmin(bed().shop, 'first');
    await run();
  }, 240_000);

  test('410 in the middle of a list begins it again', async () => {
    const names = Array.from({ length: 501 }, (_, index) => `many-${index}`);
    const path = '/api/v1/namespaces/default/serviceaccounts';
    for (let at = 0; at < names.length; at += 50) {
      await Promise.all(names.slice(at, at + 50).map((name) => bed().shop.server.call('POST', path, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name }, automountServiceAccountToken: false })));
    }
    const from = bed().shop.door.passages.length;
    let expired = 0;
    bed().shop.door.fault = (asked) => (asked.includes('/serviceaccounts?') && asked.includes('continue=') && expired++ === 0 ? status(410, 'Expired', 'The provided continue parameter is too old') : undefined);
    const { changes, looks } = await run();
    bed().shop.door.fault = undefined;
    expect([changes, looks]).toEqual([[], ['audited ledger', 'audited shop']]);
    const lists = bed().shop.door.passages.slice(from).filter(({ path: asked }) => asked.includes('/serviceaccounts?'));
    expect(lists.map(({ path: asked, status: answered }) => [asked.includes('continue='), answered])).toEqual([[false, 200], [true, 410], [false, 200], [true, 200]]);
  }, 120_000);

  test('a storm of 429 is waited out', async () => {
    const turnedAway = new Map<string, number>();
    const from = bed().ledger.door.passages.length;
    bed().ledger.door.fault = (path) => {
      if (!path.startsWith('/apis/rbac.authorization.k8s.io/')) return undefined;
      const times = (turnedAway.get(path) ?? 0) + 1;
      turnedAway.set(path, times);
      return times > 2 ? undefined : { ...status(429, 'TooManyRequests', 'too many requests, please try again later'), headers: { 'retry-after': '0' } };
    };
    const { changes, looks } = await run();
    bed().ledger.door.fault = undefined;
    expect([changes, looks]).toEqual([[], ['audited ledger', 'audited shop']]);
    expect(bed().ledger.door.passages.slice(from).filter(({ status: answered }) => answered === 429).length).toBeGreaterThanOrEqual(8);
  }, 120_000);

  test('throttling by EKS is waited out', async () => {
    const from = bed().fake.calls.length;
    bed().fake.otherwise.push(throttled('eks:*', 6));
    const { changes, looks } = await run();
    bed().fake.otherwise.pop();
    expect([changes, looks]).toEqual([[], ['audited ledger', 'audited shop']]);
    expect(bed().fake.calls.slice(from).filter(({ status: answered }) => answered === 429)).toHaveLength(6);
  }, 120_000);

  test('a run of one cluster with a newer look seals while the full run is under way: its finding stays open', async () => {
    const before = await newestSeq(bed().store);
    const gate = hold((call) => isOf('Reconcile', call));
    bed().gateway.fault = gate.fault;
    const full = await bed().executions.start({ trigger: 'manual' });
    await gate.reached;
    await makeAdmin(bed().shop, 'eve');
    const one = await run([SHOP]);
    expect(one.changes).toEqual([opened('eve', 'shop')]);
    expect(one.looks).toEqual(['audited shop']);
    gate.release();
    expect(await full.finished()).toMatchObject({ status: 'SUCCEEDED' });
    bed().gateway.fault = undefined;
    expect(await newestSeq(bed().store)).toBe(before + 2);
    expect(await changesSince(bed().store, before)).toEqual([opened('eve', 'shop')]);
    expect(await looksOf(bed().store, before + 2)).toEqual(['audited ledger', 'superseded shop']);
    expect(await news.drain()).toEqual([]);
    expect((await run()).changes).toEqual([]);
  }, 240_000);

  test('reconcile is tried again while its first attempt still lives: one seal, every change once', async () => {
    await makeAdmin(bed().ledger, 'trent');
    const before = await newestSeq(bed().store);
    const gate = hold((call) => isOf('Reconcile', call) && call.action === 's3:PutObject' && call.resource.includes('/seals/'));
    bed().gateway.fault = gate.fault;
    const first = await bed().executions.start({ trigger: 'manual' });
    await gate.reached;
    const newest = await newestRun();
    const { FunctionError, Payload } = await new LambdaClient(bed().settings).send(new InvokeCommand({ FunctionName: physicalIdOf(bed().stack, 'AWS::Lambda::Function', 'RunReconcile'), Payload: JSON.stringify({ run: newest }) }));
    expect([FunctionError, JSON.parse(Buffer.from(Payload!).toString('utf8'))]).toEqual([undefined, { seq: before + 1 }]);
    gate.release();
    expect(await first.finished()).toMatchObject({ status: 'SUCCEEDED' });
    bed().gateway.fault = undefined;
    expect(await newestSeq(bed().store)).toBe(before + 1);
    expect(await changesSince(bed().store, before)).toEqual([opened('trent', 'ledger')]);
    expect(await news.drain()).toHaveLength(1);
  }, 120_000);

  test('SNS is down for one run: operations hear of it, and the next run tells the news, once', async () => {
    await makeAdmin(bed().shop, 'oscar');
    await operations.drain();
    const before = await newestSeq(bed().store);
    bed().gateway.fault = ({ action }) => (action === 'sns:Publish' ? { status: 503, contentType: 'text/xml', body: '<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>' } : undefined);
    expect(await (await bed().executions.start({ trigger: 'manual' })).finished()).toMatchObject({ status: 'FAILED' });
    bed().gateway.fault = undefined;
    expect(await changesSince(bed().store, before)).toEqual([opened('oscar', 'shop')]);
    expect(await news.drain()).toEqual([]);
    expect((await operations.drain()).map(({ Message }) => Message)).toEqual([expect.stringContaining('a run ended as FAILED')]);
    await bed().executions.start({ trigger: 'manual' }).then(async (execution) => expect(await execution.finished()).toMatchObject({ status: 'SUCCEEDED' }));
    const [told, ...more] = await news.drain();
    expect(more).toEqual([]);
    expect(JSON.parse(told!.Message)).toMatchObject({ seals: { from: before + 1 }, items: [{ kind: 'opened', places: [{ resource: { name: 'oscar' } }] }] });
  }, 240_000);

  test('an audit that fails is news of its cluster, not the end of the run', async () => {
    bed().gateway.fault = (call) => (isOf('Audit', call) && call.action === 's3:PutObject' && call.resource.includes('/clusters/ledger-') ? DENIED : undefined);
    const lost = await run();
    bed().gateway.fault = undefined;
    expect([lost.changes, lost.looks]).toEqual([['lost-sight cluster of ledger'], ['audited shop', 'missed ledger']]);
    expect(lost.said).toEqual(['Eksaminer: ledger out of sight']);
    expect((await run()).changes).toEqual(['regained-sight cluster of ledger']);
  }, 120_000);

  test('where no cluster can be audited, each is out of sight, and the run is none that failed', async () => {
    bed().gateway.fault = (call) => (isOf('Audit', call) && call.action === 's3:PutObject' && /\/clusters\/(?:ledger|shop)-/.test(call.resource) ? DENIED : undefined);
    const lost = await run();
    bed().gateway.fault = undefined;
    expect([lost.changes, lost.looks]).toEqual([['lost-sight cluster of ledger', 'lost-sight cluster of shop'], ['missed ledger', 'missed shop']]);
    expect((await run()).changes).toEqual(['regained-sight cluster of ledger', 'regained-sight cluster of shop']);
  }, 180_000);

  test('an audit that takes too long is news of its cluster', async () => {
    const gate = hold((call) => isOf('Audit', call) && call.action === 's3:PutObject' && call.resource.includes('/clusters/ledger-'));
    bed().gateway.fault = gate.fault;
    const whole = await bed().executions.edit((definition) => {
      definition.States['AuditClusters']!.ItemProcessor!.States['Audit']!.TimeoutSeconds = 15;
    });
    const lost = await run();
    gate.release();
    bed().gateway.fault = undefined;
    await whole.restore();
    expect([lost.changes, lost.looks]).toEqual([['lost-sight cluster of ledger'], ['audited shop', 'missed ledger']]);
    expect((await run()).changes).toEqual(['regained-sight cluster of ledger']);
  }, 240_000);

  test.each([
    ['that takes too long', 'FAILED'],
    ['that somebody stops', 'ABORTED'],
  ])('a run %s: operations hear of it, and the next one makes good what it left undone', async (_, status) => {
    const before = await newestSeq(bed().store);
    await makeAdmin(bed().shop, status.toLowerCase());
    await operations.drain();
    const gate = hold((call) => isOf('Reconcile', call));
    bed().gateway.fault = gate.fault;
    const whole = await bed().executions.edit((definition) => {
      if (status === 'FAILED') definition.States['Reconcile']!.TimeoutSeconds = 2;
    });
    const execution = await bed().executions.start({ trigger: 'manual' });
    await gate.reached;
    if (status === 'ABORTED') await execution.stop();
    expect(await execution.finished()).toMatchObject({ status });
    gate.release();
    bed().gateway.fault = undefined;
    await whole.restore();
    expect((await operations.drain()).map(({ Message }) => Message)).toEqual([expect.stringContaining(`a run ended as ${status}`)]);
    await run();
    expect(await changesSince(bed().store, before)).toEqual([opened(status.toLowerCase(), 'shop')]);
  }, 240_000);

  test('a discovery that fails ends the run: operations hear of it, and nothing is sealed', async () => {
    const before = await newestSeq(bed().store);
    await operations.drain();
    bed().gateway.fault = ({ action }) => (action === 'sts:GetCallerIdentity' ? DENIED : undefined);
    expect(await (await bed().executions.start({ trigger: 'manual' })).finished()).toMatchObject({ status: 'FAILED' });
    bed().gateway.fault = undefined;
    expect(await newestSeq(bed().store)).toBe(before);
    expect((await operations.drain()).map(({ Message }) => Message)).toEqual([expect.stringContaining('a run ended as FAILED')]);
    expect((await run()).changes).toEqual([]);
  }, 120_000);

  describe('at the end', () => {
    test('a cluster that is deleted is gone: its findings close as one item', async () => {
      bed().fake.accounts[MEMBER]!.regions[REGION]!.clusters!.splice(0, 1);
      const { changes, said } = await run();
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.filter((change) => !/^resolved cluster-gone .* in ledger$/.test(change))).toEqual([]);
      expect(said).toEqual(['Eksaminer: ledger gone']);
      const again = await run();
      expect([again.changes, again.said]).toEqual([[], []]);
    }, 120_000);

    test('a cluster that is excluded is out of sight, once, and resolves nothing; a new route is not told the past', async () => {
      const before = await newestSeq(bed().store);
      const route = { severity: 'medium', email: [] };
      const stack = await bed().redeploy({ clusters: { exclude: ['shop'] }, routes: [{ name: 'security', ...route }, { name: 'late', ...route }] });
      const late = await subscribeQueue(bed().settings, 'late', physicalIdOf(stack, 'AWS::SNS::Topic', 'RoutesRoutelate'));
      const { seq, changes, said } = await run();
      expect(seq).toBe(before + 1);
      expect(changes).toEqual(['lost-sight setting of shop']);
      expect(said).toEqual(['Eksaminer: shop out of sight']);
      const told = await late.drain();
      expect(told.map(({ Message }) => (JSON.parse(Message) as { readonly seals: object }).seals)).toEqual([{ from: seq, to: seq }]);
      const again = await run();
      expect([again.changes, again.said, await late.drain()]).toEqual([[], [], []]);
    }, 180_000);
  });

  /** The run that began last. */
  async function newestRun(): Promise<string> {
    let newest = '';
    for await (const { key } of bed().store.list('runs/')) newest = key.split('/')[1]!;
    return newest;
  }
});

/** As S3 and STS say it. */
const DENIED = { status: 403, contentType: 'text/xml', body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>' };

interface Gate {
  /** The first call that `which` means waits here; no later one does. */
  readonly fault: (call: AwsCall) => Promise<undefined> | undefined;
  readonly reached: Promise<undefined>;
  release(): void;
}

function hold(which: (call: AwsCall) => boolean): Gate {
  const arrival = Promise.withResolvers<undefined>();
  const departure = Promise.withResolvers<undefined>();
  let held = false;
  return {
    fault(call) {
      if (held || !which(call)) return undefined;
      held = true;
      arrival.resolve(undefined);
      return departure.promise;
    },
    reached: arrival.promise,
    release: () => departure.resolve(undefined),
  };
}

function status(code: number, reason: string, message: string): { readonly status: number; readonly body: object } {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code } };
}

function forbidden(resource: string): { readonly status: number; readonly body: object } {
  return status(403, 'Forbidden', `${resource} is forbidden: User cannot list resource "${resource}"`);
}
