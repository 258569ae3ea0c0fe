import { serviceExternalIps } from '../../../lambda/checks/network/service-external-ips.ts';
import type { CheckCases } from '../check-cases.ts';
import { service } from './objects.ts';

export const cases = {
  check: serviceExternalIps,
  pass: [
    { name: 'none', sources: { services: [service('shop', 'web')] } },
    { name: 'an empty list', sources: { services: [service('shop', 'web', { externalIPs: [] })] } },
  ],
  fail: [
    {
      name: 'two addresses',
      sources: { services: [service('shop', 'web', { externalIPs: ['203.0.113.9', '198.51.100.7'] })] },
      findings: [
        {
          resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
          key: 'external-ips',
          message: 'Service shop/web takes what is sent to 198.51.100.7 and 203.0.113.9',
          cause: 'Service shop/web: externalIPs',
        },
      ],
    },
  ],
} satisfies CheckCases;
