import { CHANGE, DELETE, WRITE, WRITE_OR_DELETE, ask, type Ask } from './ask.ts';

const CERTIFICATES = 'certificates.k8s.io';
const DEVICES = 'resource.k8s.io';
const AUTHENTICATION = 'authentication.k8s.io';

/** Questions about what the cluster itself runs by: kubelets, scheduling, certificates, storage, devices, limits, traces. */
export const CLUSTER_ASKS = {
  // KEP-2862: what the kubelet answers besides nodes/proxy; none of it runs anything.
  readKubelets: ask(['get'], ['/nodes/log', '/nodes/stats', '/nodes/metrics', '/nodes/pods', '/nodes/configz', '/nodes/spec'], 'some', 'cluster'),
  removePods: ask(DELETE, ['/pods']),
  evictPods: ask(['create'], ['/pods/eviction']),
  deleteNodes: ask(DELETE, ['/nodes'], 'any', 'cluster'),
  bindPods: ask(['create'], ['/pods/binding', '/bindings']),
  changePodStatus: ask(CHANGE, ['/pods/status']),
  signRequests: ask(CHANGE, [`${CERTIFICATES}/certificatesigningrequests/status`], 'some', 'cluster'),
  signForSigner: ask(['sign'], [`${CERTIFICATES}/signers`], 'some', 'cluster'),
  signPodCertificates: ask(CHANGE, [`${CERTIFICATES}/podcertificaterequests/status`], 'some'),
  writeTrustBundles: ask(WRITE, [`${CERTIFICATES}/clustertrustbundles`], 'any', 'cluster'),
  writeCrds: ask(WRITE, ['apiextensions.k8s.io/customresourcedefinitions'], 'any', 'cluster'),
  deleteCrds: ask(DELETE, ['apiextensions.k8s.io/customresourcedefinitions'], 'any', 'cluster'),
  // A request for a namespace carries its own name as its namespace, so that a RoleBinding there is enough.
  deleteNamespaces: ask(['delete'], ['/namespaces']),
  deleteNamedNamespace: ask(['delete'], ['/namespaces'], 'own'),
  writeStorage: ask(
    WRITE,
    [
      'storage.k8s.io/storageclasses',
      'storage.k8s.io/csidrivers',
      'storage.k8s.io/csinodes',
      'storage.k8s.io/volumeattachments',
      'snapshot.storage.k8s.io/volumesnapshotcontents',
    ],
    'any',
    'cluster',
  ),
  writeAccounts: ask(WRITE, ['/serviceaccounts']),
  changeSystemLeases: ask(CHANGE, ['coordination.k8s.io/leases'], 'any', 'kube-system'),
  changeNodeLeases: ask(CHANGE, ['coordination.k8s.io/leases'], 'any', 'kube-node-lease'),
  changeClaims: ask(CHANGE, [`${DEVICES}/resourceclaims/binding`, `${DEVICES}/resourceclaims/status`]),
  // A driver of every node, not only of its own.
  changeClaimsOfDrivers: ask(['arbitrary-node:update', 'arbitrary-node:patch'], [`${DEVICES}/resourceclaims/driver`], 'some'),
  writeDevices: ask(WRITE, [`${DEVICES}/deviceclasses`, `${DEVICES}/resourceslices`], 'any', 'cluster'),
  createClaims: ask(['create'], [`${DEVICES}/resourceclaims`, `${DEVICES}/resourceclaimtemplates`]),
  deleteEvents: ask(DELETE, ['/events', 'events.k8s.io/events']),
  writeLimits: ask(WRITE_OR_DELETE, ['/resourcequotas', '/limitranges', 'policy/poddisruptionbudgets']),
  writeClasses: ask(WRITE_OR_DELETE, ['scheduling.k8s.io/priorityclasses', 'node.k8s.io/runtimeclasses'], 'any', 'cluster'),
  writeFlows: ask(
    WRITE_OR_DELETE,
    ['flowcontrol.apiserver.k8s.io/flowschemas', 'flowcontrol.apiserver.k8s.io/prioritylevelconfigurations'],
    'any',
    'cluster',
  ),
  // Constrained impersonation (KEP-5284) asks these, and for each request `impersonate-on:<mode>:<verb>` on what it is about.
  impersonateUserInfo: ask(['impersonate:user-info'], [`${AUTHENTICATION}/users`], 'any', 'cluster'),
  impersonateAccountInfo: ask(['impersonate:serviceaccount'], [`${AUTHENTICATION}/serviceaccounts`]),
  impersonateArbitraryNode: ask(['impersonate:arbitrary-node'], [`${AUTHENTICATION}/nodes`], 'any', 'cluster'),
  // Of its own node a pod is asked with the name `*`.
  impersonateOwnNode: ask(['impersonate:associated-node'], [`${AUTHENTICATION}/nodes`], ['*'], 'cluster'),
} as const satisfies Record<string, Ask>;
