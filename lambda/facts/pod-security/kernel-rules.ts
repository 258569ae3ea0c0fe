import type { V1AppArmorProfile, V1SELinuxOptions } from '@kubernetes/client-node';
import { containersOf } from '../workloads/containers-of.ts';
import type { Judge, JudgedPod, Offence } from './rule.ts';

/** /proc must be masked: unset or exactly "Default". */
export function* procMount({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) {
    const what = container.securityContext?.procMount;
    if (what !== undefined && what !== null && what !== 'Default') yield { container: container.name, what };
  }
}

/** The profile that confines system calls must be the runtime's or one of the node's: neither pod nor container may set another type. */
export function* seccompProfile({ spec }: JudgedPod): Iterable<Offence> {
  const ofPod = spec.securityContext?.seccompProfile;
  if (ofPod && !isConfined(ofPod.type)) yield { what: ofPod.type };
  for (const { container } of containersOf(spec)) {
    const own = container.securityContext?.seccompProfile;
    if (own && !isConfined(own.type)) yield { container: container.name, what: own.type };
  }
}

/** As above, and every container must have such a profile, its own or the pod's. */
export function* seccompProfileSet(pod: JudgedPod): Iterable<Offence> {
  yield* seccompProfile(pod);
  const ofPod = pod.spec.securityContext?.seccompProfile;
  if (ofPod && isConfined(ofPod.type)) return;
  for (const { container } of containersOf(pod.spec)) if (!container.securityContext?.seccompProfile) yield { container: container.name };
}

function isConfined(type: string): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** AppArmor must not be switched off, by field or by the older annotation. */
export function* appArmorProfile({ metadata, spec }: JudgedPod): Iterable<Offence> {
  for (const [key, value] of Object.entries(metadata?.annotations ?? {})) {
    if (!key.startsWith(APP_ARMOR_ANNOTATION)) continue;
    if (value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/')) {
      yield { container: key.slice(APP_ARMOR_ANNOTATION.length), what: value };
    }
  }
  const refused = (profile: V1AppArmorProfile | null | undefined): profile is V1AppArmorProfile => Boolean(profile) && !isConfined(profile!.type);
  const ofPod = spec.securityContext?.appArmorProfile;
  if (refused(ofPod)) yield { what: ofPod.type };
  for (const { container } of containersOf(spec)) {
    const own = container.securityContext?.appArmorProfile;
    if (refused(own)) yield { container: container.name, what: own.type };
  }
}

/** SELinux: no own user or role, and only a container's type. */
export function seLinuxOptions(types: readonly string[]): Judge {
  const refused = (options: V1SELinuxOptions | null | undefined): boolean =>
    Boolean(options) && (Boolean(options!.user) || Boolean(options!.role) || (Boolean(options!.type) && !types.includes(options!.type!)));
  return function* ({ spec }) {
    if (refused(spec.securityContext?.seLinuxOptions)) yield {};
    for (const { container } of containersOf(spec)) {
      if (refused(container.securityContext?.seLinuxOptions)) yield { container: container.name };
    }
  };
}

export const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t'] as const;
export const SELINUX_TYPES_1_31 = [...SELINUX_TYPES, 'container_engine_t'] as const;

/** Only kernel parameters that belong to the pod's own namespaces. Names are compared as written. */
export function sysctls(safe: readonly string[]): Judge {
  return function* ({ spec }) {
    for (const { name } of spec.securityContext?.sysctls ?? []) if (!safe.includes(name)) yield { what: name };
  };
}

export const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
] as const;
export const SYSCTLS_1_27 = [...SYSCTLS, 'net.ipv4.ip_local_reserved_ports'] as const;
export const SYSCTLS_1_29 = [
  ...SYSCTLS_1_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
] as const;
export const SYSCTLS_1_32 = [...SYSCTLS_1_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] as const;
export const SYSCTLS_1_37 = [...SYSCTLS_1_32, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'] as const;
