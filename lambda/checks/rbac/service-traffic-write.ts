import { defineCheck } from '../define-check.ts';

/**
 * create, update or patch on services (externalIPs) or services/status (CVE-2020-8554), on endpoints or endpointslices; any write on ingresses
 * and routes of gateways.
 */
export const serviceTrafficWrite = defineCheck({
  id: 'service-traffic-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may redirect or expose the traffic of Services',
  severity: 'medium',
  worstSeverity: 'high',
  rationale:
    'A Service with an external address takes the traffic of the whole cluster to that address, endpoints lead it to any other, an Ingress lets the Internet in.',
  remediation: 'Refuse externalIPs at admission; leave endpoints to controllers, and Ingresses and routes to who answers for exposure.',
  references: [
    'https://github.com/kubernetes/kubernetes/issues/97076',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/concepts/services-networking/service/#external-ips',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1557', 'cve/CVE-2020-8554'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['route-write', 'service-address-write', 'endpoints-write'] as const) yield* rbacGrants.byPower[power];
  },
});
