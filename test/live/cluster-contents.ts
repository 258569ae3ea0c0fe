/** Objects that the live tests load, with the path that each is created at. */
export interface Load {
  readonly path: string;
  readonly object: object;
}

/** Stands in an environment variable of every pod and in a Secret. It must turn up nowhere. */
export const MARKER = 'must-not-be-kept-5f1d';

export const NAMESPACES = Array.from({ length: 25 }, (_, i) => `team-${String(i).padStart(2, '0')}`);
const PODS_EACH = 100;
const RBAC = 'rbac.authorization.k8s.io';

const of = (path: string, apiVersion: string, kind: string, metadata: object, more: object): Load => ({ path, object: { apiVersion, kind, metadata, ...more } });

/** A pod template that no check has a word to say about. */
function podSpec(): object {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'app',
        image: 'registry.test/app:1',
        env: [{ name: 'PASSWORD', value: MARKER }],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  };
}

export function namespaces(): readonly Load[] {
  return NAMESPACES.map((name) => of('/api/v1/namespaces', 'v1', 'Namespace', { name }, {}));
}

/** 2,500 pods, most of them made by ReplicaSets that Deployments made; roles with their bindings, policies, ServiceAccounts. */
export function contents(): readonly Load[] {
  return NAMESPACES.flatMap((namespace) => [...workloads(namespace), ...rights(namespace), ...policies(namespace)]);
}

function workloads(namespace: string): readonly Load[] {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: podSpec() };
  const spec = { replicas: PODS_EACH - 1, selector: { matchLabels: labels }, template };
  const owner = (apiVersion: string, kind: string, name: string): object => ({ ownerReferences: [{ apiVersion, kind, name, uid: `uid-of-${name}`, controller: true }] });
  const pods = Array.from({ length: PODS_EACH }, (_, i) =>
    of(`/api/v1/namespaces/${namespace}/pods`, 'v1', 'Pod', { name: `web-5d9-${String(i).padStart(3, '0')}`, labels, ...(i === 0 ? {} : owner('apps/v1', 'ReplicaSet', 'web-5d9')) }, { spec: podSpec() }),
  );
  return [
    of(`/apis/apps/v1/namespaces/${namespace}/deployments`, 'apps/v1', 'Deployment', { name: 'web' }, { spec }),
    of(`/apis/apps/v1/namespaces/${namespace}/replicasets`, 'apps/v1', 'ReplicaSet', { name: 'web-5d9', ...owner('apps/v1', 'Deployment', 'web') }, { spec }),
    of(`/api/v1/namespaces/${namespace}/secrets`, 'v1', 'Secret', { name: 'password' }, { stringData: { password: MARKER } }),
    ...pods,
  ];
}

function rights(namespace: string): readonly Load[] {
  const base = `/apis/${RBAC}/v1/namespaces/${namespace}`;
  const numbers = Array.from({ length: 5 }, (_, i) => i);
  return [
    ...numbers.map((i) => of(`${base}/roles`, `${RBAC}/v1`, 'Role', { name: `reader-${i}` }, { rules: [{ apiGroups: [''], resources: ['services'], verbs: ['get'] }] })),
    ...numbers.map((i) =>
      of(`${base}/rolebindings`, `${RBAC}/v1`, 'RoleBinding', { name: `reader-${i}` }, {
        roleRef: { apiGroup: RBAC, kind: 'Role', name: `reader-${i}` },
        subjects: [{ kind: 'ServiceAccount', name: `app-${i}`, namespace }],
      }),
    ),
    ...numbers.map((i) => of(`/api/v1/namespaces/${namespace}/serviceaccounts`, 'v1', 'ServiceAccount', { name: `app-${i}` }, { automountServiceAccountToken: false })),
  ];
}

function policies(namespace: string): readonly Load[] {
  const base = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
  return [
    of(base, 'networking.k8s.io/v1', 'NetworkPolicy', { name: 'default-deny' }, { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }),
    ...Array.from({ length: 4 }, (_, i) =>
      of(base, 'networking.k8s.io/v1', 'NetworkPolicy', { name: `allow-${i}` }, {
        spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: `client-${i}` } } }], ports: [{ port: 8080, protocol: 'TCP' }] }] },
      }),
    ),
  ];
}

/** Somebody is made cluster-admin. */
export function clusterAdmin(name: string, user: string): Load {
  return of(`/apis/${RBAC}/v1/clusterrolebindings`, `${RBAC}/v1`, 'ClusterRoleBinding', { name }, {
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
  });
}

/** A role with one rule, bound cluster-wide to one user. */
export function clusterRights(user: string, rules: readonly object[]): readonly Load[] {
  return [
    of(`/apis/${RBAC}/v1/clusterroles`, `${RBAC}/v1`, 'ClusterRole', { name: user }, { rules }),
    of(`/apis/${RBAC}/v1/clusterrolebindings`, `${RBAC}/v1`, 'ClusterRoleBinding', { name: user }, {
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: user },
      subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
    }),
  ];
}

/** An API group whose backend does not exist. */
export function deadApiService(group: string, version: string): Load {
  return of('/apis/apiregistration.k8s.io/v1/apiservices', 'apiregistration.k8s.io/v1', 'APIService', { name: `${version}.${group}` }, {
    spec: { group, version, groupPriorityMinimum: 100, versionPriority: 10, insecureSkipTLSVerify: true, service: { name: 'not-there', namespace: 'default' } },
  });
}
