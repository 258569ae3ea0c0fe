import { podNetworkProxy } from '../../../lambda/checks/rbac/pod-network-proxy.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: podNetworkProxy,
  pass: [
    { name: 'forwarding by get, since 1.35', sources: { ...within('shop', user('alice'), rule('get', '', 'pods/portforward')), kubernetesVersion: '1.35' } },
    { name: 'get on port forwarding', sources: within('shop', user('alice'), rule('get', '', 'pods/portforward')) },
    { name: 'Services without their proxy', sources: within('shop', user('alice'), rule('get,update', '', 'services')) },
  ],
  fail: [
    {
      name: 'forwarding by get, before 1.35',
      sources: { ...within('shop', user('alice'), rule('get', '', 'pods/portforward')), kubernetesVersion: '1.34' },
      findings: [
        {
          resource: subject('User alice'),
          key: 'pod-port-forward-by-get@shop',
          message: 'User alice may connect to pods in shop past their network policies by a right that looks like reading, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'port forwarding',
      sources: within('shop', user('alice'), rule('create', '', 'pods/portforward')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'pod-network-proxy@shop',
          message: 'User alice may connect to pods in shop past their network policies, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'the proxy of one Service, by get',
      sources: everywhere(user('alice'), rule('get', '', 'services/proxy', 'grafana')),
      findings: [{ resource: subject('User alice'), key: 'pod-network-proxy@cluster' }],
    },
  ],
} satisfies CheckCases;
