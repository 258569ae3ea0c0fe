import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A container must not run as root: runAsNonRoot true, or a user other than 0, at the container or else at the pod. Unset is the
 * user of the image, often root. Linux only; user namespaces (hostUsers false) are no fault.
 */
export const rootUser = defineCheck({
  id: 'root-user',
  revision: 1,
  area: 'workload',
  title: 'Containers may run as root',
  severity: 'low',
  worstSeverity: 'medium',
  rationale: 'Root in a container is root on the node as soon as anything in between fails: a kernel fault, a mounted path, a runtime fault.',
  remediation: 'Set runAsNonRoot: true, with an image or a runAsUser that is not root.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted', 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'pss/restricted'],
  identity: { resource: 'the workload', key: 'rootUser/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'rootUser')) {
      for (const { container, what } of privilegesOf(workload, 'rootUser')) {
        const asked = what !== undefined;
        yield workloadViolation(workload, {
          fault: 'rootUser',
          container,
          says: asked ? `runs as root: container ${container} asks for user 0` : `may run as root: container ${container} leaves its user to the image`,
          severity: asked ? 'medium' : 'low',
          cause: asked ? 'Containers that ask for user 0' : 'Containers that leave their user to the image',
        });
      }
    }
  },
});
