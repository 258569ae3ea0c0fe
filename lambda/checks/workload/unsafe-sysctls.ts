import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Only sysctls of the safe set may be set: those that belong to the namespaces of the pod. The set is that of the newest version;
 * names are compared as written. Pod Security Standards, baseline.
 */
export const unsafeSysctls = defineCheck({
  id: 'unsafe-sysctls',
  revision: 1,
  area: 'workload',
  title: 'Pods change kernel parameters of their node',
  severity: 'medium',
  rationale: 'A kernel parameter outside the safe set is shared with the node or untested in isolation: a pod can starve or weaken everything else there.',
  remediation: 'Remove the sysctl, or set it on the nodes that need it.',
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/', 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  controls: ['nsa-1.2/pod-security', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'sysctl <name>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'sysctl')) {
      for (const { what = '' } of privilegesOf(workload, 'sysctl')) {
        yield workloadViolation(workload, { fault: `sysctl ${what}`, says: `changes kernel parameters of its node: sysctl ${what} is not a safe one` });
      }
    }
  },
});
