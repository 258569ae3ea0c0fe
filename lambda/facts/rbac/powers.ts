import type { Severity } from '../../model/severity.ts';
import { asking, type Asks } from './asks.ts';

/**
 * The catalogue: what can be done with rights, and how bad that is with every namespace or with one. Names stand in the keys of findings
 * and are permanent. After Kubernetes' "RBAC Good Practices" and the published attacks on each.
 */
interface PowerDefinition {
  /** Held when all asks of one of these are answered, two about one object for the same one (`same-object.ts`). */
  readonly anyOf: readonly Asks[];
  /** Cluster-wide (and in a system namespace), in one namespace. */
  readonly severity: readonly [Severity, Severity];
  /** After the holder's name; `where` is `in every namespace` or `in shop`. */
  says(where: string): string;
  /** Powers that it contains: a holder's finding is about this one, they are evidence. */
  readonly contains: readonly string[];
}

function power(
  anyOf: readonly Asks[],
  severity: readonly [Severity, Severity],
  says: (where: string) => string,
  contains: readonly string[] = [],
): PowerDefinition {
  return { anyOf, severity, says, contains };
}

const EVERYTHING_BELOW = '*';

const DEFINITIONS = {
  'cluster-admin': power([asking('everything')], ['critical', 'critical'], () => 'is cluster-admin', [EVERYTHING_BELOW]),
  'namespace-admin': power([asking('everything')], ['critical', 'high'], (where) => `has every right ${where}`, [EVERYTHING_BELOW]),
  'edit-all': power([asking('readAll', 'writeAll')], ['critical', 'high'], (where) => `may read and change everything ${where}`, [
    'read-all',
    'write-all',
    'delete-all',
    'namespace-edit',
  ]),
  'write-all': power([asking('writeAll')], ['critical', 'high'], (where) => `may create or change objects of every kind ${where}`, [
    'secrets-write',
    'pod-create',
    'pod-exec',
    'pod-network-proxy',
    'rbac-write',
    'service-account-token-create',
    'nodes-proxy',
    'node-modify',
    'persistent-volume-create',
    'mutating-admission-write',
    'api-service-write',
    'namespace-modify',
    'network-policy-write',
    'aws-auth-update',
    'aws-auth-create',
  ]),
  'read-all': power([asking('readAll')], ['critical', 'high'], (where) => `may read everything ${where}, Secrets included`, [
    'secrets-read',
    'pod-exec-by-get',
    'nodes-proxy',
    'pod-network-proxy',
  ]),
  'delete-all': power([asking('deleteAll')], ['high', 'medium'], (where) => `may delete everything ${where}`),
  'namespace-edit': power(
    [asking('createPods', 'writeControllers', 'readSecrets', 'writeSecrets')],
    ['critical', 'high'],
    (where) => `may run any workload and take or change any Secret ${where}`,
    [
      'secrets-all',
      'pods-all',
      'pod-exec',
      'pod-network-proxy',
      'rbac-write',
      'service-account-impersonation',
      'service-account-token-create',
      'network-policy-write',
      'aws-auth-update',
      'aws-auth-create',
    ],
  ),
  'secrets-all': power([asking('allOfSecrets')], ['critical', 'high'], (where) => `has every right on Secrets ${where}`, ['secrets-read', 'secrets-write']),
  'pods-all': power([asking('allOfPods')], ['critical', 'high'], (where) => `has every right on pods ${where}`, ['pod-create']),
  'secrets-read': power([asking('readSecrets')], ['critical', 'high'], (where) => `may read every Secret ${where}`),
  'secrets-write': power([asking('writeSecrets')], ['high', 'medium'], (where) => `may create or change Secrets ${where}`),
  'pod-create': power([asking('createPods'), asking('writeControllers')], ['critical', 'high'], (where) => `may run pods as any ServiceAccount ${where}`, [
    'pod-modify',
  ]),
  'pod-modify': power([asking('changePods')], ['high', 'medium'], (where) => `may change what runs in the pods ${where}`),
  'pod-exec': power([asking('createExec'), asking('addDebugContainers')], ['high', 'high'], (where) => `may run commands in the pods ${where}`, [
    'pod-exec-by-get',
  ]),
  'pod-exec-by-get': power([asking('getExec')], ['high', 'high'], (where) => `may run commands in the pods ${where} by a right that looks like reading`),
  'pod-network-proxy': power(
    [asking('forwardPorts'), asking('proxyPods')],
    ['medium', 'medium'],
    (where) => `may connect to pods ${where} past their network policies`,
  ),
  'rbac-escalation': power(
    [
      asking('escalateNewRoles', 'createRoles'),
      asking('escalateSomeRole', 'changeSomeRole'),
      asking('escalateNewClusterRoles', 'createClusterRoles'),
      asking('escalateSomeClusterRole', 'changeSomeClusterRole'),
      asking('bindAnyRole', 'writeRoleBindings'),
      asking('bindClusterAdmin', 'writeRoleBindings'),
      asking('bindClusterAdmin', 'writeClusterRoleBindings'),
    ],
    ['critical', 'high'],
    (where) => `may give itself any right ${where}`,
    ['rbac-write'],
  ),
  'rbac-write': power(
    [
      asking('createRoles'),
      asking('changeSomeRole'),
      asking('createClusterRoles'),
      asking('changeSomeClusterRole'),
      asking('writeRoleBindings'),
      asking('writeClusterRoleBindings'),
    ],
    ['low', 'low'],
    (where) => `may pass its own rights on to others ${where}`,
  ),
  impersonation: power(
    [asking('impersonateUsers'), asking('impersonateMasters', 'impersonateSomeUser'), asking('impersonateMasters', 'impersonateSomeAccount')],
    ['critical', 'critical'],
    () => 'may act as any user, administrators included',
    ['service-account-impersonation'],
  ),
  'service-account-impersonation': power([asking('impersonateAccounts')], ['critical', 'high'], (where) => `may act as any ServiceAccount ${where}`),
  'service-account-token-create': power([asking('createTokens')], ['critical', 'high'], (where) => `may make itself a token of any ServiceAccount ${where}`),
  'csr-approval': power([asking('approveRequests', 'approveForSigner')], ['medium', 'medium'], () => 'may approve certificates that name any user'),
  'nodes-proxy': power([asking('proxyNodes')], ['critical', 'critical'], () => 'may run commands in every pod through the kubelets, unseen by the audit log'),
  'node-modify': power([asking('changeNodes')], ['medium', 'medium'], () => 'may change nodes and so draw pods to a node of its choice'),
  'persistent-volume-create': power([asking('createVolumes')], ['high', 'high'], () => 'may create volumes that hold any path of a node'),
  'mutating-admission-write': power(
    [asking('writeMutating')],
    ['critical', 'critical'],
    () => 'may read and rewrite every object on its way into the cluster',
    ['validating-admission-write'],
  ),
  'validating-admission-write': power([asking('writeValidating')], ['high', 'high'], () => 'may switch off or listen to what guards the cluster at admission'),
  'api-service-write': power([asking('writeApiServices')], ['critical', 'critical'], () => 'may take over whole API groups and receive the requests of others'),
  'namespace-modify': power([asking('changeNamespaces'), asking('changeNamedNamespace')], ['high', 'high'], (where) => `may switch off pod security ${where}`),
  'network-policy-write': power(
    [asking('writePolicies'), asking('writeClusterPolicies')],
    ['high', 'medium'],
    (where) => `may change or remove network policies ${where}`,
  ),
  'aws-auth-update': power([asking('changeAwsAuth')], ['critical', 'critical'], () => 'may make any IAM identity cluster-admin through the aws-auth ConfigMap'),
  'aws-auth-create': power(
    [asking('createAwsAuth')],
    ['critical', 'critical'],
    () => 'may make any IAM identity cluster-admin by creating the aws-auth ConfigMap',
  ),
} as const satisfies Record<string, PowerDefinition>;

export type Power = keyof typeof DEFINITIONS;
export const POWERS: readonly Power[] = Object.keys(DEFINITIONS) as Power[];
export type PowerScope = 'cluster' | 'namespace';

export function powerDefinition(name: Power): PowerDefinition {
  return DEFINITIONS[name];
}

const CONTAINED = new Map<Power, ReadonlySet<Power>>(POWERS.map((name) => [name, closureOf(name)]));

function closureOf(top: Power): ReadonlySet<Power> {
  const closure = new Set<Power>();
  const visit = (name: Power): void => {
    if (closure.has(name)) return;
    closure.add(name);
    const below: readonly string[] = DEFINITIONS[name].contains;
    if (below.includes(EVERYTHING_BELOW)) for (const other of POWERS) if (other !== 'cluster-admin' || name === 'cluster-admin') closure.add(other);
    if (!below.includes(EVERYTHING_BELOW)) for (const other of below) visit(other as Power);
  };
  visit(top);
  return closure;
}

/** A fixed partial order: whoever holds `strong` in a scope holds `weak` there. Reflexive. */
export function contains(strong: Power, weak: Power): boolean {
  return CONTAINED.get(strong)!.has(weak);
}

/** Every power that these answers give, in the order of the catalogue. */
export function powersOf(asks: Asks, scope: PowerScope): readonly Power[] {
  const other: Power = scope === 'cluster' ? 'namespace-admin' : 'cluster-admin';
  return POWERS.filter((name) => name !== other && DEFINITIONS[name].anyOf.some((needed) => (asks & needed) === needed));
}

/** The strongest of these: none of them is contained in another. */
export function strongest(powers: readonly Power[]): readonly Power[] {
  return powers.filter((weak) => !powers.some((strong) => strong !== weak && contains(strong, weak)));
}
