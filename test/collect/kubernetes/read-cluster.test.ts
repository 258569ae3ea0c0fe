import { expect, test } from '@jest/globals';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { readCluster } from '../../../lambda/collect/kubernetes/read-cluster.ts';
import { KINDS, KUBERNETES_SOURCES, type KindDefinition } from '../../../lambda/model/kinds.ts';
import { SOURCE_NAMES, isAwsSource } from '../../../lambda/model/sources.ts';
import { fakeApiServer, refuse } from './fake-api-server.ts';
import { sendJson, type Handler } from './https-server.ts';
import { reading, snapshotFrom, STARTED, TARGET } from './reading.ts';
import { TestClock } from './test-clock.ts';

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

function pathOf({ group, versions, plural }: KindDefinition): string {
  return group === '' ? `/api/v1/${plural}` : `/apis/${group}/${versions[0]}/${plural}`;
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

function listing(item: unknown): Handler {
  return (_, response) => sendJson(response, { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [item] });
}

test.each<[string, Handler, object]>([
  ['a page that is no list', (_, response) => sendJson(response, { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'one' } }), { code: 'unreadable', message: 'asked for pods, the API server answered with Pod' }],
  ['a list of something else', (_, response) => sendJson(response, { kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: [{ metadata: { name: 'a' } }] }), { code: 'unreadable', message: 'among pods the API server listed a Secret' }],
  ['something else in a list', (_, response) => sendJson(response, { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }] }), { code: 'unreadable', message: 'among pods the API server listed a Secret' }],
  ['an object of another shape', listing({ metadata: { name: 'a', namespace: 'shop' }, spec: { containers: {} } }), { code: 'unreadable', message: 'the API server listed what it cannot hold: Pod shop/a: its field "containers" is no list' }],
  ['an object without a name', listing({ metadata: {} }), { code: 'unreadable', message: 'the API server listed what it cannot hold: Pod without a name: it has no name' }],
  ['an object in a namespace that is none', listing({ metadata: { name: 'a\u001b[31m', namespace: 7 } }), { code: 'unreadable', message: 'the API server listed what it cannot hold: Pod a [31m: its namespace is no text' }],
  ['no objects but numbers', listing(7), { code: 'unreadable', message: expect.stringContaining('is not the JSON of an API server') }],
  ['a list that goes round in a circle', (_, response) => sendJson(response, { kind: 'PodList', apiVersion: 'v1', metadata: { continue: 'again' }, items: [] }), { code: 'unreadable', message: 'the list of pods goes round in a circle (the same continue token twice)' }],
  ['a web page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), { code: 'unreadable', message: expect.stringMatching(/^127\.0\.0\.1:\d+ answers as text\/html, not as JSON: is it a Kubernetes API server\?$/) }],
  ['a 404', refuse(404, 'not found'), { code: 'unavailable', message: 'the API server says that it serves pods, and answers 404 for them' }],
  ['errors', refuse(500, 'etcdserver: leader changed'), { code: 'unavailable', message: 'the API server answered 500: etcdserver: leader changed' }],
])('a kind that answers with %s is refused, the others are read', async (_, handler, reason) => {
  const { sources } = await snapshotFrom({ instead: new Map([['/api/v1/pods', handler]]) });
  expect(sources.pods).toEqual({ ok: false, reason });
  expect(KUBERNETES_SOURCES.filter((source) => !sources[source].ok)).toEqual(['pods']);
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

test('a user without rights is told so, with the next step', async () => {
  const lists = new Map<string, Handler>(KUBERNETES_SOURCES.map((source) => [pathOf(KINDS[source]), refuse(403, 'no')]));
  for (const name of ['aws-auth', 'amazon-vpc-cni']) lists.set(`/api/v1/namespaces/kube-system/configmaps/${name}`, refuse(403, 'no'));
  const { result } = await reading({ instead: lists }, { target: { ...TARGET, context: "prod eu's" } as typeof TARGET });
  expect(result).toEqual({
    ok: false,
    reason: { code: 'forbidden', message: `signed in, but the API server gives no rights (403 on everything). The group "eksaminer" is not bound in it. Next: kubectl --context 'prod eu'\\''s' apply -f docs/permissions.yaml` },
    cluster: { id: 'uid:uid-of-kube-system', label: 'prod-eu', uid: 'uid-of-kube-system' },
    problems: [],
  });
});

test('a user who is not signed in is told so', async () => {
  const { result, requests } = await reading({ always: refuse(401, 'Unauthorized') });
  expect(result).toEqual({ ok: false, reason: { code: 'unauthorized', message: 'the API server does not accept the credentials (401)' }, problems: [] });
  expect(new Set(requests)).toEqual(new Set(['GET /version']));
});

test('a server that is not there is told at once, with the identity that is known', async () => {
  const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
  const server = await fakeApiServer();
  await server[Symbol.asyncDispose]();
  const result = await readCluster(server.connection, { target: { ...TARGET, arn }, plan: collectionPlan(), now: () => STARTED, clock: new TestClock(), random: () => 0.5 });
  expect(result).toEqual({
    ok: false,
    reason: { code: 'unreachable', message: `nothing listens at ${server.server.host} (connection refused)` },
    cluster: { id: arn, arn, label: 'prod-eu', account: '111122223333', region: 'eu-west-1', name: 'prod' },
    problems: [],
  });
});

test.each([
  [{ major: '1' }, 'what the server says under /version is not the version of a Kubernetes API server'],
  [[], 'what the server says under /version is not the version of a Kubernetes API server'],
])('something else that speaks JSON (%j) is no cluster', async (version, message) => {
  const { result } = await reading({ instead: new Map([['/version', (_request, response) => sendJson(response, version)]]) });
  expect(result).toEqual({ ok: false, reason: { code: 'unreadable', message }, problems: [] });
});

test('a cluster that keeps its version to itself is read without it', async () => {
  const { sources } = await snapshotFrom({ instead: new Map([['/version', refuse(403, 'no')]]) });
  expect(sources.kubernetesVersion).toEqual({ ok: false, reason: { code: 'forbidden', message: 'may not get /version' } });
  expect(sources.pods).toEqual({ ok: true, value: [] });
});
