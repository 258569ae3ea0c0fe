import { consoleOf } from '../../facts/exposure/consoles.ts';
import { doorSeverity, doorsOf, guardEvidence, guardedMessage, type OpenDoors } from '../../facts/exposure/doors.ts';
import type { Severity } from '../../model/severity.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The Internet reaches a management console: a workload known as one by its image, or by its labels and port. This is how Tesla's cluster was
 * taken in 2018. Medium where the way is only inferred, or where it is not known whether the policies that close it are enforced; low where they are; where policies could not be read, as if there were none.
 */
export const exposedDashboard = defineCheck({
  id: 'exposed-dashboard',
  revision: 3,
  area: 'network',
  title: 'The Internet reaches a management console',
  severity: 'critical',
  rationale: 'Consoles run code or read what the cluster does, many without a password; scanners find them in minutes, and miners move in.',
  remediation: 'Make the Service ClusterIP and reach the console through kubectl port-forward or a VPN.',
  references: [
    'https://www.microsoft.com/en-us/security/blog/2020/04/02/attack-matrix-kubernetes/',
    'https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1133', 'attack/T1190', 'ms-k8s/MS-TA9005'],
  needs: ['policedExposures'],
  identity: { resource: 'the workload', key: '`internet`' },
  unjudged: ({ policedExposures }) => policedExposures.unjudged,
  *evaluate({ policedExposures }) {
    for (const door of doorsOf(policedExposures.all)) {
      const { resource, workload, paths, ports, sure, cause, guard, closed } = door;
      const console = workload && consoleOf(workload);
      if (!workload || console === undefined) continue;
      yield {
        resource,
        key: 'internet',
        ...doorSeverity(door, GUARDED, severityOf),
        message: guard
          ? guardedMessage(guard, `${console} at ${resource.namespace}/${resource.name}`, paths[0]!)
          : `The Internet ${sure ? 'reaches' : 'may reach'} ${console} at ${resource.namespace}/${resource.name}, which runs as ServiceAccount ${workload.serviceAccount}: ${paths[0]!}`,
        cause,
        evidence: { console, paths, ports, serviceAccount: workload.serviceAccount, inferred: !sure, ...(closed.length > 0 ? { closedByPolicies: closed } : {}), ...guardEvidence(guard) },
      };
    }
  },
});

function severityOf({ sure }: Pick<OpenDoors, 'sure'>): Severity {
  return sure ? 'critical' : 'medium';
}

const GUARDED = { closed: 'low', unknown: 'medium' } as const;
