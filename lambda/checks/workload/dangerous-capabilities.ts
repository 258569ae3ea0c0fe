import { privilegesOf, takersOf } from '../../facts/workloads/privileges.ts';
import { byContainer, workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/** Beyond the default set, but of no use by themselves for reaching the node. Networking ones reach only as far as the network they are in. */
const CONTAINED: ReadonlySet<string> = new Set([
  ...['AUDIT_READ', 'BLOCK_SUSPEND', 'IPC_LOCK', 'LEASE', 'NET_BIND_SERVICE', 'SYS_NICE', 'SYS_RESOURCE', 'WAKE_ALARM'],
  ...['NET_ADMIN', 'NET_BROADCAST', 'NET_RAW'],
]);

/**
 * Containers may add only capabilities of the default set. Names are compared as written, as admission does; how bad one is, by its meaning:
 * runtimes take it in any case and some with `CAP_`. Pod Security Standards, baseline.
 */
export const dangerousCapabilities = defineCheck({
  id: 'dangerous-capabilities',
  revision: 1,
  area: 'workload',
  title: 'Containers hold powers over the kernel that lead to their node',
  severity: 'high',
  rationale: 'With SYS_ADMIN, SYS_PTRACE, SYS_MODULE, BPF or ALL a container mounts, traces, loads code into the kernel: it takes its node as a privileged one does.',
  remediation: 'Drop ALL and add only what the program needs from the default set.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline', 'https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'capabilities/<container>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'capability')) {
      for (const [container, capabilities] of byContainer(privilegesOf(workload, 'capability'))) {
        const contained = !workload.spec.hostNetwork && capabilities.every((name) => CONTAINED.has(name.toUpperCase().replace(/^CAP_/, '')));
        yield workloadViolation(workload, {
          fault: 'capabilities',
          container,
          says: `holds more power over the kernel than containers have: container ${container} adds ${capabilities.join(', ')}`,
          evidence: { capabilities },
          severity: contained ? 'medium' : 'high',
        });
      }
    }
  },
});
