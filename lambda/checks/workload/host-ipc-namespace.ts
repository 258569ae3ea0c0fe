import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * hostIPC must not be true. Pod Security Standards, baseline.
 */
export const hostIpcNamespace = defineCheck({
  id: 'host-ipc-namespace',
  revision: 1,
  area: 'workload',
  title: 'Containers share memory with the processes of their node',
  severity: 'high',
  rationale: "With the node's IPC namespace a container reads and changes the shared memory and message queues of the node and of all pods there that use it.",
  remediation: 'Remove hostIPC: true; give containers of one pod that must share memory an emptyDir of medium Memory.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html'],
  controls: ['cis-eks-1.8.0/4.2.3', 'nsa-1.2/pod-security', 'attack/T1611', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'hostIPC' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'hostIPC')) {
      for (const _pod of privilegesOf(workload, 'hostIPC')) {
        yield workloadViolation(workload, { fault: 'hostIPC', says: 'shares memory with the processes of its node: hostIPC is on', evidence: { hostIPC: true } });
      }
    }
  },
});
