import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * procMount must be unset or Default in every container, except in a user namespace of its own. Pod Security Standards, baseline.
 */
export const unsafeProcMount = defineCheck({
  id: 'unsafe-proc-mount',
  revision: 1,
  area: 'workload',
  title: 'Containers see parts of /proc that runtimes hide',
  severity: 'medium',
  rationale: "An unmasked /proc shows and lets root change kernel settings that are the whole node's.",
  remediation: 'Remove procMount, or set hostUsers: false where nested containers need it.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#proc-access'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'procMount/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'procMount')) {
      for (const { container, what } of privilegesOf(workload, 'procMount')) {
        const says = `sees parts of /proc that runtimes hide: container ${container} sets procMount to ${what}`;
        yield workloadViolation(workload, { fault: 'procMount', container, says, evidence: { procMount: what ?? null } });
      }
    }
  },
});
