import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * hostNetwork must not be true. Pod Security Standards, baseline.
 */
export const hostNetwork = defineCheck({
  id: 'host-network',
  revision: 1,
  area: 'workload',
  title: 'Pods use the network of their node, where no network policy holds',
  severity: 'high',
  rationale: "A pod in the node's network is outside every NetworkPolicy, sees the traffic and the local services of the node, and reaches the instance metadata service with the node's IAM role whatever the hop limit is.",
  remediation: 'Remove hostNetwork: true and reach the pod through a Service.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html'],
  controls: ['cis-eks-1.8.0/4.2.4', 'nsa-1.2/pod-security', 'attack/T1611', 'attack/T1552.005', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'hostNetwork' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'hostNetwork')) {
      for (const _pod of privilegesOf(workload, 'hostNetwork')) {
        yield workloadViolation(workload, { fault: 'hostNetwork', says: 'uses the network of its node, where no network policy holds: hostNetwork is on', evidence: { hostNetwork: true } });
      }
    }
  },
});
