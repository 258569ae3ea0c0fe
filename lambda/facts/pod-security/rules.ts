import { hostNamespaces, hostPathVolumes, hostPorts, hostProbes, restrictedVolumes, windowsHostProcess } from './host-rules.ts';
import {
  SELINUX_TYPES,
  SELINUX_TYPES_1_31,
  SYSCTLS,
  SYSCTLS_1_27,
  SYSCTLS_1_29,
  SYSCTLS_1_32,
  SYSCTLS_1_37,
  appArmorProfile,
  procMount,
  seLinuxOptions,
  seccompProfile,
  seccompProfileSet,
  sysctls,
} from './kernel-rules.ts';
import { baselineCapabilities, privilegeEscalation, privileged, restrictedCapabilities, runAsNonRoot, runAsUser } from './privilege-rules.ts';
import { exceptUserNamespace, exceptWindows, type Judge, type PodSecurityLevel, type PodSecurityRule } from './rule.ts';

function rule(level: PodSecurityLevel, id: string, since: Readonly<Record<number, Judge>>, overrides?: string): PodSecurityRule {
  const versions = Object.entries(since).map(([minor, judge]) => ({ minor: Number(minor), judge }));
  return { id, level, since: versions.sort((a, b) => a.minor - b.minor), ...(overrides === undefined ? {} : { overrides }) };
}

/**
 * The Pod Security Standards as k8s.io/pod-security-admission v0.37 judges them, each level sorted by id. Rules before 1.19 that the
 * API no longer has fields for (seccomp by annotation) are not told apart.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const POD_SECURITY_RULES: readonly PodSecurityRule[] = [
  rule('baseline', 'appArmorProfile', { 0: appArmorProfile }),
  rule('baseline', 'capabilities_baseline', { 0: baselineCapabilities }),
  rule('baseline', 'hostNamespaces', { 0: hostNamespaces }),
  rule('baseline', 'hostPathVolumes', { 0: hostPathVolumes }),
  rule('baseline', 'hostPorts', { 0: hostPorts }),
  rule('baseline', 'hostProbesAndHostLifecycle', { 34: hostProbes }),
  rule('baseline', 'privileged', { 0: privileged }),
  rule('baseline', 'procMount', { 0: procMount, 35: exceptUserNamespace(procMount) }),
  rule('baseline', 'seLinuxOptions', { 0: seLinuxOptions(SELINUX_TYPES), 31: seLinuxOptions(SELINUX_TYPES_1_31) }),
  rule('baseline', 'seccompProfile_baseline', { 19: seccompProfile }),
  rule('baseline', 'sysctls', {
    0: sysctls(SYSCTLS),
    27: sysctls(SYSCTLS_1_27),
    29: sysctls(SYSCTLS_1_29),
    32: sysctls(SYSCTLS_1_32),
    37: sysctls(SYSCTLS_1_37),
  }),
  rule('baseline', 'windowsHostProcess', { 0: windowsHostProcess }),
  rule('restricted', 'allowPrivilegeEscalation', { 8: privilegeEscalation, 25: exceptWindows(privilegeEscalation) }),
  rule('restricted', 'capabilities_restricted', { 22: restrictedCapabilities, 25: exceptWindows(restrictedCapabilities) }, 'capabilities_baseline'),
  rule('restricted', 'procMount_restricted', { 35: procMount }, 'procMount'),
  rule('restricted', 'restrictedVolumes', { 0: restrictedVolumes }, 'hostPathVolumes'),
  rule('restricted', 'runAsNonRoot', { 0: runAsNonRoot, 35: exceptUserNamespace(runAsNonRoot) }),
  rule('restricted', 'runAsUser', { 23: runAsUser, 35: exceptUserNamespace(runAsUser) }),
  rule('restricted', 'seccompProfile_restricted', { 19: seccompProfileSet, 25: exceptWindows(seccompProfileSet) }, 'seccompProfile_baseline'),
];
