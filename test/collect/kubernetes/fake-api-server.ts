import type { IncomingMessage, ServerResponse } from 'node:http';
import { KINDS, apiVersionOf, type KindDefinition, type KubernetesSource } from '../../../lambda/model/kinds.ts';
import { httpsServer, sendJson, statusOf, type Handler, type TestServer } from './https-server.ts';

/** What a fake API server serves. All built-in kinds are served and empty unless this says otherwise. */
export interface FakeCluster {
  readonly objects?: { readonly [S in KubernetesSource]?: readonly object[] };
  /** CRD kinds that are served. */
  readonly installed?: readonly KubernetesSource[];
  /** Paths (without query) that answer otherwise. */
  readonly instead?: ReadonlyMap<string, Handler>;
  /** Answers everything that is not in `instead`. */
  readonly always?: Handler;
  /** Changes the aggregated discovery of `/apis` before it is sent; null: this server knows only the old form. */
  readonly discovery?: null | ((groups: DiscoveryGroup[]) => DiscoveryGroup[]);
  readonly apiServices?: readonly object[];
}

export interface DiscoveryGroup {
  readonly metadata: { readonly name?: string };
  readonly versions: readonly { readonly version: string; readonly freshness: string; readonly resources?: readonly object[] }[];
}

const KINDS_BY_SOURCE = Object.entries<KindDefinition>(KINDS) as [KubernetesSource, KindDefinition][];

export function refuse(status: number, message: string): Handler {
  return (_, response) => sendJson(response, statusOf(status, message), status);
}

/** Enough of an API server to be read: version, discovery in both forms, lists in pages, objects by name. */
export function fakeApiServer(cluster: FakeCluster = {}): Promise<TestServer> {
  return httpsServer(answersOf(cluster));
}

/** The same, for a server of the test's own. */
export function answersOf(cluster: FakeCluster): Handler {
  return (request, response) => answer(cluster, request, response);
}

function answer(cluster: FakeCluster, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url!, 'https://fake');
  const instead = cluster.instead?.get(pathname) ?? cluster.always;
  if (instead) return instead(request, response);
  if (pathname === '/version') return sendJson(response, { major: '1', minor: '35+', gitVersion: 'v1.35.2-eks-1' });
  if (pathname === '/api' || pathname === '/apis') return discovery(cluster, pathname, response);
  const parts = pathname.split('/').slice(1);
  const [group, version, rest] = parts[0] === 'api' ? ['', parts[1]!, parts.slice(2)] : [parts[1]!, parts[2]!, parts.slice(3)];
  if (rest.length === 0) return oldResources(cluster, group, version, response);
  if (pathname === '/api/v1/namespaces/kube-system' && !cluster.objects?.namespaces) {
    return sendJson(response, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: 'uid-of-kube-system' } });
  }
  const namespace = rest[0] === 'namespaces' && rest.length > 2 ? rest[1] : undefined;
  const [plural, name] = namespace === undefined ? rest : rest.slice(2);
  const found = served(cluster).find(([, kind]) => kind.group === group && kind.plural === plural && kind.versions.includes(version));
  if (!found) return refuse(404, 'the server could not find the requested resource')(request, response);
  const objects = objectsOf(cluster, found[1]).filter((object) => namespace === undefined || (object as Named).metadata?.namespace === namespace);
  if (name === undefined) return list(found[1], version, objects, searchParams, response);
  const object = objects.find((each) => (each as Named).metadata?.name === name);
  if (!object) return refuse(404, `${plural} "${name}" not found`)(request, response);
  sendJson(response, { apiVersion: apiVersionOf(found[1], version), kind: found[1].kind, ...object });
}

interface Named {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

function objectsOf(cluster: FakeCluster, kind: KindDefinition): readonly object[] {
  if (kind.plural === 'apiservices') return cluster.apiServices ?? [];
  return KINDS_BY_SOURCE.filter(([, other]) => other.group === kind.group && other.plural === kind.plural).flatMap(([source]) => cluster.objects?.[source] ?? []);
}

function list({ kind, ...definition }: KindDefinition, version: string, objects: readonly object[], query: URLSearchParams, response: ServerResponse): void {
  const from = Number(query.get('continue') ?? '0');
  const to = from + Number(query.get('limit') ?? objects.length);
  const more = to < objects.length ? { continue: String(to) } : {};
  sendJson(response, { kind: `${kind}List`, apiVersion: apiVersionOf({ kind, ...definition }, version), metadata: { resourceVersion: '7', ...more }, items: objects.slice(from, to) });
}

function served({ installed = [] }: FakeCluster): readonly [KubernetesSource, KindDefinition][] {
  return KINDS_BY_SOURCE.filter(([source, kind]) => kind.builtIn || installed.includes(source));
}

function groupsOf(cluster: FakeCluster, core: boolean): DiscoveryGroup[] {
  const groups = Map.groupBy(served(cluster).filter(([, kind]) => (kind.group === '') === core), ([, kind]) => kind.group);
  return [...groups].map(([name, members]) => ({
    metadata: name === '' ? {} : { name },
    versions: [...Map.groupBy(members, ([, kind]) => kind.versions[0]!)].map(([version, kinds]) => ({
      version,
      freshness: 'Current',
      resources: kinds.map(([, kind]) => ({ resource: kind.plural, responseKind: { kind: kind.kind }, scope: kind.namespaced ? 'Namespaced' : 'Cluster', verbs: ['get', 'list', 'watch'] })),
    })),
  }));
}

function discovery(cluster: FakeCluster, root: '/api' | '/apis', response: ServerResponse): void {
  const groups = groupsOf(cluster, root === '/api');
  if (cluster.discovery === null) {
    if (root === '/api') return sendJson(response, { kind: 'APIVersions', versions: ['v1'] });
    return sendJson(response, { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(({ metadata, versions }) => ({ name: metadata.name, versions: versions.map(({ version }) => ({ groupVersion: `${metadata.name}/${version}`, version })) })) });
  }
  const items = root === '/apis' && cluster.discovery ? cluster.discovery(groups) : groups;
  sendJson(response, { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items }, 200, { 'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' });
}

function oldResources(cluster: FakeCluster, group: string, version: string, response: ServerResponse): void {
  const resources = served(cluster).filter(([, kind]) => kind.group === group && kind.versions[0] === version);
  sendJson(response, { kind: 'APIResourceList', groupVersion: version, resources: resources.map(([, kind]) => ({ name: kind.plural, kind: kind.kind, namespaced: kind.namespaced, verbs: ['get', 'list'] })) });
}
