import type { V1Service } from '@kubernetes/client-node';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';
import { listOf, written } from '../../facts/as-read.ts';

/** A Service with spec.externalIPs: nodes send traffic for these addresses, whosever they are, to its pods (CVE-2020-8554). */
export const serviceExternalIps = defineCheck({
  id: 'service-external-ips',
  revision: 1,
  area: 'network',
  title: 'A Service takes over addresses that it names itself',
  severity: 'high',
  rationale: 'Whoever may write a Service can draw what pods send to any address, an API of AWS or a database outside, to pods of their own.',
  remediation: 'Use a load balancer, and refuse externalIPs by an admission policy.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#external-ips', 'https://github.com/kubernetes/kubernetes/issues/97076'],
  controls: ['cve/CVE-2020-8554', 'attack/T1557'],
  needs: ['services'],
  fields: { services: ['spec.externalIPs'] },
  identity: { resource: 'the Service', key: '`external-ips`' },
  *evaluate({ services }) {
    for (const { metadata, spec } of services.filter(hasExternalIps)) {
      const externalIps = [...new Set(listOf(spec?.externalIPs).map(written))].sort();
      const namespace = metadata?.namespace ?? '';
      const name = metadata?.name ?? '';
      yield {
        resource: { apiVersion: 'v1', kind: 'Service', namespace, name },
        key: 'external-ips',
        message: `Service ${namespace}/${name} takes what is sent to ${listed(externalIps)}`,
        cause: `Service ${namespace}/${name}: externalIPs`,
        evidence: { externalIPs: externalIps },
      };
    }
  },
});

function hasExternalIps({ spec }: V1Service): boolean {
  return listOf(spec?.externalIPs).length > 0;
}
