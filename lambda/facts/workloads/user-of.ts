import type { V1PodSpec } from '@kubernetes/client-node';
import type { Offence } from '../pod-security/rule.ts';
import { containersOf } from './containers-of.ts';
import { isWindows } from './operating-system.ts';

/**
 * Linux containers that may run as root of the node: user 0 asked for, or nothing said and so left to the image. A container's own
 * word counts before the pod's. In a user namespace of its own (`hostUsers: false`) root is nobody on the node.
 */
export function* rootUsers(spec: V1PodSpec): Iterable<Offence> {
  if (isWindows(spec) || spec.hostUsers === false) return;
  const ofPod = spec.securityContext;
  for (const { container } of containersOf(spec)) {
    const own = container.securityContext;
    const user = own?.runAsUser ?? ofPod?.runAsUser;
    if (user === 0) yield { container: container.name, what: 'user 0' };
    else if (user === undefined && (own?.runAsNonRoot ?? ofPod?.runAsNonRoot) !== true) yield { container: container.name };
  }
}

/** Names are not case-sensitive on Windows; SYSTEM is more than an administrator. */
const ADMINISTRATORS: ReadonlySet<string> = new Set(['containeradministrator', 'nt authority\\system', 'user manager\\containeradministrator']);

/** Windows containers that run as ContainerAdministrator: because they say so, or because they say nothing, which is what most base images then do. */
export function* windowsAdministrators(spec: V1PodSpec): Iterable<Offence> {
  if (!isWindows(spec)) return;
  const ofPod = spec.securityContext?.windowsOptions;
  for (const { container } of containersOf(spec)) {
    const own = container.securityContext?.windowsOptions;
    if (own?.hostProcess ?? ofPod?.hostProcess) continue;
    const user = own?.runAsUserName ?? ofPod?.runAsUserName;
    if (user === undefined || user === '') yield { container: container.name };
    else if (ADMINISTRATORS.has(user.toLowerCase())) yield { container: container.name, what: user };
  }
}
