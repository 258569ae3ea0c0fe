import { asking } from './asks.ts';
import { power, type PowerDefinition } from './power.ts';

/** Powers over identities, pods, Secrets, rights and admission, and the wide ones. */
export const CORE_POWERS = {
  'cluster-admin': power([asking('everything')], ['critical', 'critical'], () => 'is cluster-admin'),
  'namespace-admin': power([asking('everything')], ['critical', 'high'], (where) => `has every right ${where}`),
  'edit-all': power([asking('readAll', 'writeAll')], ['critical', 'high'], (where) => `may read and change everything ${where}`),
  'write-all': power([asking('writeAll')], ['critical', 'high'], (where) => `may create or change objects of every kind ${where}`),
  'read-all': power([asking('readAll')], ['critical', 'high'], (where) => `may read everything ${where}, Secrets included`),
  'delete-all': power([asking('deleteAll')], ['high', 'medium'], (where) => `may delete everything ${where}`),
  'namespace-edit': power(
    [asking('createPods', 'writeControllers', 'readSecrets', 'writeSecrets')],
    ['critical', 'high'],
    (where) => `may run any workload and take or change any Secret ${where}`,
  ),
  'secrets-all': power([asking('allOfSecrets')], ['critical', 'high'], (where) => `has every right on Secrets ${where}`),
  'pods-all': power([asking('allOfPods')], ['critical', 'high'], (where) => `has every right on pods ${where}`),
  'service-account-token-by-secret': power(
    [asking('createSecrets', 'readSecrets')],
    ['critical', 'high'],
    (where) => `may make itself a token of any ServiceAccount, and read every Secret, ${where}`,
  ),
  'secrets-read': power([asking('readSecrets')], ['critical', 'high'], (where) => `may read every Secret ${where}`),
  'secrets-write': power([asking('writeSecrets')], ['high', 'medium'], (where) => `may create or change Secrets ${where}`),
  'pod-create': power(
    [asking('createPods'), asking('writeControllers'), asking('writeCustomWorkloads')],
    ['critical', 'high'],
    (where) => `may run pods as any ServiceAccount ${where}`,
  ),
  'pod-modify': power([asking('changePods')], ['high', 'medium'], (where) => `may change what runs in the pods ${where}`),
  'pod-exec': power([asking('createExec'), asking('addDebugContainers')], ['high', 'high'], (where) => `may run commands in the pods ${where}`),
  'pod-exec-by-get': power([asking('getExec')], ['high', 'high'], (where) => `may run commands in the pods ${where} by a right that looks like reading`),
  'pod-network-proxy': power(
    [asking('forwardPorts'), asking('proxyPods')],
    ['medium', 'medium'],
    (where) => `may connect to pods ${where} past their network policies`,
  ),
  'pod-port-forward-by-get': power(
    [asking('getForward')],
    ['medium', 'medium'],
    (where) => `may connect to pods ${where} past their network policies by a right that looks like reading`,
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
  ),
  'constrained-impersonation': power(
    [
      asking('impersonateUserInfo', 'onUserInfo'),
      asking('impersonateAccountInfo', 'onAccount'),
      asking('impersonateArbitraryNode', 'onArbitraryNode'),
      asking('impersonateOwnNode', 'onOwnNode'),
    ],
    ['high', 'high'],
    (where) => `may act as other identities in some requests ${where}`,
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
