import type { PolicyRule } from './policy-rule.ts';

/**
 * What the catalogue of powers asks of a role, one bit each: "may it do one of these verbs on one of these resources?". A role's answers
 * are worked out once, in time linear in its rules; everything after that is arithmetic on bits.
 *
 * Matching is that of the RBAC authorizer (kubernetes/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go): verb, group, resource and name within
 * one rule; `*` and `*\/sub` are the only patterns; `pods` is not `pods/exec`, and `pods/*` is literal and matches nothing real.
 */
export type Asks = bigint;

interface Ask {
  readonly verbs: readonly string[];
  /** `group/resource` or `group/resource/subresource`; the core group is empty. */
  readonly on: readonly string[];
  /**
   * `any`: only a rule without resourceNames counts. `some`: one object is enough. A list: any name, or one of these. `own`: any name, or that
   * of the role's own namespace.
   */
  readonly names: 'any' | 'some' | 'own' | readonly string[];
  /** Where a grant of it has an effect: a cluster-scoped resource is inert in a RoleBinding; `aws-auth` is in kube-system. */
  readonly where: 'anywhere' | 'cluster' | 'kube-system';
}

const WRITE = ['create', 'update', 'patch'] as const;
const CHANGE = ['update', 'patch'] as const;
const DELETE = ['delete', 'deletecollection'] as const;
const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CSR = 'certificates.k8s.io';

function ask(verbs: readonly string[], on: readonly string[], names: Ask['names'] = 'any', where: Ask['where'] = 'anywhere'): Ask {
  return { verbs, on, names, where };
}

const ASKS = {
  readSecrets: ask(['get', 'list', 'watch'], ['/secrets']),
  writeSecrets: ask(WRITE, ['/secrets']),
  createPods: ask(['create'], ['/pods']),
  // One controller is enough: its template may name any ServiceAccount of the namespace.
  writeControllers: ask(
    WRITE,
    ['apps/deployments', 'apps/daemonsets', 'apps/statefulsets', 'apps/replicasets', 'batch/jobs', 'batch/cronjobs', '/replicationcontrollers'],
    'some',
  ),
  changePods: ask(CHANGE, ['/pods']),
  addDebugContainers: ask(CHANGE, ['/pods/ephemeralcontainers'], 'some'),
  createExec: ask(['create'], ['/pods/exec', '/pods/attach'], 'some'),
  getExec: ask(['get'], ['/pods/exec', '/pods/attach'], 'some'),
  forwardPorts: ask(['create'], ['/pods/portforward'], 'some'),
  proxyPods: ask(['get', ...WRITE, 'delete'], ['/pods/proxy', '/services/proxy'], 'some'),
  proxyNodes: ask(['get', 'create'], ['/nodes/proxy'], 'some', 'cluster'),
  changeNodes: ask(CHANGE, ['/nodes', '/nodes/status'], 'any', 'cluster'),
  createTokens: ask(['create'], ['/serviceaccounts/token']),
  impersonateUsers: ask(['impersonate'], ['/users'], 'any', 'cluster'),
  impersonateSomeUser: ask(['impersonate'], ['/users', '/serviceaccounts'], 'some', 'cluster'),
  impersonateMasters: ask(['impersonate'], ['/groups'], ['system:masters'], 'cluster'),
  impersonateAccounts: ask(['impersonate'], ['/serviceaccounts']),
  escalateRoles: ask(['escalate'], [`${RBAC}/roles`], 'some'),
  writeRoles: ask(WRITE, [`${RBAC}/roles`], 'some'),
  escalateClusterRoles: ask(['escalate'], [`${RBAC}/clusterroles`], 'some', 'cluster'),
  writeClusterRoles: ask(WRITE, [`${RBAC}/clusterroles`], 'some', 'cluster'),
  // Asked in the binding's own namespace, so that `bind` on ClusterRoles works through a RoleBinding too.
  bindRoles: ask(['bind'], [`${RBAC}/roles`, `${RBAC}/clusterroles`], ['cluster-admin']),
  writeRoleBindings: ask(WRITE, [`${RBAC}/rolebindings`], 'some'),
  writeClusterRoleBindings: ask(WRITE, [`${RBAC}/clusterrolebindings`], 'some', 'cluster'),
  approveRequests: ask(CHANGE, [`${CSR}/certificatesigningrequests/approval`], 'some', 'cluster'),
  approveForSigner: ask(['approve'], [`${CSR}/signers`], ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'], 'cluster'),
  createVolumes: ask(['create'], ['/persistentvolumes'], 'any', 'cluster'),
  writeMutating: ask(
    WRITE,
    [`${ADMISSION}/mutatingwebhookconfigurations`, `${ADMISSION}/mutatingadmissionpolicies`, `${ADMISSION}/mutatingadmissionpolicybindings`],
    'some',
    'cluster',
  ),
  writeValidating: ask(
    [...WRITE, ...DELETE],
    [`${ADMISSION}/validatingwebhookconfigurations`, `${ADMISSION}/validatingadmissionpolicies`, `${ADMISSION}/validatingadmissionpolicybindings`],
    'some',
    'cluster',
  ),
  writeApiServices: ask(WRITE, ['apiregistration.k8s.io/apiservices'], 'some', 'cluster'),
  // A request for a namespace carries its own name as its namespace: a RoleBinding there is enough.
  changeNamespaces: ask(CHANGE, ['/namespaces'], 'own'),
  writePolicies: ask(
    [...WRITE, ...DELETE],
    [
      'networking.k8s.io/networkpolicies',
      'networking.k8s.aws/applicationnetworkpolicies',
      'cilium.io/ciliumnetworkpolicies',
      'crd.projectcalico.org/networkpolicies',
      'projectcalico.org/networkpolicies',
    ],
  ),
  writeClusterPolicies: ask(
    [...WRITE, ...DELETE],
    [
      'policy.networking.k8s.io/adminnetworkpolicies',
      'policy.networking.k8s.io/baselineadminnetworkpolicies',
      'policy.networking.k8s.io/clusternetworkpolicies',
      'networking.k8s.aws/clusternetworkpolicies',
      'cilium.io/ciliumclusterwidenetworkpolicies',
      'crd.projectcalico.org/globalnetworkpolicies',
      'projectcalico.org/globalnetworkpolicies',
    ],
    'any',
    'cluster',
  ),
  changeAwsAuth: ask(CHANGE, ['/configmaps'], ['aws-auth'], 'kube-system'),
  createAwsAuth: ask(['create'], ['/configmaps'], 'any', 'kube-system'),
} as const satisfies Record<string, Ask>;

/** Asked of the rule as it is written: a `*` for resources (or verbs) says more than the sum of what it matches today. */
const WRITTEN = ['everything', 'readAll', 'writeAll', 'deleteAll', 'allOfSecrets', 'allOfPods'] as const;

export type AskName = keyof typeof ASKS | (typeof WRITTEN)[number];

const NAMES: readonly AskName[] = [...(Object.keys(ASKS) as (keyof typeof ASKS)[]), ...WRITTEN];
const BITS = new Map<AskName, Asks>(NAMES.map((name, index) => [name, 1n << BigInt(index)]));

/** The bits of these asks together. */
export function asking(...names: readonly AskName[]): Asks {
  return names.reduce((bits, name) => bits | BITS.get(name)!, 0n);
}

interface Entry {
  readonly bit: Asks;
  readonly group: string;
  readonly topLevel: boolean;
  readonly ask: Ask;
}

const BY_RESOURCE = new Map<string, Entry[]>();
const BY_SUBRESOURCE = new Map<string, Entry[]>();
const ENTRIES: Entry[] = [];
let clusterOnly = 0n;
let kubeSystemOnly = 0n;
for (const [name, definition] of Object.entries(ASKS) as [keyof typeof ASKS, Ask][]) {
  const bit = BITS.get(name)!;
  if (definition.where === 'cluster') clusterOnly |= bit;
  if (definition.where === 'kube-system') kubeSystemOnly |= bit;
  for (const path of definition.on) {
    const [group, resource, subresource] = path.split('/') as [string, string, string?];
    const entry = { bit, group, topLevel: subresource === undefined, ask: definition };
    ENTRIES.push(entry);
    append(BY_RESOURCE, subresource === undefined ? resource : `${resource}/${subresource}`, entry);
    if (subresource !== undefined) append(BY_SUBRESOURCE, `*/${subresource}`, entry);
  }
}

function append(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

/** What of these answers counts in a namespace: cluster-scoped resources are inert there. */
export function asksInNamespace(asks: Asks, namespace: string): Asks {
  return asks & ~clusterOnly & (namespace === 'kube-system' ? ~0n : ~kubeSystemOnly);
}

/** What one rule answers. `ownNamespace`: that of the Role it stands in. */
export function asksOfRule(rule: PolicyRule, ownNamespace?: string): Asks {
  const verbs = new Set(rule.verbs);
  const groups = new Set(rule.apiGroups);
  const names = new Set(rule.resourceNames);
  let asks = asksAsWritten(verbs, groups, rule);
  for (const resource of new Set(rule.resources)) {
    const candidates = resource === '*' ? ENTRIES : (BY_RESOURCE.get(resource) ?? BY_SUBRESOURCE.get(resource) ?? []);
    for (const entry of candidates) {
      if ((asks & entry.bit) !== 0n || !(groups.has('*') || groups.has(entry.group))) continue;
      if (entry.ask.verbs.some((verb) => (verbs.has('*') || verbs.has(verb)) && nameFits(entry, verb, names, ownNamespace))) asks |= entry.bit;
    }
  }
  return asks;
}

function nameFits({ ask: { names: wanted }, topLevel }: Entry, verb: string, names: ReadonlySet<string>, ownNamespace: string | undefined): boolean {
  if (names.size === 0) return true;
  // A create of an object and a deletecollection carry no name, a plain list neither: only `""` among the resourceNames fits them.
  const nameless = topLevel && (verb === 'create' || verb === 'deletecollection');
  if (names.has('') && (nameless || verb === 'list' || verb === 'watch')) return true;
  if (nameless || wanted === 'any') return false;
  if (wanted === 'some') return true;
  if (wanted === 'own') return ownNamespace !== undefined && names.has(ownNamespace);
  return wanted.some((name) => names.has(name));
}

function asksAsWritten(verbs: ReadonlySet<string>, groups: ReadonlySet<string>, { resources, resourceNames }: PolicyRule): Asks {
  // `*` in the core group alone has Secrets, nodes/proxy and impersonation in it.
  if (resourceNames.length > 0 || !(groups.has('*') || groups.has(''))) return 0n;
  const any = (...wanted: readonly string[]): boolean => verbs.has('*') || wanted.some((verb) => verbs.has(verb));
  if (resources.includes('*')) {
    let asks = verbs.has('*') ? asking('everything') : 0n;
    if (any('get', 'list', 'watch')) asks |= asking('readAll');
    if (any(...WRITE)) asks |= asking('writeAll');
    if (any(...DELETE)) asks |= asking('deleteAll');
    return asks;
  }
  if (!verbs.has('*')) return 0n;
  return (resources.includes('secrets') ? asking('allOfSecrets') : 0n) | (resources.includes('pods') ? asking('allOfPods') : 0n);
}
