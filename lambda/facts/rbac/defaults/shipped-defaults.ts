/** RBAC objects that come with Kubernetes, EKS or an add-on, as the generated files hold them. */
export interface ShippedDefaults {
  /** `ClusterRole name` or `Role namespace/name`, and its rules as `verbs;groups;resources;names;urls`, or null where nobody publishes them. */
  readonly roles: readonly (readonly [role: string, rules: readonly string[] | null])[];
  /** `ClusterRoleBinding name` or `RoleBinding namespace/name`, its role, and its subjects as `User name`, `Group name`, `ServiceAccount namespace/name`. */
  readonly bindings: readonly (readonly [binding: string, role: string, subjects: readonly string[]])[];
}
