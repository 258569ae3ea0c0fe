import { containersOf } from '../workloads/containers-of.ts';
import type { JudgedPod, Offence } from './rule.ts';

/** No container may be privileged. */
export function* privileged({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) if (container.securityContext?.privileged === true) yield { container: container.name };
}

/** What container runtimes give by default, and what may be added without the pod gaining on the node. */
const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** Only capabilities of the default set may be added. */
export function* baselineCapabilities({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) {
    for (const what of container.securityContext?.capabilities?.add ?? []) {
      if (!BASELINE_CAPABILITIES.has(what)) yield { container: container.name, what };
    }
  }
}

/** All capabilities must be dropped; only NET_BIND_SERVICE may come back. */
export function* restrictedCapabilities({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) {
    const { add, drop } = container.securityContext?.capabilities ?? {};
    if (!drop?.includes('ALL')) yield { container: container.name };
    for (const what of add ?? []) if (what !== 'NET_BIND_SERVICE') yield { container: container.name, what };
  }
}

/** allowPrivilegeEscalation must be false; unset means true. */
export function* privilegeEscalation({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) {
    if (container.securityContext?.allowPrivilegeEscalation !== false) yield { container: container.name };
  }
}

/** Container or pod must say runAsNonRoot: true, the container's word counts first; and none may say false where it counts, nor the pod. */
export function* runAsNonRoot({ spec }: JudgedPod): Iterable<Offence> {
  const ofPod = spec.securityContext?.runAsNonRoot;
  if (ofPod === false) yield {};
  for (const { container } of containersOf(spec)) {
    if ((container.securityContext?.runAsNonRoot ?? ofPod) !== true) yield { container: container.name };
  }
}

/** Neither the pod nor a container may ask for user 0. */
export function* runAsUser({ spec }: JudgedPod): Iterable<Offence> {
  if (spec.securityContext?.runAsUser === 0) yield {};
  for (const { container } of containersOf(spec)) if (container.securityContext?.runAsUser === 0) yield { container: container.name };
}
