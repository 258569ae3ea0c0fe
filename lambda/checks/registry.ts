import type { Check } from './define-check.ts';
import { apiEndpointCidrBroad } from './api-server/api-endpoint-cidr-broad.ts';
import { apiEndpointOpenToInternet } from './api-server/api-endpoint-open-to-internet.ts';
import { apiEndpointPrivateAccessOff } from './api-server/api-endpoint-private-access-off.ts';
import { apiEndpointPublic } from './api-server/api-endpoint-public.ts';
import { apiServerSecurityGroupOpen } from './api-server/api-server-security-group-open.ts';
import { apiServiceUnverifiedBackend } from './api-server/api-service-unverified-backend.ts';
import { clusterDeletionProtectionOff } from './api-server/cluster-deletion-protection-off.ts';
import { controlPlaneAuditLogOff } from './api-server/control-plane-audit-log-off.ts';
import { controlPlaneSubnetPublic } from './api-server/control-plane-subnet-public.ts';
import { identityProviderUnprefixed } from './api-server/identity-provider-unprefixed.ts';
import { legacyAuthenticationMode } from './api-server/legacy-authentication-mode.ts';
import { secretsCustomerKeyMissing } from './api-server/secrets-customer-key-missing.ts';
import { containerRuntimeSocketMounted } from './workload/container-runtime-socket-mounted.ts';
import { dangerousCapabilities } from './workload/dangerous-capabilities.ts';
import { hostIpcNamespace } from './workload/host-ipc-namespace.ts';
import { hostNetwork } from './workload/host-network.ts';
import { hostPathVolume } from './workload/host-path-volume.ts';
import { hostPidNamespace } from './workload/host-pid-namespace.ts';
import { hostPort } from './workload/host-port.ts';
import { privilegeEscalationAllowed } from './workload/privilege-escalation-allowed.ts';
import { privilegedContainer } from './workload/privileged-container.ts';
import { rootUser } from './workload/root-user.ts';
import { seccompUnconfined } from './workload/seccomp-unconfined.ts';
import { sharedProcessNamespace } from './workload/shared-process-namespace.ts';
import { unsafeProcMount } from './workload/unsafe-proc-mount.ts';
import { unsafeSysctls } from './workload/unsafe-sysctls.ts';
import { windowsContainerAdministrator } from './workload/windows-container-administrator.ts';
import { windowsHostProcess } from './workload/windows-host-process.ts';

/** Every check, sorted by id. Adding one is its file, its cases and one line here. */
export const CHECKS: readonly Check[] = [
  apiEndpointCidrBroad,
  apiEndpointOpenToInternet,
  apiEndpointPrivateAccessOff,
  apiEndpointPublic,
  apiServerSecurityGroupOpen,
  apiServiceUnverifiedBackend,
  clusterDeletionProtectionOff,
  containerRuntimeSocketMounted,
  controlPlaneAuditLogOff,
  controlPlaneSubnetPublic,
  dangerousCapabilities,
  hostIpcNamespace,
  hostNetwork,
  hostPathVolume,
  hostPidNamespace,
  hostPort,
  identityProviderUnprefixed,
  legacyAuthenticationMode,
  privilegeEscalationAllowed,
  privilegedContainer,
  rootUser,
  seccompUnconfined,
  secretsCustomerKeyMissing,
  sharedProcessNamespace,
  unsafeProcMount,
  unsafeSysctls,
  windowsContainerAdministrator,
  windowsHostProcess,
];
