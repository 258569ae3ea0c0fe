import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import type { Workload } from '../../../lambda/facts/workloads/workload.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

function workloadsOf(given: GivenSources): readonly Workload[] {
  const derived = createFactResolver(snapshotOf(given)).fact('workloads');
  if (!derived.ok) throw new Error('the fact was refused');
  return derived.value;
}

function names(given: GivenSources): string[] {
  return workloadsOf(given).map(({ resource }) => `${resource.apiVersion} ${resource.kind} ${resource.namespace}/${resource.name}`);
}

const spec = { containers: [{ name: 'app', image: 'registry.example/app:1' }] };
const template = { metadata: { labels: { app: 'web' } }, spec };
const owner = (apiVersion: string, kind: string, name: string) => [{ apiVersion, kind, name, uid: 'u', controller: true }];

test('every controller is one workload, scaled to zero and suspended ones too, sorted by namespace, kind, name', () => {
  expect(
    workloadsOf({
      statefulSets: [{ metadata: { name: 'db', namespace: 'shop' }, spec: { replicas: 3, serviceName: 'db', selector: {}, template } }],
      deployments: [
        { metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 0, selector: {}, template } },
        { metadata: { name: 'api', namespace: 'blog' }, spec: { selector: {}, template: { spec: { ...spec, serviceAccountName: 'api' } } } },
      ],
      daemonSets: [{ metadata: { name: 'agent', namespace: 'shop' }, spec: { selector: {}, template } }],
      replicationControllers: [{ metadata: { name: 'old', namespace: 'shop' }, spec: { template } }],
      cronJobs: [
        { metadata: { name: 'tidy', namespace: 'shop' }, spec: { schedule: '@daily', suspend: true, jobTemplate: { spec: { template } } } },
      ],
    }),
  ).toEqual([
    { resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'blog', name: 'api' }, source: 'deployments', labels: {}, annotations: {}, spec: { ...spec, serviceAccountName: 'api' }, serviceAccount: 'api' },
    ...[
      ['batch/v1', 'CronJob', 'tidy', 'cronJobs'],
      ['apps/v1', 'DaemonSet', 'agent', 'daemonSets'],
      ['apps/v1', 'Deployment', 'web', 'deployments'],
      ['v1', 'ReplicationController', 'old', 'replicationControllers'],
      ['apps/v1', 'StatefulSet', 'db', 'statefulSets'],
    ].map(([apiVersion, kind, name, source]) => ({
      resource: { apiVersion, kind, namespace: 'shop', name },
      source,
      labels: { app: 'web' },
      annotations: {},
      spec,
      serviceAccount: 'default',
    })),
  ]);
});

test('what a controller that is read itself controls is no workload, even where that controller is not listed any more', () => {
  const metadata = (kind: string, apiVersion = 'apps/v1') => ({ name: `${kind}-x`.toLowerCase(), namespace: 'shop', ownerReferences: owner(apiVersion, kind, 'web') });
  expect(
    names({
      replicaSets: [{ metadata: metadata('Deployment') }],
      jobs: [{ metadata: metadata('CronJob', 'batch/v1') }],
      pods: [
        { metadata: metadata('ReplicaSet') },
        { metadata: metadata('DaemonSet') },
        { metadata: metadata('StatefulSet', 'apps/v1beta1') },
        { metadata: metadata('Job', 'batch/v1') },
        { metadata: metadata('ReplicationController', 'v1') },
      ],
    }),
  ).toEqual([]);
});

test('a kind of the same name in another group is no controller that is read', () => {
  expect(names({ pods: [{ metadata: { name: 'web-0', namespace: 'shop', ownerReferences: owner('apps.kruise.io/v1beta1', 'StatefulSet', 'web') }, spec }] })).toEqual([
    'apps.kruise.io/v1beta1 StatefulSet shop/web',
  ]);
});

test('ReplicaSets and Jobs that stand alone are workloads under their own names', () => {
  expect(
    names({
      replicaSets: [{ metadata: { name: 'web', namespace: 'shop' }, spec: { selector: {}, template } }],
      jobs: [{ metadata: { name: 'import', namespace: 'shop' }, spec: { template } }],
    }),
  ).toEqual(['batch/v1 Job shop/import', 'apps/v1 ReplicaSet shop/web']);
});

test('a ReplicaSet of a kind that is not read is filed under its owner, the same after a rollout', () => {
  const rollout = (hash: string) => ({
    replicaSets: [
      {
        metadata: { name: `web-${hash}`, namespace: 'shop', ownerReferences: owner('argoproj.io/v1alpha1', 'Rollout', 'web') },
        spec: { selector: {}, template: { metadata: { labels: { app: 'web', 'rollouts-pod-template-hash': hash } }, spec } },
      },
    ],
  });
  expect(names(rollout('6d4cf56db6'))).toEqual(['argoproj.io/v1alpha1 Rollout shop/web']);
  expect(workloadsOf(rollout('6d4cf56db6'))).toEqual(workloadsOf(rollout('7c9f8b5d44')));
  expect(workloadsOf({ replicaSets: [...rollout('6d4cf56db6').replicaSets, ...rollout('7c9f8b5d44').replicaSets] })).toEqual(workloadsOf(rollout('7c9f8b5d44')));
});

test('pods of one generateName and account are one workload, with the labels that they share', () => {
  const pod = (suffix: string, serviceAccountName: string) => ({
    metadata: { name: `build-${suffix}`, generateName: 'build-', namespace: 'ci', labels: { app: 'build', run: suffix } },
    spec: {
      ...spec,
      serviceAccountName,
      nodeName: `node-${suffix}`,
      restartPolicy: 'Never',
      volumes: [{ name: `kube-api-access-${suffix}` }, { name: 'work' }],
      containers: [{ name: 'app', image: 'registry.example/app:1', volumeMounts: [{ name: `kube-api-access-${suffix}`, mountPath: '/var/run' }, { name: 'work', mountPath: '/work' }] }],
    },
  });
  const merged = workloadsOf({ pods: [pod('x7k2f', 'builder'), pod('9z4qm', 'builder'), pod('bbbbb', 'other')] });
  expect(merged.map(({ resource, labels }) => [resource.kind, resource.name, labels])).toEqual([
    ['Pod', 'build-* (ServiceAccount builder)', { app: 'build' }],
    ['Pod', 'build-* (ServiceAccount other)', { app: 'build', run: 'bbbbb' }],
  ]);
  expect(merged[0]!.spec).toEqual({
    serviceAccountName: 'builder',
    containers: [{ name: 'app', image: 'registry.example/app:1', volumeMounts: [{ name: 'work' }] }],
    volumes: [{ name: 'work' }],
  });
});

test('pods of one generateName with different specs stay apart under one name, so that each is judged', () => {
  const pod = (name: string, hostPID: boolean) => ({ metadata: { name, generateName: 'build-', namespace: 'ci' }, spec: { ...spec, hostPID } });
  const both = [pod('build-x7k2f', true), pod('build-9z4qm', false), pod('build-5fk2w', true)];
  const merged = workloadsOf({ pods: both });
  expect(merged.map(({ resource, spec: { hostPID } }) => [resource.name, hostPID])).toEqual([
    ['build-* (ServiceAccount default)', false],
    ['build-* (ServiceAccount default)', true],
  ]);
  expect(workloadsOf({ pods: both.toReversed() })).toEqual(merged);
});

test.each([
  ['a workflow run', owner('argoproj.io/v1alpha1', 'Workflow', 'nightly-29384756'), 'Never', undefined, 'argoproj.io/v1alpha1 Workflow ci/* (ServiceAccount default)'],
  ['a task with generateName', owner('tekton.dev/v1', 'TaskRun', 'build-x7k2f-lint'), 'Never', 'build-x7k2f-lint-', 'tekton.dev/v1 TaskRun ci/build-*-lint-* (ServiceAccount default)'],
  ['a database of an operator', owner('postgresql.cnpg.io/v1', 'Cluster', 'main'), 'Always', undefined, 'postgresql.cnpg.io/v1 Cluster ci/main'],
  ['a clone set', owner('apps.kruise.io/v1alpha1', 'CloneSet', 'web'), 'Always', 'web-', 'apps.kruise.io/v1alpha1 CloneSet ci/web-* (ServiceAccount default)'],
])('a pod of %s is filed under an owner that is the same tomorrow', (_what, ownerReferences, restartPolicy, generateName, expected) => {
  const metadata = { name: 'made', namespace: 'ci', ownerReferences, ...(generateName === undefined ? {} : { generateName }) };
  expect(names({ pods: [{ metadata, spec: { ...spec, restartPolicy } }] })).toEqual([expected]);
});

test('pods that nobody controls: by name, a task under a random name by what of it stays, a static pod without its node', () => {
  expect(
    names({
      pods: [
        { metadata: { name: 'debug-shell', namespace: 'shop' }, spec },
        { metadata: { name: 'agent-x7k2f-b8wcn', namespace: 'ci' }, spec: { ...spec, restartPolicy: 'Never' } },
        {
          metadata: { name: 'etcd-ip-10-0-0-1.internal', namespace: 'kube-system', ownerReferences: owner('v1', 'Node', 'ip-10-0-0-1.internal') },
          spec: { ...spec, nodeName: 'ip-10-0-0-1.internal' },
        },
      ],
    }),
  ).toEqual(['v1 Pod ci/agent-* (ServiceAccount default)', 'v1 Pod kube-system/etcd', 'v1 Pod shop/debug-shell']);
});

test('objects without a spec, or with an empty one, are workloads without containers', () => {
  const metadata = { name: 'bare', namespace: 'shop' };
  const found = workloadsOf({ deployments: [{ metadata }], cronJobs: [{ metadata }], pods: [{ metadata }, { metadata: { name: 'null', namespace: 'shop' }, spec: { containers: null } as never }] });
  expect(found.map(({ resource, spec: { containers } }) => [resource.kind, containers])).toEqual([
    ['CronJob', []],
    ['Deployment', []],
    ['Pod', []],
    ['Pod', []],
  ]);
});

test('a kind that could not be read is missing and said to be; the others are there', () => {
  const derived = createFactResolver(
    snapshotOf({ jobs: refused('forbidden', 'may not list jobs'), deployments: [{ metadata: { name: 'web', namespace: 'shop' }, spec: { selector: {}, template } }] }),
  ).fact('workloads');
  expect(derived).toMatchObject({ ok: true, unread: [{ source: 'jobs' }], value: [{ resource: { name: 'web' } }] });
});

test('order of lists changes nothing', () => {
  const pods = Array.from({ length: 12 }, (_, i) => ({
    metadata: { name: `p${i}`, namespace: `ns${i % 2}`, ...(i % 3 === 0 ? { generateName: 'p-' } : {}), labels: { app: 'p', n: String(i) } },
    spec: { ...spec, hostIPC: i % 4 === 0 },
  }));
  const expected = workloadsOf({ pods });
  fc.assert(fc.property(fc.shuffledSubarray(pods, { minLength: pods.length }), (shuffled) => expect(workloadsOf({ pods: shuffled })).toEqual(expected)), { numRuns: 50 });
});

test('names that mean something to JavaScript are names like others', () => {
  const labels = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
  const pods = ['toString', '__proto__'].map((name) => ({ metadata: { name, generateName: '__proto__', namespace: 'constructor', labels }, spec }));
  const [only, ...others] = workloadsOf({ pods });
  expect(others).toEqual([]);
  expect(only!.resource.name).toBe('__proto__-* (ServiceAccount default)');
  expect(Object.entries(only!.labels)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});
