import { beforeAll, expect, test } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import { KINDS, KUBERNETES_SOURCES } from '../../../lambda/model/kinds.ts';
import { clusterAdmin } from '../../live/cluster-contents.ts';
import { clientSettings } from '../client-settings.ts';
import { subscribeQueue, type SubscribedQueue } from '../subscribed-queue.ts';
import { withTestBed } from './with-test-bed.ts';
import { changesSince, looksOf, newestSeq } from './record-of.ts';
import { historyOf } from './execution.ts';
import { rolePolicies } from './role-policies.ts';
import { EXTERNAL_ID, HUB, MEMBER } from './test-bed.ts';

withTestBed('deployed', soon, (bed) => {
  /** Whoever wants to know of everything, and who only wants what is severe and new. */
  let everything: SubscribedQueue;
  let severe: SubscribedQueue;

  beforeAll(async () => {
    everything = await subscribeQueue(bed().settings, 'everything', bed().topicArn);
    severe = await subscribeQueue(bed().settings, 'severe', bed().topicArn, { severity: ['critical', 'high'], change: ['opened', 'reopened', 'worsened', 'resolved'] });
  });

  test('the template is what was synthesised, but for what the emulator cannot do', () => {
    expect(bed().changedForEmulator).toEqual(['RecordIsWrittenOnce', 'metric math of an alarm', 'metric math of an alarm', 'metric math of an alarm', 'aws:PrincipalArn of a trust policy']);
  });

  test('the schedule fires, and the first look at two clusters of two accounts is a baseline', async () => {
    const execution = await bed().executions.next();
    expect(await execution.finished()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await historyOf(bed().settings, execution.arn)).states).toEqual(['Discover', 'AnyTargets', 'AuditClusters', 'Reconcile', 'Notify']);
    expect(await looksOf(bed().store, 1)).toEqual(['audited ledger', 'audited shop']);
    const changes = await changesSince(bed().store, 0);
    expect(changes.filter((change) => !change.startsWith('opened first-look '))).toEqual([]);
    for (const cluster of ['shop', 'ledger']) expect(changes.some((change) => change.endsWith(` in ${cluster}`))).toBe(true);
    const [message, ...more] = await everything.drain();
    expect(more).toEqual([]);
    expect(JSON.parse(message!.Message)).toMatchObject({ route: { name: 'security' }, items: [], seals: { from: 1, to: 1 } });
    expect(await severe.drain()).toEqual([]);
  }, 200_000);

  test('a change between two runs is in the record, and in the queue behind the filter, and nothing else is', async () => {
    const { path, object } = clusterAdmin('mallory-admin', 'mallory');
    await bed().shop.server.call('POST', path, object);
    const seq = await newestSeq(bed().store);
    expect(await (await bed().executions.start({ trigger: 'manual' })).finished()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await changesSince(bed().store, seq)).toEqual(['opened cluster cluster-admin-binding User mallory in shop']);
    const [message, ...more] = await severe.drain();
    expect(more).toEqual([]);
    expect(message!.Subject).toMatch(/^Eksaminer: 1 (critical|high) opened$/);
    expect(JSON.parse(message!.Message)).toMatchObject({
      seals: { from: seq + 1, to: seq + 1 },
      items: [{ kind: 'opened', check: 'cluster-admin-binding', placesTotal: 1, places: [{ account: HUB, resource: { kind: 'User', name: 'mallory' } }] }],
      sight: [],
      gone: [],
      firstLooks: [],
      checks: [],
    });
    expect((await everything.drain()).map(({ Subject }) => Subject)).toEqual([message!.Subject]);
  }, 120_000);

  test('a run without a change seals, and says nothing', async () => {
    const seq = await newestSeq(bed().store);
    expect(await (await bed().executions.start({ trigger: 'manual' })).finished()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await newestSeq(bed().store)).toBe(seq + 1);
    expect(await changesSince(bed().store, seq)).toEqual([]);
    expect(await everything.drain()).toEqual([]);
  }, 120_000);

  test('no function made a call that its role does not allow', async () => {
    const policies = rolePolicies(bed().settings, { [MEMBER]: clientSettings({ url: bed().settings.endpoint, region: bed().settings.region }, { accessKeyId: MEMBER, secretAccessKey: 'root' }) });
    const judged = new Map<string, string>();
    for (const call of bed().gateway.calls) {
      const principal = bed().gateway.signer(call.accessKeyId)?.principal ?? `nobody (${call.accessKeyId})`;
      expect([call.action, principal, call.status]).not.toEqual([call.action, principal, 403]);
      judged.set(`${principal.split(':')[4]} ${nameOf(principal)} ${call.action} ${call.resource}`, await policies.judge(principal, call));
    }
    expect([...judged].filter(([call, verdict]) => verdict !== 'allowed' && !call.includes(' sts:GetCallerIdentity '))).toEqual([]);
    const auditRole = bed().stack.outputs['AuditRoleArn']!;
    expect(await policies.judge(auditRole, { action: 's3:GetObject', resource: `arn:aws:s3:::${bed().bucket}/state/a.json.gz`, context: {} })).toBe('not-allowed');
    const actions = new Set([...judged.keys()].map((call) => call.split(' ')[2]!));
    for (const action of ['sts:AssumeRole', 'eks:ListClusters', 'eks:DescribeCluster', 'eks:DescribeNodegroup', 'ec2:DescribeRegions', 'ec2:DescribeSecurityGroups', 'iam:GetRole', 's3:PutObject', 's3:GetObject', 's3:ListBucket', 'sns:Publish']) expect(actions).toContain(action);
    const assumed = bed().gateway.calls.filter(({ action }) => action === 'sts:AssumeRole');
    expect(new Set(assumed.map(({ resource, context }) => `${resource} ${context['sts:ExternalId']}`))).toEqual(new Set([`arn:aws:iam::${MEMBER}:role/EksaminerMember ${EXTERNAL_ID}`]));
  });

  test('each cluster was entered by its own account\'s role, with GET alone, and by nobody else', () => {
    const principals = ({ door }: { readonly door: { readonly passages: readonly { readonly principal?: string; readonly refused?: string }[] } }): Set<string | undefined> => new Set(door.passages.map(({ principal, refused }) => principal ?? refused));
    expect(principals(bed().shop)).toEqual(new Set([bed().stack.outputs['AuditRoleArn']]));
    expect(principals(bed().ledger)).toEqual(new Set([bed().memberStack.outputs['RoleArn']]));
    const planned = new Set<string>(KUBERNETES_SOURCES.map((source) => KINDS[source].plural));
    for (const { server } of [bed().shop, bed().ledger]) {
      const events = server.auditLog().filter(({ impersonatedUser }) => impersonatedUser !== undefined);
      expect(events.length).toBeGreaterThan(50);
      expect(new Set(events.map(({ verb }) => verb))).toEqual(new Set(['get', 'list']));
      expect(events.filter(({ objectRef }) => objectRef?.resource !== undefined && !planned.has(objectRef.resource))).toEqual([]);
    }
  });

  test('no token is in the record or in a log', async () => {
    let objects = 0;
    for await (const { key } of bed().store.list('')) {
      const { body } = (await bed().store.get(key))!;
      const text = Buffer.from(key.endsWith('.gz') ? gunzipSync(body) : body).toString('utf8');
      expect([key, text.includes('k8s-aws-v1.'), text.includes('X-Amz-Signature')]).toEqual([key, false, false]);
      objects++;
    }
    expect(objects).toBeGreaterThan(10);
    expect(bed().emulator.log()).not.toContain('k8s-aws-v1.');
  });
});

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** A schedule that fires in one to two minutes: the schema takes nothing more frequent than hourly, and by then all is deployed. */
function soon(): string {
  return `cron(${new Date(Date.now() + 120_000).getUTCMinutes()} * * * ? *)`;
}
