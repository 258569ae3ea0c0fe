import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * seccompProfile, of the pod or of a container, must not be Unconfined (nor anything else that is no profile). Unset is not reported
 * here. Pod Security Standards, baseline.
 */
export const seccompUnconfined = defineCheck({
  id: 'seccomp-unconfined',
  revision: 1,
  area: 'workload',
  title: 'Containers may make any system call',
  severity: 'medium',
  rationale: 'Unconfined takes away the filter that keeps most kernel faults out of reach of a container.',
  remediation: 'Set seccompProfile.type to RuntimeDefault, or to Localhost with a profile of your own.',
  references: ['https://kubernetes.io/docs/tutorials/security/seccomp/', 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'seccomp, or seccomp/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'seccomp')) {
      for (const { container, what } of privilegesOf(workload, 'seccomp')) {
        const says = `may make any system call: ${container === undefined ? 'the pod' : `container ${container}`} sets seccompProfile to ${what}`;
        yield workloadViolation(workload, { fault: 'seccomp', container, says, evidence: { type: what ?? null } });
      }
    }
  },
});
