import { privilegedContainer } from '../../../lambda/checks/workload/privileged-container.ts';
import type { CheckCases } from '../check-cases.ts';
import { KUBE_PROXY, WEB, deployment, kubeProxy, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: privilegedContainer,
  pass: [
    { name: 'nothing said is not privileged', sources: deployment(podSpec()) },
    { name: 'false in every container', sources: deployment(podWith({ privileged: false })) },
    { name: 'privileged is no field of the pod', sources: deployment(podSpec({ securityContext: { privileged: true } as never })) },
    { name: 'kube-proxy as EKS makes it', sources: kubeProxy() },
    { name: 'a malformed template has no containers', sources: deployment({} as never) },
  ],
  fail: [
    {
      name: 'a container, in a controller that runs no pod',
      sources: { deployments: [{ metadata: { name: 'web', namespace: 'prod' }, spec: { replicas: 0, selector: {}, template: { spec: podWith({ privileged: true }) } } }] },
      findings: [
        {
          resource: WEB,
          key: 'privileged/app',
          message: 'prod/web can take over its node: container app is privileged',
          cause: 'Deployment prod/web: privileged',
        },
      ],
    },
    {
      name: 'an init container beside a harmless one',
      sources: deployment(podSpec({ initContainers: [{ name: 'setup', securityContext: { privileged: true } }] })),
      findings: [{ resource: WEB, key: 'privileged/setup' }],
    },
    {
      name: 'an ephemeral container of a pod that nobody controls',
      sources: {
        pods: [
          {
            metadata: { name: 'shell', namespace: 'prod' },
            spec: podSpec({ ephemeralContainers: [{ name: 'debugger', securityContext: { privileged: true } }] }),
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'prod', name: 'shell' }, key: 'privileged/debugger' }],
    },
    {
      name: 'a suspended CronJob',
      sources: {
        cronJobs: [
          {
            metadata: { name: 'tidy', namespace: 'prod' },
            spec: { schedule: '@daily', suspend: true, jobTemplate: { spec: { template: { spec: podWith({ privileged: true }) } } } },
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'batch/v1', kind: 'CronJob', namespace: 'prod', name: 'tidy' }, key: 'privileged/app' }],
    },
    {
      name: 'pods of one generateName are one finding, though only one of them is privileged',
      sources: {
        pods: ['x7k2f', '9z4qm'].map((suffix, index) => ({
          metadata: { name: `build-${suffix}`, generateName: 'build-', namespace: 'ci' },
          spec: podWith({ privileged: index === 1 }),
        })),
      },
      findings: [{ resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'ci', name: 'build-* (ServiceAccount default)' }, key: 'privileged/app' }],
    },
    {
      name: 'kube-proxy with an image of somebody else',
      sources: kubeProxy({}, 'registry.example/eks/kube-proxy:v1.35.0'),
      findings: [{ resource: KUBE_PROXY, key: 'privileged/kube-proxy' }],
    },
    {
      name: 'kube-proxy under another ServiceAccount',
      sources: kubeProxy({ serviceAccountName: 'default' }),
      findings: [{ resource: KUBE_PROXY, key: 'privileged/kube-proxy' }],
    },
    {
      name: 'kube-proxy with a privileged container that is not its own',
      sources: kubeProxy({
        initContainers: [{ name: 'setup', image: '602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/kube-proxy:v1.35.0', securityContext: { privileged: true } }],
      }),
      findings: [{ resource: KUBE_PROXY, key: 'privileged/setup' }],
    },
  ],
} satisfies CheckCases;
