import type { RegisteredFact } from './define-fact.ts';
import type { Facts } from './facts.ts';
import { apiEndpoint } from './endpoint/api-endpoint.ts';
import { controlPlaneGroups } from './endpoint/control-plane-groups.ts';
import { danglingReferences } from './rbac/dangling-references.ts';
import { rbacGrants } from './rbac/rbac-grants.ts';
import { widenedRoles } from './rbac/widened-roles.ts';
import { workloads } from './workloads/workloads.ts';

/** Every fact's definition, by name. */
export const FACTS: { readonly [K in keyof Facts]: RegisteredFact<K> } = {
  apiEndpoint,
  controlPlaneGroups,
  danglingReferences,
  rbacGrants,
  widenedRoles,
  workloads,
};
