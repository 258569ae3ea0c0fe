import { extraInterfaceBypassesPolicy } from '../../../lambda/checks/network/extra-interface-bypasses-policy.ts';
import type { CheckCases } from '../check-cases.ts';
import { denyAll, deployment, resourceOf } from './objects.ts';

const joined = (namespace: string, networks: string) => {
  const made = deployment(namespace, 'router');
  return { ...made, spec: { ...made.spec!, template: { ...made.spec!.template, metadata: { ...made.spec!.template.metadata, annotations: { 'k8s.v1.cni.cncf.io/networks': networks, other: 'x' } } } } };
};

export const cases = {
  check: extraInterfaceBypassesPolicy,
  pass: [
    { name: 'one network', sources: { deployments: [deployment('shop', 'web')], networkPolicies: [denyAll('shop')] } },
    { name: 'no policy selects it', sources: { deployments: [joined('prod', 'storage')], networkPolicies: [denyAll('shop')] } },
    { name: 'none is named', sources: { deployments: [joined('shop', '')], networkPolicies: [denyAll('shop')] } },
  ],
  fail: [
    {
      name: 'joined to another by annotation',
      sources: { deployments: [joined('shop', 'storage'), deployment('shop', 'web')], networkPolicies: [denyAll('shop')] },
      findings: [{ resource: resourceOf('shop', 'router'), key: 'interfaces', message: 'shop/router is joined to another network, where no policy reaches it', cause: 'Deployment shop/router: further networks' }],
    },
  ],
} satisfies CheckCases;
