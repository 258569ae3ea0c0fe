import { expect, test } from '@jest/globals';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { KINDS, KUBERNETES_SOURCES, type KindDefinition } from '../../../lambda/model/kinds.ts';
import { SOURCE_NAMES, isAwsSource } from '../../../lambda/model/sources.ts';
import { refuse } from './fake-api-server.ts';
import { sendJson, type Handler } from './https-server.ts';
import { pathOf, reading, snapshotFrom, STARTED, TARGET } from './reading.ts';

const PODS = Array.from({ length: 1_201 }, (_, i) => ({ metadata: { name: `web-${i}`, namespace: i % 2 === 0 ? 'shop' : 'blog' }, spec: { hostNetwork: true, nodeName: 'somewhere' } }));
const ALL_CRDS = KUBERNETES_SOURCES.filter((source) => !KINDS[source].builtIn);

test('an empty cluster is read and empty in every kind, and the AWS side is refused', async () => {
  const snapshot = await snapshotFrom({});
  expect(snapshot.cluster).toEqual({ id: 'uid:uid-of-kube-system', label: 'prod-eu', uid: 'uid-of-kube-system' });
  expect(snapshot.observedAt).toBe(STARTED.toISOString());
  expect(snapshot.namespaces).toBe('all');
  expect(Object.keys(snapshot.sources).sort()).toEqual(SOURCE_NAMES);
  for (const source of KUBERNETES_SOURCES) expect([source, snapshot.sources[source]]).toEqual([source, { ok: true, value: [] }]);
  for (const source of SOURCE_NAMES.filter(isAwsSource)) expect(snapshot.sources[source]).toMatchObject({ ok: false, reason: { code: 'not-configured' } });
  expect(snapshot.sources.kubernetesVersion).toEqual({ ok: true, value: '1.35' });
});

test('a cluster with an ARN is known by it', async () => {
  const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
  const { cluster } = await snapshotFrom({}, { target: { ...TARGET, arn } });
  expect(cluster).toEqual({ id: arn, arn, label: 'prod-eu', account: '111122223333', region: 'eu-west-1', name: 'prod', uid: 'uid-of-kube-system' });
});

test('a cluster whose kube-system may not be read is known by its label', async () => {
  const { cluster } = await snapshotFrom({ instead: new Map([['/api/v1/namespaces/kube-system', refuse(403, 'no')]]) });
  expect(cluster).toEqual({ id: 'name:prod-eu', label: 'prod-eu' });
});

test('who may list namespaces but not get them knows the cluster as who may', async () => {
  const namespaces = [{ metadata: { name: 'kube-system', uid: 'uid-of-kube-system' } }];
  const { cluster } = await snapshotFrom({ objects: { namespaces }, instead: new Map([['/api/v1/namespaces/kube-system', refuse(403, 'no')]]) });
  expect(cluster.id).toBe('uid:uid-of-kube-system');
});

test('a cluster that cannot be told from others just now is not read, unless its ARN tells it', async () => {
  const instead = new Map([['/api/v1/namespaces/kube-system', refuse(500, 'etcd is slow')]]);
  expect((await reading({ instead })).result).toEqual({ ok: false, reason: { code: 'unavailable', message: 'the API server answered 500: etcd is slow' }, problems: [] });
  const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
  expect((await snapshotFrom({ instead }, { target: { ...TARGET, arn } })).cluster.id).toBe(arn);
});

test('asks for the planned paths by GET and for nothing else: no Secrets, no proxy, no other verb', async () => {
  const { requests } = await reading({ installed: ALL_CRDS });
  const lists = KUBERNETES_SOURCES.filter((source) => !isSingle(KINDS[source])).map((source) => `GET ${pathOf(KINDS[source])}?limit=500`);
  const planned = [
    'GET /version',
    'GET /api',
    'GET /apis',
    'GET /api/v1/namespaces/kube-system',
    'GET /api/v1/namespaces/kube-system/configmaps/amazon-vpc-cni',
    'GET /api/v1/namespaces/kube-system/configmaps/aws-auth',
    'GET /api/v1/namespaces/kube-system/configmaps/cilium-config',
    // Once for the backends that are down, once as a source.
    'GET /apis/apiregistration.k8s.io/v1/apiservices?limit=500',
    ...lists,
  ];
  expect([...requests].sort()).toEqual(planned.sort());
  expect(requests.filter((request) => /secret|proxy|exec|watch/i.test(request))).toEqual([]);
});

function isSingle({ only }: KindDefinition): boolean {
  return only !== undefined;
}

test('reads referrers before what they refer to', async () => {
  const { requests } = await reading({});
  const position = (path: string): number => requests.indexOf(`GET ${path}?limit=500`);
  expect(position('/apis/rbac.authorization.k8s.io/v1/rolebindings')).toBeLessThan(position('/apis/rbac.authorization.k8s.io/v1/roles'));
  expect(position('/api/v1/pods')).toBeLessThan(position('/apis/apps/v1/replicasets'));
  expect(position('/apis/apps/v1/replicasets')).toBeLessThan(position('/apis/apps/v1/deployments'));
  expect(position('/api/v1/namespaces')).toBe(requests.length - 1);
});

test('follows the pages and keeps only the fields of the plan', async () => {
  const { result, requests, doing } = await reading({ objects: { pods: PODS } }, { plan: { ...collectionPlan(), pods: ['spec.hostNetwork'] } });
  const pods = result.ok && result.snapshot.sources.pods.ok ? result.snapshot.sources.pods.value : [];
  expect(pods.map((pod) => pod.metadata?.name)).toEqual(PODS.map((pod) => pod.metadata.name));
  expect(pods[0]).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-0', namespace: 'shop' }, spec: { hostNetwork: true } });
  expect(requests.filter((request) => request.includes('/pods'))).toEqual(['', '&continue=500', '&continue=1000'].map((more) => `GET /api/v1/pods?limit=500${more}`));
  expect(doing.filter((text) => text.includes('pods'))).toEqual(['reading pods', 'reading pods (500)', 'reading pods (1000)', 'reading pods (1201)']);
});

/** Answers the second page `times` times with 410, then as it should be. */
function expiring(times: number): { readonly handler: Handler; readonly asked: string[] } {
  const asked: string[] = [];
  let expired = 0;
  return {
    asked,
    handler(request, response) {
      const from = Number(new URL(request.url!, 'https://fake').searchParams.get('continue') ?? '0');
      asked.push(String(from));
      if (from > 0 && expired++ < times) return refuse(410, 'The provided continue parameter is too old')(request, response);
      sendJson(response, { kind: 'PodList', apiVersion: 'v1', metadata: from === 0 ? { continue: '500' } : {}, items: PODS.slice(from, from + 500) });
    },
  };
}

test('begins a list again when it expires (410), and keeps nothing twice', async () => {
  const { handler, asked } = expiring(2);
  const snapshot = await snapshotFrom({ instead: new Map([['/api/v1/pods', handler]]) });
  expect(snapshot.sources.pods.ok && snapshot.sources.pods.value.length).toBe(1_000);
  expect(asked).toEqual(['0', '500', '0', '500', '0', '500']);
});

test('refuses a list that keeps expiring', async () => {
  const { handler, asked } = expiring(99);
  const snapshot = await snapshotFrom({ instead: new Map([['/api/v1/pods', handler]]) });
  expect(snapshot.sources.pods).toEqual({ ok: false, reason: { code: 'unavailable', message: 'the list of pods expired while it was read, 4 times (410): the API server forgets faster than it answers' } });
  expect(asked).toHaveLength(8);
});

test('refuses what may not be listed, each kind for itself', async () => {
  const { sources } = await snapshotFrom({
    installed: ['clusterNetworkPolicies'],
    instead: new Map([
      ['/api/v1/pods', refuse(403, 'pods is forbidden')],
      ['/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies', refuse(403, 'forbidden')],
      ['/api/v1/namespaces/kube-system/configmaps/aws-auth', refuse(403, 'forbidden')],
    ]),
  });
  expect(sources.pods).toEqual({ ok: false, reason: { code: 'forbidden', message: 'may not list pods' } });
  expect(sources.clusterNetworkPolicies).toEqual({ ok: false, reason: { code: 'forbidden', message: 'may not list clusternetworkpolicies.policy.networking.k8s.io' } });
  expect(sources.awsAuth).toEqual({ ok: false, reason: { code: 'forbidden', message: 'may not get configmaps kube-system/aws-auth' } });
  expect(sources.services).toEqual({ ok: true, value: [] });
});

test('an answer that is cut off is read again, from its beginning', async () => {
  const whole = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items: PODS.slice(0, 3) });
  let turn = 0;
  const handler: Handler = (_, response) => {
    // The second half is missing, and the connection ends as if that were all.
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end(turn++ === 0 ? whole.slice(0, whole.length - 30) : whole);
  };
  const { sources } = await snapshotFrom({ instead: new Map([['/api/v1/pods', handler]]) });
  expect(sources.pods.ok && sources.pods.value.map((pod) => pod.metadata?.name)).toEqual(['web-0', 'web-1', 'web-2']);
});

test('single objects are got by name', async () => {
  const awsAuth = { metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: '[]' } };
  const { sources } = await snapshotFrom({ objects: { awsAuth: [awsAuth] } });
  expect(sources.awsAuth.ok && sources.awsAuth.value.map((map) => map.metadata?.name)).toEqual(['aws-auth']);
  expect(sources.vpcCniConfig).toEqual({ ok: true, value: [] });
});

test('reads only the namespaces that were asked for, and says which one is not there', async () => {
  const namespaces = ['kube-system', 'shop', 'blog'].map((name) => ({ metadata: { name, uid: `uid-of-${name}` } }));
  const { result, requests } = await reading({ objects: { pods: PODS, namespaces } }, { namespaces: ['shop', 'shpo'] });
  if (!result.ok) throw new Error(result.reason.message);
  const { sources, problems, namespaces: asked } = result.snapshot;
  expect(asked).toEqual(['shop', 'shpo']);
  expect(sources.pods.ok && new Set(sources.pods.value.map((pod) => pod.metadata?.namespace))).toEqual(new Set(['shop']));
  expect(sources.namespaces.ok && sources.namespaces.value.map((namespace) => namespace.metadata?.name)).toEqual(['shop']);
  expect(problems).toEqual(['there is no namespace "shpo" in this cluster']);
  const wide = requests.filter((request) => !request.includes('/namespaces/'));
  const clusterWide = KUBERNETES_SOURCES.filter((source) => KINDS[source].builtIn && !KINDS[source].namespaced && source !== 'namespaces').map((source) => `GET ${pathOf(KINDS[source])}?limit=500`);
  expect(wide.sort()).toEqual(['GET /api', 'GET /apis', 'GET /version', 'GET /apis/apiregistration.k8s.io/v1/apiservices?limit=500', ...clusterWide].sort());
});

test('a cluster that keeps its version to itself is read without it', async () => {
  const { sources } = await snapshotFrom({ instead: new Map([['/version', refuse(403, 'no')]]) });
  expect(sources.kubernetesVersion).toEqual({ ok: false, reason: { code: 'forbidden', message: 'may not get /version' } });
  expect(sources.pods).toEqual({ ok: true, value: [] });
});
