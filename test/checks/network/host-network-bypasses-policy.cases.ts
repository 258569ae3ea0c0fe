import { hostNetworkBypassesPolicy } from '../../../lambda/checks/network/host-network-bypasses-policy.ts';
import type { CheckCases } from '../check-cases.ts';
import { awsNode, denyAll, deployment, networkPolicy, resourceOf } from './objects.ts';

const agent = (namespace: string) => ({ deployments: [deployment(namespace, 'agent', { hostNetwork: true })] });
const found = { resource: resourceOf('shop', 'agent'), key: 'host-network' };

export const cases = {
  check: hostNetworkBypassesPolicy,
  pass: [
    { name: 'a namespace without policies', sources: { ...agent('shop'), networkPolicies: [denyAll('prod')] } },
    { name: "the system's namespace", sources: { ...agent('kube-system'), daemonSets: [awsNode()], networkPolicies: [denyAll('kube-system')] } },
    { name: 'a network of its own', sources: { deployments: [deployment('shop', 'web'), deployment('shop', 'api', { hostNetwork: false })], networkPolicies: [denyAll('shop')] } },
  ],
  fail: [
    {
      name: 'beside a default deny',
      sources: { ...agent('shop'), networkPolicies: [denyAll('shop')] },
      findings: [{ ...found, message: "shop/agent uses its node's network, where no policy of shop reaches it", cause: 'Deployment shop/agent: hostNetwork beside policies' }],
    },
    {
      name: 'selected by name',
      sources: { ...agent('shop'), networkPolicies: [networkPolicy('shop', 'agent', { podSelector: { matchLabels: { app: 'agent' } } })] },
      findings: [{ ...found, severity: 'high', message: "shop/agent uses its node's network, where no policy of shop reaches it, though one selects it" }],
    },
    { name: 'beside a policy for others', sources: { ...agent('shop'), networkPolicies: [networkPolicy('shop', 'web', { podSelector: { matchLabels: { app: 'web' } } })] }, findings: [found] },
  ],
} satisfies CheckCases;
