import { asking } from './asks.ts';
import { power, type PowerDefinition } from './power.ts';

/** Powers over what the cluster itself runs by: kubelets, scheduling, certificates, storage, devices, limits, traces. */
export const CLUSTER_POWERS = {
  'pod-removal': power([asking('removePods'), asking('evictPods')], ['medium', 'medium'], (where) => `may stop every pod ${where}`),
  'pod-binding': power([asking('bindPods')], ['medium', 'medium'], (where) => `may put waiting pods ${where} on a node of its choice`),
  'pod-status-write': power([asking('changePodStatus')], ['low', 'low'], (where) => `may say what it likes of the state and address of the pods ${where}`),
  'csr-signing': power([asking('signRequests', 'signForSigner')], ['medium', 'medium'], () => 'may put certificates of its own making into signing requests'),
  'pod-certificate-signing': power(
    [asking('signPodCertificates', 'signForSigner')],
    ['medium', 'medium'],
    (where) => `may issue the certificates that pods ${where} identify themselves by`,
  ),
  'trust-bundle-write': power([asking('writeTrustBundles')], ['high', 'high'], () => 'may decide which certificate authorities pods trust'),
  'kubelet-read': power([asking('readKubelets')], ['low', 'low'], () => 'may read logs, metrics or pods of the nodes from their kubelets'),
  'internals-read': power([asking('readInternals')], ['low', 'low'], () => 'may read metrics, profiles or logs of the control plane'),
  'node-removal': power([asking('deleteNodes')], ['medium', 'medium'], () => 'may delete nodes with what runs on them'),
  'storage-write': power([asking('writeStorage')], ['medium', 'medium'], () => 'may change how and by which drivers volumes are made and attached'),
  'custom-resource-definition-write': power(
    [asking('writeCrds')],
    ['high', 'high'],
    () => 'may read and change every custom resource through the conversion of its kind',
  ),
  'mass-deletion': power([asking('deleteNamespaces'), asking('deleteNamedNamespace'), asking('deleteCrds')], ['high', 'medium'], (where) => `may delete whole namespaces or kinds of resources ${where}`),
  'service-account-write': power(
    [asking('writeAccounts')],
    ['high', 'high'],
    (where) => `may give IAM roles and registry credentials to ServiceAccounts, or create these, ${where}`,
  ),
  'lease-write': power(
    [asking('changeSystemLeases'), asking('changeNodeLeases')],
    ['low', 'low'],
    (where) => `may unseat elected controllers or fake the heartbeats of nodes ${where}`,
  ),
  'event-deletion': power([asking('deleteEvents')], ['low', 'low'], (where) => `may delete the events that show what happened ${where}`),
  'limits-write': power([asking('writeLimits'), asking('writeClasses')], ['low', 'low'], (where) => `may change quotas, limits, budgets or priorities ${where}`),
  'flow-control-write': power([asking('writeFlows')], ['medium', 'medium'], () => 'may decide whose requests the API server answers first, or not at all'),
  'device-allocation-write': power(
    [asking('changeClaims'), asking('changeClaimsOfDrivers'), asking('writeDevices')],
    ['medium', 'medium'],
    (where) => `may decide which devices the pods ${where} are given`,
  ),
  'device-admin-access': power([asking('createClaims')], ['medium', 'medium'], (where) => `may claim devices that are in use by others ${where}`),
} as const satisfies Record<string, PowerDefinition>;
