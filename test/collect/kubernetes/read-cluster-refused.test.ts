import { expect, test } from '@jest/globals';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { readCluster } from '../../../lambda/collect/kubernetes/read-cluster.ts';
import { KINDS, KUBERNETES_SOURCES } from '../../../lambda/model/kinds.ts';
import { fakeApiServer, refuse } from './fake-api-server.ts';
import { sendJson, type Handler } from './https-server.ts';
import { pathOf, reading, snapshotFrom, STARTED, TARGET } from './reading.ts';
import { TestClock } from './test-clock.ts';

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

test('an audit of namespaces that are all misspelt is none', async () => {
  const { result } = await reading({}, { namespaces: ['shpo'] });
  expect(result).toEqual({
    ok: false,
    reason: { code: 'not-configured', message: 'none of the namespaces that were asked for is in this cluster: shpo' },
    cluster: { id: 'uid:uid-of-kube-system', label: 'prod-eu', uid: 'uid-of-kube-system' },
    problems: ['there is no namespace "shpo" in this cluster'],
  });
});

test('a user without rights is told so, with the next step', async () => {
  const lists = new Map<string, Handler>(KUBERNETES_SOURCES.map((source) => [pathOf(KINDS[source]), refuse(403, 'no')]));
  for (const name of ['aws-auth', 'amazon-vpc-cni', 'cilium-config']) lists.set(`/api/v1/namespaces/kube-system/configmaps/${name}`, refuse(403, 'no'));
  const { result } = await reading({ instead: lists }, { target: { ...TARGET, context: "prod eu's" } as typeof TARGET });
  expect(result).toEqual({
    ok: false,
    reason: { code: 'forbidden', message: `signed in, but the API server gives no rights (403 on everything). The group "eksaminer" is not bound in it. Next: kubectl --context 'prod eu'\\''s' apply -f docs/permissions.yaml` },
    cluster: { id: 'uid:uid-of-kube-system', label: 'prod-eu', uid: 'uid-of-kube-system' },
    problems: [],
  });
});

test('a server that answers for nothing is not read, for the first reason', async () => {
  const lists = new Map<string, Handler>(KUBERNETES_SOURCES.map((source) => [pathOf(KINDS[source]), refuse(500, 'etcd is gone')]));
  for (const name of ['aws-auth', 'amazon-vpc-cni', 'cilium-config']) lists.set(`/api/v1/namespaces/kube-system/configmaps/${name}`, refuse(500, 'etcd is gone'));
  const { result } = await reading({ instead: lists });
  expect(result).toMatchObject({ ok: false, reason: { code: 'unavailable', message: 'not one kind could be read: the API server answered 500: etcd is gone' } });
});

test('something that answers like an API server and serves nothing is no cluster', async () => {
  const nothing: Handler = (_, response) => sendJson(response, { kind: 'APIGroupDiscoveryList', items: [] });
  const { result } = await reading({ instead: new Map([['/api', nothing], ['/apis', nothing]]) });
  expect(result).toMatchObject({ ok: false, reason: { code: 'unavailable', message: 'the API server serves none of the kinds that an audit reads: is it a cluster?' } });
});

test('discovery that is not JSON is no discovery', async () => {
  const { sources } = await snapshotFrom({ instead: new Map([['/apis', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"kind"')]]) });
  expect(sources.policyEndpoints).toMatchObject({ ok: false, reason: { code: 'unreadable', message: expect.stringContaining('the answer to /apis is not JSON: ') } });
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

