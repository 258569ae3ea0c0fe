import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * privileged must not be true in any container, init and ephemeral ones included. Pod Security Standards, baseline.
 */
export const privilegedContainer = defineCheck({
  id: 'privileged-container',
  revision: 1,
  area: 'workload',
  title: 'A privileged container can take over its node',
  severity: 'critical',
  rationale: "A privileged container has every capability and every device of the node: whoever gets into it mounts the node's disk, reads the tokens of all pods there and acts as the node.",
  remediation: 'Remove privileged: true, and add the single capability or device that the container needs.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html'],
  controls: ['cis-eks-1.8.0/4.2.1', 'nsa-1.2/pod-security', 'attack/T1611', 'ms-k8s/MS-TA9018', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'privileged/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'privileged')) {
      for (const { container } of privilegesOf(workload, 'privileged')) {
        yield workloadViolation(workload, { fault: 'privileged', container, says: `can take over its node: container ${container} is privileged` });
      }
    }
  },
});
