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

/** Every check, sorted by id. Adding one is its file, its cases and one line here. */
export const CHECKS: readonly Check[] = [
  apiEndpointCidrBroad,
  apiEndpointOpenToInternet,
  apiEndpointPrivateAccessOff,
  apiEndpointPublic,
  apiServerSecurityGroupOpen,
  apiServiceUnverifiedBackend,
  clusterDeletionProtectionOff,
  controlPlaneAuditLogOff,
  controlPlaneSubnetPublic,
  identityProviderUnprefixed,
  legacyAuthenticationMode,
  secretsCustomerKeyMissing,
];
