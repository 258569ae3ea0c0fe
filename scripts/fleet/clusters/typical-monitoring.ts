import { add, helm, type Cluster } from '../cluster.ts';
import { account, daemonSet, deployment, hostPath, ingress, scratch, service, statefulSet } from '../declare.ts';
import { pods, policy, rule } from '../policies.ts';
import { binding, role } from '../rights.ts';
import { namespace } from '../system-objects.ts';

const INSTALLED = helm('2025-07-02T09:30:00Z');
const UNPRIVILEGED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 65534 };

/** Prometheus and its companions as their charts install them, log shipping, and the Kubernetes dashboard for the people who like it. */
export function addMonitoring(cluster: Cluster): void {
  add(cluster, INSTALLED, namespace('monitoring'), namespace('kubernetes-dashboard'));
  addMetrics(cluster);
  addLogs(cluster);
  addDashboards(cluster);
}

function addMetrics(cluster: Cluster): void {
  add(
    cluster,
    INSTALLED,
    account('monitoring/prometheus'),
    account('monitoring/kube-state-metrics'),
    account('monitoring/node-exporter'),
    statefulSet('monitoring/prometheus', { image: 'quay.io/prometheus/prometheus:v3.7.3', account: 'prometheus', replicas: 2, ports: { web: 9090 }, securityContext: UNPRIVILEGED, mounts: { data: '/prometheus' }, pod: { volumes: scratch('data') }, memory: '2Gi' }),
    deployment('monitoring/kube-state-metrics', { image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0', account: 'kube-state-metrics', ports: { http: 8080 }, securityContext: UNPRIVILEGED }),
    daemonSet('monitoring/node-exporter', {
      image: 'quay.io/prometheus/node-exporter:v1.10.2',
      account: 'node-exporter',
      ports: { metrics: 9100 },
      args: ['--path.procfs=/host/proc', '--path.sysfs=/host/sys', '--path.rootfs=/host/root'],
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 65534 },
      mounts: { proc: '/host/proc:ro', sys: '/host/sys:ro', root: '/host/root:ro' },
      pod: { hostNetwork: true, hostPID: true, tolerations: [{ operator: 'Exists' }], volumes: [hostPath('proc', '/proc'), hostPath('sys', '/sys'), hostPath('root', '/')] },
    }),
    service('monitoring/prometheus', { web: 9090 }),
    service('monitoring/kube-state-metrics', { http: 8080 }),
    role('prometheus', ['core nodes,nodes/metrics,services,endpoints,pods', 'get,list,watch'], ['discovery.k8s.io endpointslices', 'get,list,watch']),
    binding('prometheus', 'ClusterRole prometheus', 'ServiceAccount monitoring/prometheus'),
    // The chart's default list of resources has Secrets in it.
    role('kube-state-metrics', ['core configmaps,secrets,nodes,pods,services,serviceaccounts,resourcequotas,namespaces', 'list,watch'], ['apps statefulsets,daemonsets,deployments,replicasets', 'list,watch'], ['batch cronjobs,jobs', 'list,watch']),
    binding('kube-state-metrics', 'ClusterRole kube-state-metrics', 'ServiceAccount monitoring/kube-state-metrics'),
  );
}

function addLogs(cluster: Cluster): void {
  add(
    cluster,
    INSTALLED,
    account('monitoring/fluent-bit', 'arn:aws:iam::444455556666:role/shop-logs'),
    daemonSet('monitoring/fluent-bit', {
      image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.0.0',
      name: 'fluent-bit',
      account: 'fluent-bit',
      mounts: { logs: '/var/log' },
      pod: { tolerations: [{ operator: 'Exists' }], volumes: [hostPath('logs', '/var/log')] },
    }),
    role('fluent-bit', ['core pods,namespaces', 'get,list,watch']),
    binding('fluent-bit', 'ClusterRole fluent-bit', 'ServiceAccount monitoring/fluent-bit'),
  );
}

function addDashboards(cluster: Cluster): void {
  const page = { securityContext: UNPRIVILEGED, mounts: { tmp: '/tmp' }, pod: { volumes: scratch('tmp') } };
  add(
    cluster,
    INSTALLED,
    account('monitoring/grafana'),
    // Opened wide to find out why a dashboard stayed empty, and never closed.
    policy('monitoring/grafana', { for: { 'app.kubernetes.io/name': 'grafana' }, ingress: [{}] }),
    policy('monitoring/prometheus', { for: { 'app.kubernetes.io/name': 'prometheus' }, ingress: [rule('from', [pods({ 'app.kubernetes.io/name': 'grafana' })], 9090)], egress: [{}] }),
    deployment('monitoring/grafana', { ...page, image: 'docker.io/grafana/grafana:12.3.0', account: 'grafana', ports: { http: 3000 } }),
    service('monitoring/grafana', { http: 3000 }),
    ingress('monitoring/grafana', 'grafana.internal.example.com', { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/target-type': 'ip' }),
    account('kubernetes-dashboard/kubernetes-dashboard'),
    deployment('kubernetes-dashboard/kubernetes-dashboard', { ...page, image: 'docker.io/kubernetesui/dashboard:v2.7.0', name: 'kubernetes-dashboard', account: 'kubernetes-dashboard', ports: { https: 8443 }, args: ['--auto-generate-certificates', '--namespace=kubernetes-dashboard'] }),
    service('kubernetes-dashboard/kubernetes-dashboard', { https: 443 }, { ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 8443 }] }),
    binding('kubernetes-dashboard-view', 'ClusterRole view', 'ServiceAccount kubernetes-dashboard/kubernetes-dashboard'),
  );
}
