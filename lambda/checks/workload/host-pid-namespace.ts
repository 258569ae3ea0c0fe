import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * hostPID must not be true. Pod Security Standards, baseline.
 */
export const hostPidNamespace = defineCheck({
  id: 'host-pid-namespace',
  revision: 1,
  area: 'workload',
  title: 'Containers see every process of their node',
  severity: 'high',
  rationale: "With the node's process namespace a container reads other pods' command lines and, as root, their environment and files under /proc, and sends signals to them and to the kubelet.",
  remediation: 'Remove hostPID: true.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html'],
  controls: ['cis-eks-1.8.0/4.2.2', 'nsa-1.2/pod-security', 'attack/T1611', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'hostPID' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'hostPID')) {
      for (const _pod of privilegesOf(workload, 'hostPID')) {
        yield workloadViolation(workload, { fault: 'hostPID', says: 'sees every process of its node: hostPID is on', evidence: { hostPID: true } });
      }
    }
  },
});
