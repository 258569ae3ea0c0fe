import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * allowPrivilegeEscalation must be false in every container; unset is true. Not asked of Windows. Pod Security Standards,
 * restricted.
 */
export const privilegeEscalationAllowed = defineCheck({
  id: 'privilege-escalation-allowed',
  revision: 1,
  area: 'workload',
  title: 'Processes may gain more rights than their container started with',
  severity: 'low',
  rationale: 'Without no_new_privs a process that is not root becomes root by any setuid program in the image.',
  remediation: 'Set allowPrivilegeEscalation: false.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted', 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  controls: ['cis-eks-1.8.0/4.2.5', 'nsa-1.2/pod-security', 'attack/T1548.001', 'pss/restricted'],
  identity: { resource: 'the workload', key: 'privilegeEscalation/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'privilegeEscalation')) {
      for (const { container } of privilegesOf(workload, 'privilegeEscalation')) {
        yield workloadViolation(workload, {
          fault: 'privilegeEscalation',
          container,
          says: `lets its processes gain rights: container ${container} does not set allowPrivilegeEscalation to false`,
          cause: 'Containers that do not set allowPrivilegeEscalation to false',
        });
      }
    }
  },
});
