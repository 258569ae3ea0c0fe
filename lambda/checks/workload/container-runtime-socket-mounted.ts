import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { byContainer, workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * No container may mount the socket of a container runtime, nor, where it may run as root, a directory of the node that one lies in.
 * Mounting it read-only changes nothing: to connect is not to write.
 */
export const containerRuntimeSocketMounted = defineCheck({
  id: 'container-runtime-socket-mounted',
  revision: 1,
  area: 'workload',
  title: 'Containers can give orders to the container runtime of their node',
  severity: 'critical',
  rationale: 'Whoever talks to the container runtime starts a privileged container beside all rules of Kubernetes: no admission, no audit record, the whole node.',
  remediation: 'Remove the volume; build images with a builder that needs no runtime, read container data through the kubelet or the API.',
  references: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface', 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'attack/T1610'],
  identity: { resource: 'the workload', key: 'runtimeSocket/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'runtimeSocket')) {
      for (const [container, sockets] of byContainer(privilegesOf(workload, 'runtimeSocket'))) {
        const says = `can start any container on its node: container ${container} mounts the runtime's socket (${sockets.join(', ')})`;
        yield workloadViolation(workload, { fault: 'runtimeSocket', container, says, evidence: { sockets } });
      }
    }
  },
});
