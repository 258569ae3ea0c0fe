import { consoleOf } from '../../facts/exposure/consoles.ts';
import { doorsOf } from '../../facts/exposure/doors.ts';
import { exposedPortSeverity } from '../../facts/exposure/port-severity.ts';
import { listed } from '../../model/listed.ts';
import { atLeast } from '../../model/severity.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The Internet reaches a workload through a load balancer, an ALB, a node port or a controller behind one. High for ports of databases and
 * administration, medium for unusual ones, info for 80 and 443, which are mostly meant; at most medium where it is only inferred. Consoles
 * are a finding of their own.
 */
export const internetExposedService = defineCheck({
  id: 'internet-exposed-service',
  revision: 1,
  area: 'network',
  title: 'The Internet reaches a workload',
  severity: 'high',
  rationale: 'Whatever listens there is tried by everybody, day and night: weak passwords, old versions, flaws published this morning.',
  remediation: 'Make the Service or Ingress internal, or limit its source ranges to those who need it.',
  references: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
    'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1190', 'ms-k8s/MS-TA9005'],
  needs: ['exposures'],
  identity: { resource: 'the workload; a Service without a selector', key: '`internet`' },
  unjudged: ({ exposures }) => exposures.unjudged,
  *evaluate({ exposures }) {
    for (const { resource, workload, paths, ports, containerPorts, sure, cause } of doorsOf(exposures.all)) {
      if (workload && consoleOf(workload) !== undefined) continue;
      const byPort = exposedPortSeverity(ports, containerPorts);
      yield {
        resource,
        key: 'internet',
        severity: sure || !atLeast(byPort, 'high') ? byPort : 'medium',
        message: `The Internet ${sure ? 'reaches' : 'may reach'} ${resource.namespace}/${resource.name} on port ${listed(ports.map(String))}: ${paths[0]!}`,
        cause,
        evidence: { paths, ports, containerPorts, inferred: !sure },
      };
    }
  },
});
