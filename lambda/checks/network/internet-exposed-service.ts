import { consoleOf } from '../../facts/exposure/consoles.ts';
import { doorSeverity, doorsOf, guardEvidence, guardedMessage, type OpenDoors } from '../../facts/exposure/doors.ts';
import { exposedPortSeverity } from '../../facts/exposure/port-severity.ts';
import { listed } from '../../model/listed.ts';
import { atLeast, type Severity } from '../../model/severity.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The Internet reaches a workload through a load balancer, an ALB, a node port or a controller behind one. High for ports of databases and
 * administration, medium for unusual ones, info for 80 and 443, which are mostly meant; at most medium where it is only inferred. Info too where policies, as they
 * are enforced, close every way; low where it is not known whether they are; where policies could not be read, as if there were none. Consoles are a finding of their own.
 */
export const internetExposedService = defineCheck({
  id: 'internet-exposed-service',
  revision: 3,
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
  needs: ['policedExposures'],
  identity: { resource: 'the workload; a Service without a selector', key: '`internet`' },
  unjudged: ({ policedExposures }) => policedExposures.unjudged,
  *evaluate({ policedExposures }) {
    for (const door of doorsOf(policedExposures.all)) {
      const { resource, workload, paths, ports, containerPorts, sure, cause, guard, closed } = door;
      if (workload && consoleOf(workload) !== undefined) continue;
      yield {
        resource,
        key: 'internet',
        ...doorSeverity(door, GUARDED, severityOf),
        message: guard
          ? guardedMessage(guard, `${resource.namespace}/${resource.name}`, paths[0]!)
          : `The Internet ${sure ? 'reaches' : 'may reach'} ${resource.namespace}/${resource.name} on port ${listed(ports.map(String))}: ${paths[0]!}`,
        cause,
        evidence: { paths, ports, containerPorts, inferred: !sure, ...(closed.length > 0 ? { closedByPolicies: closed } : {}), ...guardEvidence(guard) },
      };
    }
  },
});

function severityOf({ ports, containerPorts, sure }: Pick<OpenDoors, 'ports' | 'containerPorts' | 'sure'>): Severity {
  const byPort = exposedPortSeverity(ports, containerPorts);
  return sure || !atLeast(byPort, 'high') ? byPort : 'medium';
}

const GUARDED = { closed: 'info', unknown: 'low' } as const;
