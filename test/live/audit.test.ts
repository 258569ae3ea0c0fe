import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pMap from 'p-map';
import { accessManifests } from '../../lambda/access/cluster-role.ts';
import { KUBERNETES_SOURCES, KINDS } from '../../lambda/model/kinds.ts';
import { isKubernetesSource } from '../../lambda/model/sources.ts';
import { findAssets, startApiServer, type ApiServer } from './api-server.ts';
import { clusterAdmin, clusterRights, contents, deadApiService, MARKER, namespaces, type Load } from './cluster-contents.ts';
import { auditor, type AuditDocument, type Auditor } from './run-audit.ts';

const found = findAssets();
if (typeof found === 'string') {
  // Where others build on it, a test that did not run must not look like one that passed.
  if (process.env['CI']) throw new Error(found);
  process.stderr.write(`\nSkipped: ${found}\n`);
}

const CERTIFICATES = resolve(import.meta.dirname, '../collect/kubernetes/certificates');
const USERS = [
  { name: 'restricted', token: 'token-of-restricted', groups: [] },
  { name: 'stranger', token: 'token-of-stranger', groups: [] },
];

describe(typeof found === 'string' ? 'without an API server' : 'against a real API server', () => {
  if (typeof found === 'string') {
    test.skip(found, () => undefined);
    return;
  }
  let server: ApiServer;
  let dir: string;
  let auditors: Auditor;

  const create = (loads: readonly Load[]): Promise<unknown> => pMap(loads, ({ path, object }) => server.call('POST', path, object), { concurrency: 12 });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'eksaminer-live-audits-'));
    server = await startApiServer(found.assets, USERS, join(CERTIFICATES, 'ca.crt'));
    await create(namespaces());
    await create(contents());
    // What docs/permissions.md tells people to apply, and nothing more.
    for (const manifest of accessManifests()) await server.call('POST', manifestPath(manifest), manifest);
    const rules = [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'], verbs: ['list'] }, { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] }];
    await create(clusterRights('restricted', rules));
    const kubeconfig = join(dir, 'kubeconfig');
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(server)));
    auditors = auditor(kubeconfig, dir);
  }, 180_000);

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  test('a first look reads every kind to its last page, by a client certificate and with the documented rights alone', async () => {
    const { code, document } = await auditors.audit('auditor');
    expect(code).toBe(0);
    const [cluster] = document.clusters;
    const coverage = new Map(cluster!.coverage.map((row) => [row.source, row]));
    expect(cluster!.coverage.filter(({ source, state }) => isKubernetesSource(source) && state !== 'read')).toEqual([]);
    for (const source of ['pods', 'deployments', 'replicaSets', 'roles', 'roleBindings', 'clusterRoles', 'clusterRoleBindings', 'networkPolicies', 'serviceAccounts', 'namespaces'] as const) {
      const { group, versions, plural } = KINDS[source];
      const all = (await server.call('GET', `${group === '' ? '/api' : `/apis/${group}`}/${versions[0]}/${plural}`)) as { readonly items: readonly unknown[] };
      expect([source, coverage.get(source)?.objects]).toEqual([source, all.items.length]);
    }
    expect(coverage.get('pods')?.objects).toBe(2_500);
    // A Deployment and the one pod that no controller made, in each of 25 namespaces.
    expect(cluster!.workloads).toBe(50);
    expect(cluster!.outcomes.filter(({ outcome }) => outcome === 'error')).toEqual([]);
    expect(document.changes.filter(({ origin }) => origin !== 'first-look')).toEqual([]);
  }, 120_000);

  test('a second look at the same cluster shows nothing new', async () => {
    expect((await auditors.audit('auditor')).document.changes).toEqual([]);
  }, 120_000);

  test('a change between two looks is that change and no other', async () => {
    const { path, object } = clusterAdmin('mallory-admin', 'mallory');
    await server.call('POST', path, object);
    const opened = await auditors.audit('auditor');
    expect(changesOf(opened.document)).toEqual(['opened cluster cluster-admin-binding User mallory']);
    await server.call('DELETE', `${path}/mallory-admin`);
    const resolved = await auditors.audit('auditor');
    expect(changesOf(resolved.document)).toEqual(['resolved cluster cluster-admin-binding User mallory']);
  }, 120_000);

  test('a user who may list some kinds gets those checks, and not-evaluated for the rest', async () => {
    const { code, document } = await auditors.audit('restricted');
    expect(code).toBe(0);
    const [cluster] = document.clusters;
    const outcomes = new Map(cluster!.outcomes.map((row) => [row.check, row]));
    expect(['pass', 'fail']).toContain(outcomes.get('cluster-admin-binding')?.outcome);
    expect(outcomes.get('privileged-container')).toMatchObject({ outcome: 'not-evaluated', reason: expect.stringContaining('may not list pods') });
    expect(outcomes.get('default-deny-ingress-missing')).toMatchObject({ outcome: 'not-evaluated', reason: expect.stringContaining('may not list networkpolicies') });
    const allowed = new Set(['roles', 'roleBindings', 'clusterRoles', 'clusterRoleBindings', 'namespaces']);
    const read = cluster!.coverage.filter(({ source, state }) => isKubernetesSource(source) && KINDS[source].builtIn && state === 'read');
    expect(new Set(read.map(({ source }) => source))).toEqual(allowed);
    for (const { source, code: why } of cluster!.coverage.filter(({ source, state }) => isKubernetesSource(source) && state === 'refused')) expect([source, why]).toEqual([source, 'forbidden']);
  }, 120_000);

  test('a user who may list nothing, and one who is nobody, could not tell: exit code 2', async () => {
    const stranger = await auditors.audit('stranger');
    expect(stranger.code).toBe(2);
    expect(stranger.document.clusters).toEqual([]);
    expect(stranger.document.missed).toMatchObject([{ label: 'stranger', reason: 'signed in, but the API server gives no rights (403 on everything). The group "eksaminer" is not bound in it. Next: kubectl --context stranger apply -f docs/permissions.yaml' }]);
    const nobody = await auditors.audit('nobody');
    expect(nobody.code).toBe(2);
    expect(nobody.document.missed).toMatchObject([{ label: 'nobody', reason: 'the API server does not accept the credentials (401)' }]);
  }, 120_000);

  test('an API group whose backend is down is refused, not empty', async () => {
    const { path, object } = deadApiService('networking.k8s.aws', 'v1alpha1');
    await server.call('POST', path, object);
    const { document } = await auditors.audit('auditor');
    const inGroup = KUBERNETES_SOURCES.filter((source) => KINDS[source].group === 'networking.k8s.aws');
    const rows = document.clusters[0]!.coverage.filter(({ source }) => (inGroup as readonly string[]).includes(source));
    expect(rows.map(({ source, state, code }) => [source, state, code])).toEqual(inGroup.toSorted().map((source) => [source, 'refused', 'unavailable']));
    for (const { message } of rows) expect(message).toContain('v1alpha1.networking.k8s.aws');
    expect(document.clusters[0]!.coverage.filter(({ source, state }) => isKubernetesSource(source) && state === 'refused')).toHaveLength(inGroup.length);
    await server.call('DELETE', `${path}/v1alpha1.networking.k8s.aws`);
  }, 120_000);

  test('the API server saw nothing but get and list, of nothing but what is planned', () => {
    const events = server.auditLog().filter(({ user }) => user.username !== 'admin' && user.username?.startsWith('system:') !== true);
    // One without a name could not sign in.
    expect(new Set(events.map(({ user }) => user.username))).toEqual(new Set(['auditor', 'restricted', 'stranger', undefined]));
    expect(new Set(events.map(({ verb }) => verb))).toEqual(new Set(['get', 'list']));
    const planned = new Set<string>(KUBERNETES_SOURCES.map((source) => KINDS[source].plural));
    expect(events.filter(({ objectRef }) => objectRef?.resource !== undefined && !planned.has(objectRef.resource))).toEqual([]);
    const paths = new Set(events.filter(({ objectRef }) => objectRef?.resource === undefined).map(({ requestURI }) => requestURI));
    expect(paths).toEqual(new Set(['/version', '/api', '/apis']));
    const pages = events.filter(({ user, requestURI }) => user.username === 'auditor' && requestURI.startsWith('/api/v1/pods?limit=500'));
    expect(pages.length % 5).toBe(0);
    expect(pages.filter(({ requestURI }) => requestURI.includes('&continue=')).length).toBe((pages.length / 5) * 4);
  });

  test('no value of an environment variable and no Secret was kept', () => {
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(10);
    for (const entry of files) {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      expect((entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(MARKER)).toBe(false);
    }
  });
});

function changesOf({ changes }: AuditDocument): readonly string[] {
  return changes.map(({ kind, origin, finding }) => `${kind} ${origin} ${finding?.check} ${finding?.resource.kind} ${finding?.resource.name}`);
}

function manifestPath({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly namespace?: string } }): string {
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `/apis/rbac.authorization.k8s.io/v1${namespace}/${kind.toLowerCase()}s`;
}

function kubeconfigOf({ url, ca }: ApiServer): object {
  const users = [
    { name: 'auditor', user: { 'client-certificate': join(CERTIFICATES, 'client.crt'), 'client-key': join(CERTIFICATES, 'client.key') } },
    ...USERS.map(({ name, token }) => ({ name, user: { token } })),
    { name: 'nobody', user: { token: 'nobody-knows-it' } },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'live', cluster: { server: url, 'certificate-authority': ca } }],
    users,
    contexts: users.map(({ name }) => ({ name, context: { cluster: 'live', user: name } })),
  };
}
