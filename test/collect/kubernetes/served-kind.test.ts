import { expect, test } from '@jest/globals';
import type { KubernetesSource } from '../../../lambda/model/kinds.ts';
import { refuse, type DiscoveryGroup, type FakeCluster } from './fake-api-server.ts';
import { sendJson } from './https-server.ts';
import { reading, snapshotFrom } from './reading.ts';

/** A group as the API server tells of it when its backend is down and was never seen. */
function stale(name: string, version: string): DiscoveryGroup {
  return { metadata: { name }, versions: [{ version, freshness: 'Stale' }] };
}

function apiService(group: string, version: string, available: 'True' | 'False' | undefined, service: object | undefined = { name: 'metrics', namespace: 'kube-system' }): object {
  return {
    metadata: { name: `${version}.${group}` },
    spec: { group, version, ...(service === undefined ? {} : { service }) },
    status: { conditions: available === undefined ? [] : [{ type: 'Available', status: available, message: 'no endpoints' }] },
  };
}

async function refusalOf(source: KubernetesSource, cluster: FakeCluster): Promise<string | undefined> {
  const { sources } = await snapshotFrom(cluster);
  const value = sources[source];
  if (!value.ok) return value.reason.message;
  expect(value.value).toEqual([]);
  return undefined;
}

test('a kind that complete discovery does not name is empty, and nothing asks for it', async () => {
  const { result, requests } = await reading({});
  expect(result.ok && result.snapshot.sources.policyEndpoints).toEqual({ ok: true, value: [] });
  expect(requests.filter((request) => request.includes('networking.k8s.aws'))).toEqual([]);
});

test('a kind of a stale group is refused', async () => {
  expect(await refusalOf('policyEndpoints', { discovery: (groups) => [...groups, stale('networking.k8s.aws', 'v1alpha1')] })).toBe(
    'the API server cannot say what v1alpha1.networking.k8s.aws serves (its backend does not answer): policyendpoints.networking.k8s.aws cannot be read',
  );
});

test('a kind of another version of a stale group is refused too', async () => {
  expect(await refusalOf('policyEndpoints', { discovery: (groups) => [...groups, stale('networking.k8s.aws', 'v9')] })).toContain('v9.networking.k8s.aws');
});

test('a stale group elsewhere is no doubt about this one', async () => {
  expect(await refusalOf('policyEndpoints', { discovery: (groups) => [...groups, stale('metrics.k8s.io', 'v1beta1')] })).toBeUndefined();
});

test('a kind of an APIService that is not available is refused, even where discovery does not name its group', async () => {
  const down = 'the backend of v1alpha1.networking.k8s.aws is down (no endpoints): policyendpoints.networking.k8s.aws cannot be read';
  expect(await refusalOf('policyEndpoints', { apiServices: [apiService('networking.k8s.aws', 'v1alpha1', 'False')] })).toBe(down);
  expect(await refusalOf('policyEndpoints', { installed: ['policyEndpoints'], apiServices: [apiService('networking.k8s.aws', 'v1alpha1', 'False')] })).toBe(down);
  expect(await refusalOf('policyEndpoints', { apiServices: [apiService('networking.k8s.aws', 'v1alpha1', undefined)] })).toContain('it has not said that it is available');
});

test('an APIService that is available, or that the API server serves itself, is no doubt', async () => {
  const apiServices = [apiService('networking.k8s.aws', 'v1alpha1', 'True'), { ...apiService('cilium.io', 'v2', 'False'), spec: { group: 'cilium.io', version: 'v2' } }];
  expect(await refusalOf('policyEndpoints', { apiServices })).toBeUndefined();
  expect(await refusalOf('ciliumNetworkPolicies', { apiServices })).toBeUndefined();
});

test('a version that is whole is read beside one whose backend is down', async () => {
  const { sources } = await snapshotFrom({ apiServices: [apiService('apps', 'v9', 'False')], objects: { deployments: [{ metadata: { name: 'web', namespace: 'shop' } }] } });
  expect(sources.deployments.ok && sources.deployments.value).toHaveLength(1);
});

test('a kind that is served only in versions that we do not understand is refused', async () => {
  const newer: DiscoveryGroup = { metadata: { name: 'policy.networking.k8s.io' }, versions: [{ version: 'v1', freshness: 'Current', resources: [{ resource: 'clusternetworkpolicies', verbs: ['get', 'list'] }] }] };
  const { sources } = await snapshotFrom({ discovery: (groups) => [...groups, newer] });
  expect(sources.clusterNetworkPolicies).toEqual({
    ok: false,
    reason: { code: 'unavailable', message: 'clusternetworkpolicies.policy.networking.k8s.io are served as v1, and this version of Eksaminer reads v1alpha2; look for a newer one' },
  });
  expect(sources.adminNetworkPolicies).toEqual({ ok: true, value: [] });
});

test('a kind that cannot be listed is refused', async () => {
  const odd: DiscoveryGroup = { metadata: { name: 'cilium.io' }, versions: [{ version: 'v2', freshness: 'Current', resources: [{ resource: 'ciliumnetworkpolicies', verbs: ['create'] }] }] };
  expect(await refusalOf('ciliumNetworkPolicies', { discovery: (groups) => [...groups, odd] })).toBe('the API server has ciliumnetworkpolicies.cilium.io but offers no list of them');
});

test('the best version that is served is read', async () => {
  const older: DiscoveryGroup = { metadata: { name: 'gateway.networking.k8s.io' }, versions: ['v1beta1'].map((version) => ({ version, freshness: 'Current', resources: [{ resource: 'gateways', verbs: ['list'] }] })) };
  const { requests } = await reading({ discovery: (groups) => [...groups, older] });
  expect(requests.filter((request) => request.includes('gateway'))).toEqual(['GET /apis/gateway.networking.k8s.io/v1beta1/gateways?limit=500']);
});

test('where APIServices may not be listed, what discovery says must do', async () => {
  const { sources } = await snapshotFrom({ instead: new Map([['/apis/apiregistration.k8s.io/v1/apiservices', refuse(403, 'no')]]) });
  expect(sources.apiServices.ok).toBe(false);
  expect(sources.policyEndpoints).toEqual({ ok: true, value: [] });
});

test('without discovery, built-in kinds are read and no kind is called absent', async () => {
  const { sources } = await snapshotFrom({ instead: new Map([['/apis', refuse(403, 'no')]]), installed: ['gateways'], objects: { deployments: [{ metadata: { name: 'web', namespace: 'shop' } }] } });
  expect(sources.deployments.ok && sources.deployments.value).toHaveLength(1);
  expect(sources.gateways).toEqual({ ok: true, value: [] });
  expect(sources.policyEndpoints).toEqual({ ok: false, reason: { code: 'forbidden', message: 'whether there are policyendpoints.networking.k8s.aws cannot be told: the API server answered 403: no' } });
});

test('discovery that is something else is no discovery', async () => {
  const message = 'what the server says under /apis is not the discovery of a Kubernetes API server';
  for (const document of [[], { kind: 'APIGroupDiscoveryList' }, { kind: 'APIGroupDiscoveryList', items: [{ versions: [{}] }] }, { kind: 'APIGroupList' }, { kind: 'APIGroupList', groups: [{}] }, null]) {
    expect(await refusalOf('policyEndpoints', { instead: new Map([['/apis', (_, response) => sendJson(response, document)]]) })).toBe(`whether there are policyendpoints.networking.k8s.aws cannot be told: ${message}`);
  }
});

test('a server that knows only the old form of discovery is asked group by group', async () => {
  const { result, requests } = await reading({ discovery: null, installed: ['policyEndpoints'] });
  expect(result.ok && result.snapshot.sources.policyEndpoints).toEqual({ ok: true, value: [] });
  expect(result.ok && result.snapshot.sources.ciliumNetworkPolicies).toEqual({ ok: true, value: [] });
  expect(requests).toContain('GET /apis/networking.k8s.aws/v1alpha1');
  expect(requests).toContain('GET /apis/networking.k8s.aws/v1alpha1/policyendpoints?limit=500');
});

test('in the old form, a group that does not answer is refused', async () => {
  const cluster: FakeCluster = { discovery: null, installed: ['policyEndpoints'], instead: new Map([['/apis/networking.k8s.aws/v1alpha1', refuse(503, 'down')]]) };
  expect(await refusalOf('policyEndpoints', cluster)).toContain('its backend does not answer');
});
