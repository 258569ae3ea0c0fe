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
import { accessEntryOrphaned } from './identity/access-entry-orphaned.ts';
import { accessPolicyPrivileged } from './identity/access-policy-privileged.ts';
import { accessPolicyUnknown } from './identity/access-policy-unknown.ts';
import { awsAuthAccountMapping } from './identity/aws-auth-account-mapping.ts';
import { awsAuthMalformed } from './identity/aws-auth-malformed.ts';
import { awsAuthSystemMasters } from './identity/aws-auth-system-masters.ts';
import { clusterCreatorAdmin } from './identity/cluster-creator-admin.ts';
import { controllerOnNodeRole } from './identity/controller-on-node-role.ts';
import { defaultServiceAccountRole } from './identity/default-service-account-role.ts';
import { foreignAccountPrincipal } from './identity/foreign-account-principal.ts';
import { iamUserPrincipal } from './identity/iam-user-principal.ts';
import { legacyServiceAccountToken } from './identity/legacy-service-account-token.ts';
import { mappedPrincipalAdmin } from './identity/mapped-principal-admin.ts';
import { nodeAccessEntryUnused } from './identity/node-access-entry-unused.ts';
import { nodeNameSpoofing } from './identity/node-name-spoofing.ts';
import { nodeRoleExtraRights } from './identity/node-role-extra-rights.ts';
import { serviceAccountAwaited } from './identity/service-account-awaited.ts';
import { serviceAccountRoleOpen } from './identity/service-account-role-open.ts';
import { serviceAccountRoleUnusable } from './identity/service-account-role-unusable.ts';
import { serviceAccountShared } from './identity/service-account-shared.ts';
import { sessionTagsOff } from './identity/session-tags-off.ts';
import { vpcCniOnNodeRole } from './identity/vpc-cni-on-node-role.ts';
import { workloadRolePrivileged } from './identity/workload-role-privileged.ts';
import { workloadRoleShared } from './identity/workload-role-shared.ts';
import { apiServerReachable } from './network/api-server-reachable.ts';
import { baselinePolicyBypassed } from './network/baseline-policy-bypassed.ts';
import { clusterPolicyOrderDependent } from './network/cluster-policy-order-dependent.ts';
import { clusterPolicyOverridesNetworkPolicy } from './network/cluster-policy-overrides-network-policy.ts';
import { clusterPolicyRuleShadowed } from './network/cluster-policy-rule-shadowed.ts';
import { crossNamespaceOpen } from './network/cross-namespace-open.ts';
import { defaultDenyEgressMissing } from './network/default-deny-egress-missing.ts';
import { defaultDenyIngressMissing } from './network/default-deny-ingress-missing.ts';
import { dnsEgressMissing } from './network/dns-egress-missing.ts';
import { dnsEgressUnscoped } from './network/dns-egress-unscoped.ts';
import { domainRuleInert } from './network/domain-rule-inert.ts';
import { exposedDashboard } from './network/exposed-dashboard.ts';
import { extraInterfaceBypassesPolicy } from './network/extra-interface-bypasses-policy.ts';
import { hostNetworkBypassesPolicy } from './network/host-network-bypasses-policy.ts';
import { instanceMetadataReachable } from './network/instance-metadata-reachable.ts';
import { internetExposedService } from './network/internet-exposed-service.ts';
import { internetToSensitivePath } from './network/internet-to-sensitive-path.ts';
import { networkPolicyAccidentalOr } from './network/network-policy-accidental-or.ts';
import { networkPolicyAdmitsNodes } from './network/network-policy-admits-nodes.ts';
import { networkPolicyAllowsAllEgress } from './network/network-policy-allows-all-egress.ts';
import { networkPolicyAllowsAllIngress } from './network/network-policy-allows-all-ingress.ts';
import { networkPolicyAllowsAnyNamespace } from './network/network-policy-allows-any-namespace.ts';
import { networkPolicyAllowsAnyPort } from './network/network-policy-allows-any-port.ts';
import { networkPolicyBlockCoversNodes } from './network/network-policy-block-covers-nodes.ts';
import { networkPolicyEngineAbsent } from './network/network-policy-engine-absent.ts';
import { networkPolicyEngineConflict } from './network/network-policy-engine-conflict.ts';
import { networkPolicyEngineHalfEnabled } from './network/network-policy-engine-half-enabled.ts';
import { networkPolicyExceptionLeak } from './network/network-policy-exception-leak.ts';
import { networkPolicyNamedPortUnresolved } from './network/network-policy-named-port-unresolved.ts';
import { networkPolicyNotEnforced } from './network/network-policy-not-enforced.ts';
import { networkPolicyOpenToInternet } from './network/network-policy-open-to-internet.ts';
import { networkPolicyPeerMatchesNothing } from './network/network-policy-peer-matches-nothing.ts';
import { networkPolicyPortLimitExceeded } from './network/network-policy-port-limit-exceeded.ts';
import { networkPolicyRedundant } from './network/network-policy-redundant.ts';
import { networkPolicyRulesIgnored } from './network/network-policy-rules-ignored.ts';
import { networkPolicySelectsNothing } from './network/network-policy-selects-nothing.ts';
import { networkPolicyStandardMode } from './network/network-policy-standard-mode.ts';
import { networkPolicyUnenforcedNodes } from './network/network-policy-unenforced-nodes.ts';
import { policyAgentNotReady } from './network/policy-agent-not-ready.ts';
import { policyEndpointBehind } from './network/policy-endpoint-behind.ts';
import { securityGroupPodBypassesPolicy } from './network/security-group-pod-bypasses-policy.ts';
import { serviceAddressesInEgressBlock } from './network/service-addresses-in-egress-block.ts';
import { serviceExternalIps } from './network/service-external-ips.ts';
import { standalonePodSharesPolicy } from './network/standalone-pod-shares-policy.ts';
import { admissionControlWrite } from './rbac/admission-control-write.ts';
import { aggregatedRoleWidened } from './rbac/aggregated-role-widened.ts';
import { anonymousAccess } from './rbac/anonymous-access.ts';
import { authenticatedAccess } from './rbac/authenticated-access.ts';
import { availabilityControlsWrite } from './rbac/availability-controls-write.ts';
import { awsAuthWritable } from './rbac/aws-auth-writable.ts';
import { certificateSigning } from './rbac/certificate-signing.ts';
import { clusterAdminBinding } from './rbac/cluster-admin-binding.ts';
import { clusterInternalsRead } from './rbac/cluster-internals-read.ts';
import { constrainedImpersonation } from './rbac/constrained-impersonation.ts';
import { controllerSteering } from './rbac/controller-steering.ts';
import { csrApproval } from './rbac/csr-approval.ts';
import { danglingRoleReference } from './rbac/dangling-role-reference.ts';
import { danglingSubject } from './rbac/dangling-subject.ts';
import { defaultRoleAltered } from './rbac/default-role-altered.ts';
import { defaultServiceAccountPermissions } from './rbac/default-service-account-permissions.ts';
import { defaultSubjectClaimed } from './rbac/default-subject-claimed.ts';
import { deviceAllocationWrite } from './rbac/device-allocation-write.ts';
import { eventDeletion } from './rbac/event-deletion.ts';
import { impersonation } from './rbac/impersonation.ts';
import { massDeletion } from './rbac/mass-deletion.ts';
import { namedRoleBind } from './rbac/named-role-bind.ts';
import { namespaceModify } from './rbac/namespace-modify.ts';
import { networkPolicyWrite } from './rbac/network-policy-write.ts';
import { nodeModify } from './rbac/node-modify.ts';
import { nodesProxy } from './rbac/nodes-proxy.ts';
import { persistentVolumeCreate } from './rbac/persistent-volume-create.ts';
import { podCertificateSigning } from './rbac/pod-certificate-signing.ts';
import { podCreate } from './rbac/pod-create.ts';
import { podDisruption } from './rbac/pod-disruption.ts';
import { podExec } from './rbac/pod-exec.ts';
import { podModify } from './rbac/pod-modify.ts';
import { podNetworkProxy } from './rbac/pod-network-proxy.ts';
import { privilegeEscalationPath } from './rbac/privilege-escalation-path.ts';
import { rbacEscalation } from './rbac/rbac-escalation.ts';
import { rbacWrite } from './rbac/rbac-write.ts';
import { secretsRead } from './rbac/secrets-read.ts';
import { secretsWrite } from './rbac/secrets-write.ts';
import { serviceAccountTokenCreate } from './rbac/service-account-token-create.ts';
import { serviceAccountWrite } from './rbac/service-account-write.ts';
import { serviceTrafficWrite } from './rbac/service-traffic-write.ts';
import { storageObjectWrite } from './rbac/storage-object-write.ts';
import { systemConfigmapWrite } from './rbac/system-configmap-write.ts';
import { systemMastersBinding } from './rbac/system-masters-binding.ts';
import { systemNameMasquerade } from './rbac/system-name-masquerade.ts';
import { unusedAccountRights } from './rbac/unused-account-rights.ts';
import { wildcardPermissions } from './rbac/wildcard-permissions.ts';
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
  accessEntryOrphaned,
  accessPolicyPrivileged,
  accessPolicyUnknown,
  admissionControlWrite,
  aggregatedRoleWidened,
  anonymousAccess,
  apiEndpointCidrBroad,
  apiEndpointOpenToInternet,
  apiEndpointPrivateAccessOff,
  apiEndpointPublic,
  apiServerReachable,
  apiServerSecurityGroupOpen,
  apiServiceUnverifiedBackend,
  authenticatedAccess,
  availabilityControlsWrite,
  awsAuthAccountMapping,
  awsAuthMalformed,
  awsAuthSystemMasters,
  awsAuthWritable,
  baselinePolicyBypassed,
  certificateSigning,
  clusterAdminBinding,
  clusterCreatorAdmin,
  clusterDeletionProtectionOff,
  clusterInternalsRead,
  clusterPolicyOrderDependent,
  clusterPolicyOverridesNetworkPolicy,
  clusterPolicyRuleShadowed,
  constrainedImpersonation,
  containerRuntimeSocketMounted,
  controlPlaneAuditLogOff,
  controlPlaneSubnetPublic,
  controllerOnNodeRole,
  controllerSteering,
  crossNamespaceOpen,
  csrApproval,
  dangerousCapabilities,
  danglingRoleReference,
  danglingSubject,
  defaultDenyEgressMissing,
  defaultDenyIngressMissing,
  defaultRoleAltered,
  defaultServiceAccountPermissions,
  defaultServiceAccountRole,
  defaultSubjectClaimed,
  deviceAllocationWrite,
  dnsEgressMissing,
  dnsEgressUnscoped,
  domainRuleInert,
  eventDeletion,
  exposedDashboard,
  extraInterfaceBypassesPolicy,
  foreignAccountPrincipal,
  hostIpcNamespace,
  hostNetwork,
  hostNetworkBypassesPolicy,
  hostPathVolume,
  hostPidNamespace,
  hostPort,
  iamUserPrincipal,
  identityProviderUnprefixed,
  impersonation,
  instanceMetadataReachable,
  internetExposedService,
  internetToSensitivePath,
  legacyAuthenticationMode,
  legacyServiceAccountToken,
  mappedPrincipalAdmin,
  massDeletion,
  namedRoleBind,
  namespaceModify,
  networkPolicyAccidentalOr,
  networkPolicyAdmitsNodes,
  networkPolicyAllowsAllEgress,
  networkPolicyAllowsAllIngress,
  networkPolicyAllowsAnyNamespace,
  networkPolicyAllowsAnyPort,
  networkPolicyBlockCoversNodes,
  networkPolicyEngineAbsent,
  networkPolicyEngineConflict,
  networkPolicyEngineHalfEnabled,
  networkPolicyExceptionLeak,
  networkPolicyNamedPortUnresolved,
  networkPolicyNotEnforced,
  networkPolicyOpenToInternet,
  networkPolicyPeerMatchesNothing,
  networkPolicyPortLimitExceeded,
  networkPolicyRedundant,
  networkPolicyRulesIgnored,
  networkPolicySelectsNothing,
  networkPolicyStandardMode,
  networkPolicyUnenforcedNodes,
  networkPolicyWrite,
  nodeAccessEntryUnused,
  nodeModify,
  nodeNameSpoofing,
  nodeRoleExtraRights,
  nodesProxy,
  persistentVolumeCreate,
  podCertificateSigning,
  podCreate,
  podDisruption,
  podExec,
  podModify,
  podNetworkProxy,
  policyAgentNotReady,
  policyEndpointBehind,
  privilegeEscalationAllowed,
  privilegeEscalationPath,
  privilegedContainer,
  rbacEscalation,
  rbacWrite,
  rootUser,
  seccompUnconfined,
  secretsCustomerKeyMissing,
  secretsRead,
  secretsWrite,
  securityGroupPodBypassesPolicy,
  serviceAccountAwaited,
  serviceAccountRoleOpen,
  serviceAccountRoleUnusable,
  serviceAccountShared,
  serviceAccountTokenCreate,
  serviceAccountWrite,
  serviceAddressesInEgressBlock,
  serviceExternalIps,
  serviceTrafficWrite,
  sessionTagsOff,
  sharedProcessNamespace,
  standalonePodSharesPolicy,
  storageObjectWrite,
  systemConfigmapWrite,
  systemMastersBinding,
  systemNameMasquerade,
  unsafeProcMount,
  unsafeSysctls,
  unusedAccountRights,
  vpcCniOnNodeRole,
  wildcardPermissions,
  windowsContainerAdministrator,
  windowsHostProcess,
  workloadRolePrivileged,
  workloadRoleShared,
];
