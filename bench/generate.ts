import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { binding, clusterRole, daemonSet, deployment, namespace, networkPolicy, node, pod, replicaSet, role, service, serviceAccount } from './objects.ts';

/** How large a cluster to write: everything else follows from the number of pods, as in the issue that set the goal. */
export interface ClusterSize {
  readonly pods: number;
  /** Bytes that one pod takes in the file, about. */
  readonly podBytes: number;
}

export const REPLICAS = 10;

interface KindFile {
  readonly file: string;
  readonly count: number;
  make(index: number): object;
}

function filesOf({ pods, podBytes }: ClusterSize): KindFile[] {
  const deployments = Math.max(1, Math.floor(pods / REPLICAS));
  const namespaces = Math.max(2, Math.floor(pods / 100));
  return [
    { file: 'pods', count: pods, make: (i) => pod(i, namespaces, podBytes) },
    { file: 'replicasets', count: deployments, make: (i) => replicaSet(i, namespaces) },
    { file: 'deployments', count: deployments, make: (i) => deployment(i, namespaces) },
    { file: 'daemonsets', count: 4, make: daemonSet },
    { file: 'rolebindings', count: Math.floor(pods / 5), make: (i) => binding(i, namespaces) },
    { file: 'roles', count: Math.floor(pods / 10), make: (i) => role(i, namespaces) },
    { file: 'clusterroles', count: 80, make: clusterRole },
    { file: 'networkpolicies', count: Math.floor(pods * 0.18), make: (i) => networkPolicy(i, namespaces, deployments) },
    { file: 'services', count: deployments, make: (i) => service(i, namespaces) },
    { file: 'serviceaccounts', count: namespaces * 2, make: (i) => serviceAccount(i, namespaces) },
    { file: 'namespaces', count: namespaces + 1, make: (i) => namespace(i) },
    { file: 'nodes', count: Math.max(2, Math.floor(pods / 30)), make: node },
    ...EMPTY_KINDS.map((file) => ({ file, count: 0, make: () => ({}) })),
  ];
}

const EMPTY_KINDS = [
  'apiservices',
  'clusterrolebindings',
  'cronjobs',
  'customresourcedefinitions',
  'endpointslices',
  'ingressclasses',
  'ingresses',
  'jobs',
  'limitranges',
  'mutatingwebhookconfigurations',
  'persistentvolumes',
  'replicationcontrollers',
  'resourcequotas',
  'statefulsets',
  'storageclasses',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
];

/** Writes a capture of a cluster of that size as `kubectl get … -o json` would, one file a kind, and returns its bytes. */
export async function generateCapture(directory: string, size: ClusterSize): Promise<number> {
  await mkdir(directory, { recursive: true });
  let bytes = 0;
  for (const kind of filesOf(size)) bytes += await writeList(join(directory, `${kind.file}.json`), kind);
  bytes += await writeWhole(join(directory, 'version.json'), { serverVersion: { major: '1', minor: '35+', gitVersion: 'v1.35.2-eks-1111111' } });
  bytes += await writeWhole(join(directory, 'cluster.json'), EKS_CLUSTER);
  return bytes;
}

const EKS_CLUSTER = {
  cluster: {
    name: 'bench',
    arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/bench',
    version: '1.35',
    status: 'ACTIVE',
    resourcesVpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['203.0.113.0/24'], subnetIds: [], securityGroupIds: [] },
    accessConfig: { authenticationMode: 'API' },
  },
};

async function writeWhole(path: string, value: object): Promise<number> {
  const file = createWriteStream(path);
  file.end(JSON.stringify(value, null, 4));
  await once(file, 'close');
  return file.bytesWritten;
}

/** kubectl's own layout: keys of the List in alphabetical order, four spaces a level. */
async function writeList(path: string, { count, make }: KindFile): Promise<number> {
  const file = createWriteStream(path);
  file.write('{\n    "apiVersion": "v1",\n    "items": [');
  for (let i = 0; i < count; i++) {
    const text = JSON.stringify(make(i), null, 4).replaceAll('\n', '\n        ');
    if (!file.write(`${i === 0 ? '' : ','}\n        ${text}`)) await once(file, 'drain');
  }
  file.end(`${count === 0 ? '' : '\n    '}],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n`);
  await once(file, 'close');
  return file.bytesWritten;
}
