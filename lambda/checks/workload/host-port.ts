import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { byContainer, workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * hostPort must be unset or 0 in every container. Pods in the network of their node are not asked: there each port is one of the
 * node. Pod Security Standards, baseline.
 */
export const hostPort = defineCheck({
  id: 'host-port',
  revision: 1,
  area: 'workload',
  title: 'Containers open ports on the address of their node',
  severity: 'medium',
  rationale: "A host port is reachable at the node's address for everything that its security groups let in, past Services, load balancers and the people who look after those.",
  remediation: 'Remove hostPort and use a Service.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://kubernetes.io/docs/concepts/configuration/overview/'],
  controls: ['nsa-1.2/network-separation', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'hostPort/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'hostPort')) {
      for (const [container, ports] of byContainer(privilegesOf(workload, 'hostPort'))) {
        const says = `opens ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')} on the address of its node: container ${container} asks for hostPort`;
        yield workloadViolation(workload, { fault: 'hostPort', container, says, evidence: { ports } });
      }
    }
  },
});
