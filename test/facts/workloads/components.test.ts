import { expect, test } from '@jest/globals';
import type { V1PodSpec } from '@kubernetes/client-node';
import { COMPONENTS } from '../../../lambda/facts/workloads/component-table.ts';
import { componentOf } from '../../../lambda/facts/workloads/components.ts';
import { eksImageName, repositoryOf } from '../../../lambda/facts/workloads/image-repository.ts';

const EKS = '602401143452.dkr.ecr.us-west-2.amazonaws.com';

function awsNode(changes: { namespace?: string; kind?: string; serviceAccount?: string; spec?: Partial<V1PodSpec> } = {}) {
  const { namespace = 'kube-system', kind = 'DaemonSet', serviceAccount = 'aws-node', spec = {} } = changes;
  return {
    resource: { apiVersion: 'apps/v1', kind, namespace, name: 'aws-node' },
    serviceAccount,
    spec: {
      initContainers: [{ name: 'aws-vpc-cni-init', image: `${EKS}/amazon-k8s-cni-init:v1.22.4` }],
      containers: [
        { name: 'aws-node', image: `${EKS}/amazon-k8s-cni:v1.22.4@sha256:0123` },
        { name: 'aws-eks-nodeagent', image: `${EKS}/amazon/aws-network-policy-agent:v1.4.0` },
      ],
      ...spec,
    },
  };
}

test('aws-node is known by name, account and images together', () => {
  expect(componentOf(awsNode())).toBe('aws-node');
});

test.each([
  ['another namespace', awsNode({ namespace: 'prod' })],
  ['another kind', awsNode({ kind: 'Deployment' })],
  ['another ServiceAccount', awsNode({ serviceAccount: 'default' })],
  ['an image of somebody else', awsNode({ spec: { containers: [{ name: 'aws-node', image: 'registry.example/amazon-k8s-cni:v1.22.4' }] } })],
  ['an image of another program of EKS', awsNode({ spec: { containers: [{ name: 'aws-node', image: `${EKS}/eks/kube-proxy:v1.35.0` }] } })],
  ['a container more', awsNode({ spec: { ephemeralContainers: [{ name: 'shell', image: 'busybox' }] } })],
  ['no container', awsNode({ spec: { containers: [], initContainers: [] } })],
  ['a container without an image', awsNode({ spec: { containers: [{ name: 'aws-node' }] } })],
])('with %s it is not', (_what, workload) => {
  expect(componentOf(workload)).toBeUndefined();
});

test.each([
  ['602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1', 'coredns'],
  ['918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn/eks/coredns:v1', 'coredns'],
  ['151742754352.dkr.ecr-fips.us-gov-east-1.amazonaws.com/eks/coredns', 'coredns'],
  ['602401143452.dkr-ecr.us-west-2.on.aws/eks/coredns:v1', 'coredns'],
  ['public.ecr.aws/eks/aws-load-balancer-controller:v3', 'aws-load-balancer-controller'],
  ['111122223333.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1', undefined],
  ['602401143452.dkr.ecr.eu-central-1.amazonaws.com.registry.example/eks/coredns:v1', undefined],
  ['registry.example/602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns', undefined],
  ['public.ecr.aws/eks-but-not/coredns', undefined],
  ['coredns', undefined],
])('%s in a registry of EKS: %s', (image, name) => {
  expect(eksImageName(repositoryOf(image))).toBe(name);
});

test.each([
  ['a:1', 'a'],
  ['a@sha256:0', 'a'],
  ['registry.example:5000/a', 'registry.example:5000/a'],
  ['registry.example:5000/a:1@sha256:0', 'registry.example:5000/a'],
  ['', ''],
])('the repository of "%s" is "%s"', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});

test('every entry of the table is recognised by its own content, and no two are the same', () => {
  const identities = COMPONENTS.flatMap(({ component, kind, name, namespaces, serviceAccounts, images }) =>
    namespaces.flatMap((namespace) =>
      serviceAccounts.map((serviceAccount) => {
        const spec = { containers: images.map((image, index) => ({ name: `c${index}`, image: `${image}:v1` })) };
        expect(componentOf({ resource: { apiVersion: 'apps/v1', kind, namespace, name }, serviceAccount, spec })).toBe(component);
        return `${kind} ${namespace}/${name} ${serviceAccount}`;
      }),
    ),
  );
  expect(new Set(identities).size).toBe(identities.length);
  const keys = COMPONENTS.map(({ component, kind, name }) => `${component} ${kind} ${name}`);
  expect(keys).toEqual(keys.toSorted());
});
