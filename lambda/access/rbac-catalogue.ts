import type { Power } from '../facts/rbac/powers.ts';

/** A row of the catalogue of dangerous rights, and where the product says that somebody holds it. */
export interface CatalogueRow {
  /** `R14`: permanent. */
  readonly id: string;
  /** The right, as roles write it. */
  readonly right: string;
  /** Powers that it is derived as, the strongest first. Severities and what they contain stand with the powers. */
  readonly powers: readonly Power[];
  /** Checks that say so, those of all powers first, in their order; empty: it is shown as evidence of others alone. */
  readonly checks: readonly string[];
  /** What limits it: versions, platforms, what it is only a part of. */
  readonly note?: string;
}

function row(id: string, right: string, powers: readonly Power[], checks: readonly string[], note?: string): CatalogueRow {
  return { id, right, powers, checks, ...(note === undefined ? {} : { note }) };
}

/** Every row, by number. R47 is not given. */
export const RBAC_CATALOGUE: readonly CatalogueRow[] = [
  row('R01', 'every verb on every resource', ['cluster-admin', 'namespace-admin'], ['cluster-admin-binding']),
  row('R02', 'the group system:masters', [], ['system-masters-binding', 'impersonation', 'aws-auth-writable', 'csr-approval'], 'no right of RBAC: what leads into the group is found'),
  row('R03', 'escalate on roles with a write of them', ['rbac-escalation'], ['rbac-escalation']),
  row('R04', 'bind on roles with a write of bindings', ['rbac-escalation'], ['rbac-escalation', 'named-role-bind'], 'bind on a named role gives what that role gives, as grave as that is, and is a step of an escalation'),
  row('R05', 'a write of bindings without bind', ['rbac-write'], ['rbac-write'], 'evidence where anything stronger is held: only rights that the writer holds pass on'),
  row('R06', 'a write of roles without escalate', ['rbac-write'], ['rbac-write'], 'evidence where anything stronger is held'),
  row('R07', 'a ClusterRole whose label flows into view, edit or admin', [], ['aggregated-role-widened'], 'the holders of these are said by the check of the power; who may write such ClusterRoles by R03 and R06'),
  row('R08', 'impersonate on users', ['impersonation'], ['impersonation']),
  row('R09', 'impersonate on groups, with a user or account', ['impersonation'], ['impersonation'], 'of system:masters'),
  row('R10', 'impersonate on serviceaccounts', ['service-account-impersonation'], ['impersonation'], 'it gives no token of the account, and so none of its IAM roles'),
  row('R11', 'impersonate on userextras and uids', [], [], 'matters beside R08 to R10 only'),
  row('R12', 'impersonate:<mode> with impersonate-on:<mode>:<verb>', ['constrained-impersonation'], ['constrained-impersonation'], 'whom and what may stand in two namespaces; what users, groups and accounts lend is a step of an escalation, what nodes lend is not; not applicable before Kubernetes 1.36, where it is off'),
  row('R13', 'create on serviceaccounts/token', ['service-account-token-create'], ['service-account-token-create'], 'and with them the IAM roles whose trust policies let the account in: a way'),
  row('R14', 'get, list or watch on secrets', ['secrets-all', 'secrets-read'], ['wildcard-permissions', 'secrets-read'], 'and accounts whose tokens that never expire lie there: a way'),
  row('R15', 'create on secrets with reading them', ['service-account-token-by-secret', 'secrets-write'], ['service-account-token-create', 'secrets-write'], 'with the creation of pods: R17'),
  row('R16', 'update or patch on secrets', ['secrets-write'], ['secrets-write']),
  row('R17', 'create on pods', ['pods-all', 'pod-create'], ['wildcard-permissions', 'pod-create'], 'and IAM roles of accounts, Pod Identity too: a way'),
  row('R18', 'a write of controllers of pods, custom ones included', ['pod-create'], ['pod-create']),
  row('R19', 'update or patch on pods', ['pod-modify'], ['pod-modify']),
  row('R20', 'update or patch on pods/ephemeralcontainers', ['pod-exec'], ['pod-exec']),
  row('R21', 'create (or get) on pods/exec and pods/attach', ['pod-exec', 'pod-exec-by-get'], ['pod-exec'], 'get before Kubernetes 1.35'),
  row('R22', 'create (or get) on pods/portforward; pods/proxy, services/proxy', ['pod-network-proxy', 'pod-port-forward-by-get'], ['pod-network-proxy'], 'get on pods/portforward before Kubernetes 1.35'),
  row('R23', 'get or create on nodes/proxy', ['nodes-proxy'], ['nodes-proxy']),
  row('R24', 'get on nodes/log, stats, metrics, pods', ['kubelet-read'], ['cluster-internals-read']),
  row('R25', 'update or patch on nodes or their status', ['node-modify'], ['node-modify']),
  row('R26', 'delete on pods or nodes, create on pods/eviction', ['pod-removal', 'node-removal'], ['pod-disruption']),
  row('R27', 'create on pods/binding or bindings', ['pod-binding'], ['pod-disruption']),
  row('R28', 'update or patch on pods/status', ['pod-status-write'], ['pod-disruption']),
  row('R29', 'approval of signing requests for client certificates', ['csr-approval'], ['csr-approval'], 'medium: EKS does not sign them'),
  row('R30', 'status of signing requests with sign', ['csr-signing'], ['certificate-signing']),
  row('R31', 'status of pod certificate requests with sign', ['pod-certificate-signing'], ['pod-certificate-signing'], 'not applicable before Kubernetes 1.35'),
  row('R32', 'a write of cluster trust bundles', ['trust-bundle-write'], ['certificate-signing']),
  row('R33', 'a write of mutating webhooks and policies', ['mutating-admission-write'], ['admission-control-write']),
  row('R34', 'a write or deletion of validating webhooks and policies', ['validating-admission-write'], ['admission-control-write']),
  row('R35', 'a write of apiservices', ['api-service-write'], ['admission-control-write']),
  row('R36', 'a write of customresourcedefinitions', ['custom-resource-definition-write'], ['admission-control-write'], 'their deletion: R52'),
  row('R37', 'create on persistentvolumes', ['persistent-volume-create'], ['persistent-volume-create']),
  row('R38', 'a write of storage classes, drivers, attachments, snapshot contents', ['storage-write'], ['storage-object-write']),
  row('R39', 'update or patch on namespaces', ['namespace-modify'], ['namespace-modify'], 'of the namespace itself by a RoleBinding in it'),
  row('R40', 'a write of services (externalIPs) or their status', ['service-address-write'], ['service-traffic-write']),
  row('R41', 'a write of endpoints or endpointslices', ['endpoints-write'], ['service-traffic-write']),
  row('R42', 'a write of network policies, ingresses, routes of gateways', ['network-policy-write', 'route-write'], ['network-policy-write', 'service-traffic-write']),
  row('R43', 'update or patch on ConfigMaps that configure the cluster', ['aws-auth-update', 'aws-auth-create', 'system-config-write'], ['aws-auth-writable', 'system-configmap-write'], 'aws-auth not applicable where the mode is API'),
  row('R44', 'a write of serviceaccounts', ['service-account-write'], ['service-account-write']),
  row('R45', 'update or patch on leases of kube-system and kube-node-lease', ['lease-write'], ['availability-controls-write']),
  row('R46', 'allocation of devices, their classes and slices, admin access', ['device-allocation-write', 'device-admin-access'], ['device-allocation-write'], 'admin access only in namespaces with its label'),
  row('R48', 'delete on events', ['event-deletion'], ['event-deletion']),
  row('R49', 'a write of priorities, runtime classes, quotas, limits, budgets', ['limits-write'], ['availability-controls-write']),
  row('R50', 'a write of flow schemas and priority levels', ['flow-control-write'], ['availability-controls-write']),
  row('R51', 'a read or write of every resource', ['edit-all', 'write-all', 'read-all'], ['wildcard-permissions']),
  row('R52', 'delete on everything, on namespaces, on customresourcedefinitions', ['delete-all', 'mass-deletion'], ['wildcard-permissions', 'mass-deletion'], 'of the namespace itself, by its name too, by a RoleBinding in it'),
  row('R53', 'get on /metrics, /debug, /logs', ['internals-read'], ['cluster-internals-read']),
  row(
    'R54',
    'a write of objects of policy engines, GitOps, cloud and secret controllers',
    ['policy-engine-write', 'delivery-write', 'cloud-object-write', 'secret-source-write'],
    ['controller-steering'],
  ),
  row('R55', 'any of these by system:authenticated, all ServiceAccounts, or default', [], ['authenticated-access', 'default-service-account-permissions'], 'one severity up'),
  row('R56', 'anything by strangers', [], ['anonymous-access'], 'low on EKS since Kubernetes 1.32, which answers them 401'),
];

/** Powers that put rows together: the edit role is R14 to R18 of a scope at once. */
export const COMBINED_POWERS: readonly CatalogueRow[] = [row('R14 to R18', 'what the edit and admin roles come to', ['namespace-edit'], ['cluster-admin-binding'])];
