import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { CaptureOptions, CaptureResult } from '../../../lambda/collect/capture/capture-result.ts';
import { readCapture } from '../../../lambda/collect/capture/read-capture.ts';
import { writeCapture } from '../../../lambda/collect/capture/write-capture.ts';
import { AWS_IDENTITY } from '../../../lambda/collect/aws/aws-answers.ts';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { LIVE_FIELDS, liveEndsOf } from '../../../lambda/facts/network/reach/live-ends.ts';
import type { CollectionPlan } from '../../../lambda/model/collection-plan.ts';
import { isAwsSource } from '../../../lambda/model/sources.ts';
import { refused } from '../../../lambda/model/collected.ts';
import type { Snapshot } from '../../../lambda/model/snapshot.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { NOW, PLAN, said, withCapture, type Files } from './capture-of.ts';

const GIVEN: GivenSources = {
  namespaces: [{ metadata: { name: 'kube-system', uid: 'u-1' } }, { metadata: { name: 'shop' } }],
  pods: [{ metadata: { name: 'a', namespace: 'shop' }, spec: { hostNetwork: true, containers: [{ name: 'c', image: 'i', securityContext: { privileged: true } }] } }],
  roleBindings: [{ metadata: { name: 'b', namespace: 'shop' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' }, subjects: [{ kind: 'Group', name: 'g' }] }],
  awsAuth: [{ metadata: { name: 'aws-auth', namespace: 'kube-system' } }],
  ingresses: refused('forbidden', 'may not list ingresses'),
  eksAddons: [{ addonName: 'vpc-cni', addonVersion: 'v1.20.0' }],
  eksAccessEntries: [{ principalArn: 'arn:aws:iam::111122223333:role/admin' }],
  eksAssociatedAccessPolicies: [{ principalArn: 'arn:aws:iam::111122223333:role/admin', associatedAccessPolicies: [{ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' }] }],
  ec2SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [] }],
};

/** With what tells one thing from another, which collection always keeps. */
const KEPT = Object.fromEntries(
  Object.entries(PLAN).map(([source, fields]) => [source, [...fields, ...(isAwsSource(source) ? AWS_IDENTITY[source] : source === 'namespaces' ? ['metadata.uid'] : [])]]),
) as unknown as CollectionPlan;

const SNAPSHOT: Snapshot = snapshotOf(
  GIVEN,
  { cluster: { id: 'uid:u-1', label: 'prod', uid: 'u-1' }, observedAt: '2026-10-01T03:04:05.678Z', problems: ['something went wrong then'] },
  KEPT,
);

async function written(snapshot = SNAPSHOT, plan = PLAN): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeCapture(snapshot, plan, 'eksaminer 9.9.9')) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function readAgain(file: Buffer | string, options: Partial<CaptureOptions> = {}, beside: Files = {}): Promise<CaptureResult> {
  return withCapture({ 'x.bin': file, ...beside }, (directory) => readCapture(directory, { plan: PLAN, now: NOW, ...options }));
}

async function snapshotAgain(file: Buffer | string, options: Partial<CaptureOptions> = {}): Promise<Snapshot> {
  const read = await readAgain(file, options);
  if (!read.ok) throw new Error(read.reason.message);
  return read.snapshot;
}

/** The documents of a capture, to be changed. */
async function documents(): Promise<{ header: Record<string, unknown>; rest: string }> {
  const text = gunzipSync(await written()).toString();
  const end = text.indexOf('\n');
  return { header: JSON.parse(text.slice(0, end)) as Record<string, unknown>, rest: text.slice(end) };
}

describe('a capture of our own', () => {
  test('gives back the snapshot that it was made of, whatever the file is called', async () => {
    const again = await snapshotAgain(await written());
    const { fields, ...rest } = again;
    expect(rest).toEqual(JSON.parse(JSON.stringify(SNAPSHOT)));
    expect(fields).toEqual(PLAN);
  });

  test('keeps of pods that controllers made what reach asks, where it was read, and an audit takes of it where they are', async () => {
    const plan = collectionPlan(CHECKS, LIVE_FIELDS);
    const made = { metadata: { name: 'web-1', namespace: 'shop', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true }] }, spec: { nodeName: 'n', hostNetwork: false }, status: { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] } };
    const file = await written(snapshotOf({ ...GIVEN, pods: [made] } as unknown as GivenSources, {}, { ...plan, pods: [...plan.pods, 'metadata.ownerReferences'] }), plan);
    expect((await snapshotAgain(file, { plan })).sources.pods).toEqual({ ok: true, value: [{ apiVersion: 'v1', kind: 'Pod', ...made }] });
    expect((await snapshotAgain(file)).sources.pods).toEqual({ ok: true, value: [{ apiVersion: 'v1', kind: 'Pod', metadata: made.metadata, spec: { hostNetwork: false }, status: { podIP: '10.0.0.1' } }] });
    const [now, before] = await Promise.all([snapshotAgain(file, { plan }), snapshotAgain(await written(), { plan })]);
    expect([now, before].map((snapshot) => liveEndsOf(createFactResolver(snapshot), []).unread.find(({ source }) => source === 'pods')?.reason.code)).toEqual([undefined, 'fields-not-kept']);
  });

  test('is one file of a few hundred bytes, with nothing in it that the snapshot does not hold', async () => {
    const file = await written();
    expect(file.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(JSON.parse(gunzipSync(file).toString().split('\n')[0]!)).toMatchObject({ format: 'eksaminer-capture', formatVersion: 1, madeBy: 'eksaminer 9.9.9', observedAt: '2026-10-01T03:04:05.678Z' });
  });

  test('made by an older version says which fields it kept, and lacks what that did not read', async () => {
    const { header, rest } = await documents();
    const { httpRoutes: _httpRoutes, ...sources } = header['sources'] as Record<string, unknown>;
    const again = await snapshotAgain(JSON.stringify({ ...header, madeBy: 'eksaminer 0.0.1', sources, fields: { pods: ['spec.hostNetwork'], unknownKind: ['x'] } }) + rest);
    expect(again.fields).toEqual({ pods: ['spec.hostNetwork'] });
    expect(said(again, 'httpRoutes')).toBe('not-in-capture: the capture was made by eksaminer 0.0.1, which did not read it; make a new one');
  });

  test('is trimmed again: what it should not hold does not come in', async () => {
    const { header, rest } = await documents();
    const again = await snapshotAgain(JSON.stringify(header) + rest.replace('"hostNetwork":true', '"hostNetwork":true,"secretThing":"hunter2"'));
    expect(JSON.stringify(again)).not.toContain('hunter2');
    expect(said(again, 'pods')).toEqual(['shop/a']);
  });

  test('that breaks off refuses what is missing, and keeps what was complete', async () => {
    const text = gunzipSync(await written()).toString();
    const again = await snapshotAgain(text.slice(0, text.indexOf('"kind":"Pod"')));
    expect(said(again, 'roleBindings')).toEqual(['shop/b']);
    expect(said(again, 'pods')).toMatch(/^unreadable: /);
    expect(said(again, 'eksAddons')).toBe('unreadable: the capture says that 1 objects follow, and 0 do; it is incomplete');
    expect(said(again, 'services')).toEqual([]);
    expect(again.problems[1]).toMatch(/^x\.bin: not JSON after byte [\d,]+ \(the input ends inside item 1 of the list\)\. Was the copy cut off\?$/);
  });

  test('with an object too many or too few is not believed', async () => {
    const { header, rest } = await documents();
    const twice = await snapshotAgain(JSON.stringify(header) + rest.replace('"name":"shop"', '"name":"kube-system","uid":"u-2"'));
    expect(said(twice, 'namespaces')).toMatch(/^unreadable: x\.bin: another version of Namespace kube-system/);
    const more = await snapshotAgain(`${JSON.stringify(header)}${rest}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"z","namespace":"shop"}}`);
    expect(said(more, 'pods')).toBe('unreadable: the capture says that 1 objects follow, and 2 do; it is incomplete');
  });

  test('can be audited for some of its namespaces, and not for others than it holds', async () => {
    expect((await snapshotAgain(await written(), { namespaces: ['shop', 'web'] })).problems).toContain('there is no namespace "web" in this capture');
    expect(await readAgain(await written(), { namespaces: ['web'] })).toMatchObject({ ok: false, reason: { message: 'none of the namespaces that were asked for is in this capture: web' }, cluster: 'uid:u-1' });
    const some = await written({ ...SNAPSHOT, namespaces: ['shop'] });
    expect((await snapshotAgain(some)).namespaces).toEqual(['shop']);
    expect(await readAgain(some, { namespaces: ['web'] })).toMatchObject({ ok: false, reason: { message: 'x.bin holds only the namespaces shop, not web' } });
  });

  test.each([
    [{ formatVersion: 2 }, 'x.bin was made by a newer version (eksaminer 9.9.9); audit it with that or a later one'],
    [{ observedAt: 'yesterday' }, expect.stringContaining("x.bin: its first document is not what eksaminer capture writes (observedAt: ")],
    [{ cluster: { label: '' } }, expect.stringContaining('cluster.label')],
    [{ sources: [] }, expect.stringContaining('sources')],
  ])('with %j in its first document is refused', async (change, message) => {
    const { header, rest } = await documents();
    expect(await readAgain(JSON.stringify({ ...header, ...change }) + rest)).toEqual({ ok: false, reason: { code: 'unreadable', message }, problems: [] });
  });

  test('of a cluster that could not be told is known by its name alone, and says so', async () => {
    const read = await snapshotAgain(await written({ ...SNAPSHOT, cluster: { id: 'name:prod', label: 'prod' } }));
    expect(read.cluster).toEqual({ id: 'name:prod', label: 'prod' });
    expect(read.problems).toEqual([
      'something went wrong then',
      'nothing in the capture says which cluster it is of: it is known by its name "prod" alone, and every capture of that name counts as the same cluster. Capture it as a user who may get the namespace kube-system',
    ]);
  });

  test('may be called after a kind that it is not all of', async () => {
    await withCapture({ 'services.json': await written() }, async (directory) => {
      const read = await readCapture(directory, { plan: PLAN, now: NOW });
      expect(read.ok && read.snapshot.problems).toEqual(['something went wrong then']);
    });
  });

  test('stands alone in its directory', async () => {
    const read = await readAgain(await written(), {}, { 'pods.json': gzipSync('{}') });
    expect(read).toMatchObject({ ok: false, reason: { message: 'x.bin is a whole capture of its own, made by eksaminer capture; audit it by itself, or keep it out of the directory' } });
  });
});
