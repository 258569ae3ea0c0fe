import { serviceTrafficWrite } from '../../../lambda/checks/rbac/service-traffic-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: serviceTrafficWrite,
  pass: [
    { name: 'reading', sources: everywhere(user('alice'), rule('get,list,watch', '', 'services,endpoints'), rule('get', 'networking.k8s.io', 'ingresses')) },
    { name: 'a new Service by a name that a creation has not', sources: within('shop', user('alice'), rule('create', '', 'services', 'web')) },
    { name: 'one object by name', sources: within('shop', user('alice'), rule('patch', '', 'endpoints', 'web'), rule('update', 'networking.k8s.io', 'ingresses', 'web')) },
    { name: 'slices of the core group, ingresses of none', sources: within('shop', user('alice'), rule('create', '', 'endpointslices,ingresses')) },
    { name: 'status of an ingress', sources: everywhere(user('alice'), rule('update', 'networking.k8s.io', 'ingresses/status')) },
  ],
  fail: [
    {
      name: 'services',
      sources: within('shop', user('alice'), rule('create', '', 'services')),
      findings: [
        { resource: subject('User alice'), key: 'service-address-write@shop', message: 'User alice may take over the traffic of the whole cluster to an address of its choice, by Services in shop, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'one Service is enough, and so is its status',
      sources: { ...within('shop', user('alice'), rule('patch', '', 'services', 'web')), ...everywhere(user('bob'), rule('patch', '', 'services/status')) },
      findings: [
        { resource: subject('User alice'), key: 'service-address-write@shop' },
        { resource: subject('User bob'), key: 'service-address-write@cluster' },
      ],
    },
    {
      name: 'endpoints of either kind',
      sources: { ...within('shop', user('alice'), rule('update', '', 'endpoints')), ...everywhere(user('bob'), rule('create', 'discovery.k8s.io', 'endpointslices')) },
      findings: [
        { resource: subject('User alice'), key: 'endpoints-write@shop' },
        { resource: subject('User bob'), key: 'endpoints-write@cluster' },
      ],
    },
    {
      name: 'ingresses and routes',
      sources: { ...within('shop', user('alice'), rule('delete', 'networking.k8s.io', 'ingresses')), ...everywhere(user('bob'), rule('create', 'gateway.networking.k8s.io', 'httproutes')) },
      findings: [
        { resource: subject('User bob'), key: 'route-write@cluster', severity: 'high' },
        { resource: subject('User alice'), key: 'route-write@shop', message: 'User alice may let traffic from outside in to the Services in shop, by RoleBinding shop/ops' },
      ],
    },
  ],
} satisfies CheckCases;
