import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Windows containers must name a user that is no administrator. Unset is the user of the image, which for all base images but Nano
 * Server is ContainerAdministrator: that is inferred, so it weighs less than asking for it.
 */
export const windowsContainerAdministrator = defineCheck({
  id: 'windows-container-administrator',
  revision: 1,
  area: 'workload',
  title: 'Windows containers run as administrator, one step from their node',
  severity: 'medium',
  worstSeverity: 'high',
  rationale: "Windows containers share the kernel with their node and are no security boundary for an administrator: Siloscape (2021) broke out of them this way, took the node's credentials and looked for the right to make deployments.",
  remediation: 'Set windowsOptions.runAsUserName to ContainerUser, and give the pods an account with few rights.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/', 'https://unit42.paloaltonetworks.com/siloscape/'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611'],
  identity: { resource: 'the workload', key: 'administrator/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'administrator')) {
      for (const { container, what } of privilegesOf(workload, 'administrator')) {
        const because = what === undefined ? `container ${container} names no user, and its image's is usually ContainerAdministrator` : `container ${container} runs as ${what}`;
        yield workloadViolation(workload, {
          fault: 'administrator',
          container,
          says: `is one step from its Windows node: ${because}`,
          evidence: { user: what ?? null },
          severity: what === undefined ? 'medium' : 'high',
        });
      }
    }
  },
});
