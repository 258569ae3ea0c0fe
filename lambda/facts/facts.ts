import type { ApiEndpoint } from './endpoint/api-endpoint.ts';
import type { ControlPlaneGroups } from './endpoint/control-plane-groups.ts';
import type { DanglingReferences } from './rbac/dangling-references.ts';
import type { RbacGrants } from './rbac/right.ts';
import type { WidenedRole } from './rbac/widened-roles.ts';
import type { Workload } from './workloads/workload.ts';

/** Every fact by name. A fact has one line here, one in `registry.ts`, and a file that derives it. */
export interface Facts {
  /** Who can reach the API server, by the cluster's own settings. */
  readonly apiEndpoint: ApiEndpoint;
  /** What the security groups of the control plane admit from everywhere. */
  readonly controlPlaneGroups: ControlPlaneGroups;
  /** Bindings to roles, and of accounts, that do not exist. */
  readonly danglingReferences: DanglingReferences;
  /** Who holds which power, directly by bindings. */
  readonly rbacGrants: RbacGrants;
  /** ClusterRoles that add powers to view, edit or admin. */
  readonly widenedRoles: readonly WidenedRole[];
  /** All workloads, sorted by namespace, kind, name. */
  readonly workloads: readonly Workload[];
}
