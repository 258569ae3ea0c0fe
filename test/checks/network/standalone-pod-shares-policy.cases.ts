import { standalonePodSharesPolicy } from '../../../lambda/checks/network/standalone-pod-shares-policy.ts';
import type { CheckCases } from '../check-cases.ts';
import { CALICO, denyAll, deployment, ENFORCED } from './objects.ts';

const pod = (name: string, spec: object = {}, metadata: object = {}) => ({ metadata: { namespace: 'shop', name, labels: { app: name }, ...metadata }, spec: { containers: [{ name: 'c' }], ...spec } });
const shop = { ...ENFORCED, networkPolicies: [denyAll('shop')] };

export const cases = {
  check: standalonePodSharesPolicy,
  pass: [
    { name: 'a Deployment', sources: { ...shop, deployments: [deployment('shop', 'web')] } },
    { name: 'a pod of some controller that is not read', sources: { ...shop, pods: [pod('web', {}, { ownerReferences: [{ apiVersion: 'x/v1', kind: 'Rollout', name: 'web', controller: true }] })] } },
    { name: 'a pod that no policy selects', sources: { ...shop, pods: [pod('web', {}, { namespace: 'prod' })] } },
    { name: 'a pod of the host network', sources: { ...shop, pods: [pod('web', { hostNetwork: true })] } },
    { name: 'under Calico', sources: { ...shop, vpcCniConfig: [], daemonSets: [CALICO], pods: [pod('web')] } },
  ],
  fail: [
    {
      name: 'a pod by itself',
      sources: { ...shop, pods: [pod('nginx-a')] },
      findings: [
        {
          resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'nginx-a' },
          key: 'standalone',
          message: 'Pod shop/nginx-a has no controller, and the VPC CNI enforces policies only on pods that have one',
          cause: 'Pod shop/nginx-a: no controller',
        },
      ],
    },
  ],
} satisfies CheckCases;
