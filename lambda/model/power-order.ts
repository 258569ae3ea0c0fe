/**
 * The powers of the catalogue, each with those that it contains: a fixed partial order, of which this names what is directly below. Whoever holds the
 * stronger in a scope can do there what the weaker says, so that only the strongest is a finding. Names stand in the keys of findings and are
 * permanent. Full control contains all.
 */
export const POWER_ORDER = {
  'cluster-admin': [],
  'namespace-admin': [],
  'edit-all': ['read-all', 'write-all', 'delete-all', 'namespace-edit'],
  'write-all': [
    'secrets-write',
    'pod-create',
    'pod-exec',
    'pod-network-proxy',
    'pod-removal',
    'pod-binding',
    'pod-status-write',
    'rbac-write',
    'service-account-token-create',
    'service-account-write',
    'nodes-proxy',
    'node-modify',
    'persistent-volume-create',
    'storage-write',
    'mutating-admission-write',
    'api-service-write',
    'custom-resource-definition-write',
    'trust-bundle-write',
    'namespace-modify',
    'network-policy-write',
    'service-address-write',
    'endpoints-write',
    'route-write',
    'system-config-write',
    'aws-auth-update',
    'aws-auth-create',
    'lease-write',
    'device-allocation-write',
    'device-admin-access',
    'limits-write',
    'flow-control-write',
    'policy-engine-write',
    'delivery-write',
    'cloud-object-write',
    'secret-source-write',
  ],
  'read-all': ['secrets-read', 'pod-exec-by-get', 'nodes-proxy', 'pod-network-proxy'],
  'delete-all': [
    'mass-deletion',
    'pod-removal',
    'node-removal',
    'event-deletion',
    'limits-write',
    'flow-control-write',
    'network-policy-write',
    'route-write',
    'validating-admission-write',
  ],
  'namespace-edit': [
    'secrets-all',
    'pods-all',
    'pod-exec',
    'pod-network-proxy',
    'pod-binding',
    'pod-status-write',
    'rbac-write',
    'service-account-impersonation',
    'service-account-token-create',
    'service-account-write',
    'network-policy-write',
    'service-address-write',
    'route-write',
    'system-config-write',
    'secret-source-write',
    'aws-auth-update',
    'aws-auth-create',
    'lease-write',
    'event-deletion',
    'limits-write',
  ],
  'secrets-all': ['service-account-token-by-secret'],
  'pods-all': ['pod-create', 'pod-removal'],
  'service-account-token-by-secret': ['secrets-read', 'secrets-write'],
  'secrets-read': [],
  'secrets-write': [],
  'pod-create': ['pod-modify'],
  'pod-modify': [],
  'pod-exec': ['pod-exec-by-get'],
  'pod-exec-by-get': [],
  'pod-network-proxy': ['pod-port-forward-by-get'],
  'pod-port-forward-by-get': [],
  'pod-removal': [],
  'pod-binding': [],
  'pod-status-write': [],
  'rbac-escalation': ['rbac-write'],
  'rbac-write': [],
  impersonation: ['service-account-impersonation', 'constrained-impersonation'],
  'constrained-impersonation': [],
  'service-account-impersonation': [],
  'service-account-token-create': [],
  'service-account-write': [],
  'csr-approval': [],
  'csr-signing': [],
  'pod-certificate-signing': [],
  'trust-bundle-write': [],
  'nodes-proxy': ['kubelet-read'],
  'kubelet-read': [],
  'internals-read': [],
  'node-modify': [],
  'node-removal': [],
  'persistent-volume-create': [],
  'storage-write': [],
  'mutating-admission-write': ['validating-admission-write'],
  'validating-admission-write': [],
  'api-service-write': [],
  'custom-resource-definition-write': [],
  'mass-deletion': [],
  'namespace-modify': [],
  'network-policy-write': [],
  'service-address-write': [],
  'endpoints-write': [],
  'route-write': [],
  'system-config-write': [],
  'aws-auth-update': [],
  'aws-auth-create': [],
  'lease-write': [],
  'event-deletion': [],
  'limits-write': [],
  'flow-control-write': [],
  'device-allocation-write': [],
  'device-admin-access': [],
  'policy-engine-write': [],
  'delivery-write': [],
  'cloud-object-write': [],
  'secret-source-write': [],
} as const satisfies Record<string, readonly string[]>;

export type PowerName = keyof typeof POWER_ORDER;

const NAMES = Object.keys(POWER_ORDER) as readonly PowerName[];
const CONTAINED = new Map<string, ReadonlySet<PowerName>>(NAMES.map((name) => [name, closureOf(name)]));

function closureOf(top: PowerName): ReadonlySet<PowerName> {
  if (top === 'cluster-admin') return new Set(NAMES);
  if (top === 'namespace-admin') return new Set(NAMES.filter((name) => name !== 'cluster-admin'));
  const closure = new Set<PowerName>();
  const visit = (name: PowerName): void => {
    if (closure.has(name)) return;
    closure.add(name);
    for (const below of POWER_ORDER[name]) visit(below);
  };
  visit(top);
  return closure;
}

/** Whether `strong` is `weak` or above it. Other names than those of powers contain nothing. */
export function powerContains(strong: string, weak: string): boolean {
  return CONTAINED.get(strong)?.has(weak as PowerName) ?? false;
}
