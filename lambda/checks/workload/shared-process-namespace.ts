import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * shareProcessNamespace must not be true where a pod has more than one container.
 */
export const sharedProcessNamespace = defineCheck({
  id: 'shared-process-namespace',
  revision: 1,
  area: 'workload',
  title: 'Containers of one pod see into each other',
  severity: 'medium',
  rationale: 'With one process namespace for the pod, whoever gets into a sidecar reads the environment and files of the main container through /proc, and the other way round.',
  remediation: 'Remove shareProcessNamespace: true, or keep only containers of one owner together.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'],
  controls: ['nsa-1.2/pod-security', 'attack/T1552.001'],
  identity: { resource: 'the workload', key: 'shareProcessNamespace' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'sharedPids')) {
      for (const _pod of privilegesOf(workload, 'sharedPids')) {
        yield workloadViolation(workload, { fault: 'shareProcessNamespace', says: 'lets its containers see into each other: shareProcessNamespace is on', evidence: { shareProcessNamespace: true } });
      }
    }
  },
});
