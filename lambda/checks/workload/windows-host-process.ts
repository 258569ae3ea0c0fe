import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * windowsOptions.hostProcess must not be true, for the pod or for any container. Pod Security Standards, baseline.
 */
export const windowsHostProcess = defineCheck({
  id: 'windows-host-process',
  revision: 1,
  area: 'workload',
  title: 'Windows containers run as processes of their node',
  severity: 'high',
  rationale: 'A HostProcess container is no container: it runs on the node itself, with its users, its files and its network.',
  remediation: 'Remove hostProcess: true; keep such pods to one namespace of node tools.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/', 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'hostProcess, or hostProcess/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'hostProcess')) {
      for (const { container } of privilegesOf(workload, 'hostProcess')) {
        const says = `runs on its Windows node itself: ${container === undefined ? 'its pods are' : `container ${container} is`} HostProcess`;
        yield workloadViolation(workload, { fault: 'hostProcess', container, says });
      }
    }
  },
});
