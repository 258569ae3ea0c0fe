import { add, argoCd, kubectl, type Cluster } from '../cluster.ts';
import { account, container, cronJob, deployment, hostPath, ingress, job, scratch, service, statefulSet } from '../declare.ts';
import { fields, kubeObject, type KubeObject } from '../kube-object.ts';
import { addresses, allowDns, denyAll, pods, podsOf, policy, rule } from '../policies.ts';
import { namespace } from '../system-objects.ts';
import { stableSuffix } from '../stable.ts';

const REGISTRY = '444455556666.dkr.ecr.eu-central-1.amazonaws.com';
const BASELINE = { 'pod-security.kubernetes.io/enforce': 'baseline' };
const CAREFUL = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 1000 };
const WEB = { securityContext: CAREFUL, mounts: { tmp: '/tmp' }, pod: { volumes: scratch('tmp') } };
const APPS = argoCd('2025-06-20T10:00:00Z');

/** Images of the web front end: the second one is rolled out on day two. */
export const WEB_IMAGES = [`${REGISTRY}/web:2026.46.1`, `${REGISTRY}/web:2026.47.0`] as const;

/** The applications: two namespaces in good order, one search engine, a staging area, and CI. */
export function addShop(cluster: Cluster): void {
  add(cluster, APPS, namespace('shop', BASELINE), namespace('checkout', BASELINE), namespace('search'), namespace('staging'), namespace('ci'));
  cluster.earlierImages.set('shop/web', [`${REGISTRY}/web:2026.44.3`, `${REGISTRY}/web:2026.45.0`]);
  add(cluster, APPS, ...shopFront(), ...checkout(), ...shopPolicies(), ...search());
  add(cluster, kubectl('2026-01-27T16:20:00Z'), ...staging());
  addContinuousIntegration(cluster);
}

function shopFront(): KubeObject[] {
  return [
    account('shop/web', 'arn:aws:iam::444455556666:role/shop-web'),
    account('shop/catalog', 'arn:aws:iam::444455556666:role/shop-catalog'),
    account('shop/cart'),
    deployment('shop/web', { ...WEB, image: WEB_IMAGES[0], account: 'web', replicas: 4, ports: { http: 8080 } }),
    deployment('shop/catalog', { ...WEB, image: `${REGISTRY}/catalog:1.88.0`, account: 'catalog', replicas: 3, ports: { http: 8080 } }),
    deployment('shop/cart', { ...WEB, image: `${REGISTRY}/cart:0.61.2`, account: 'cart', replicas: 3, ports: { http: 8080 } }),
    statefulSet('shop/sessions', { ...WEB, image: 'public.ecr.aws/docker/library/valkey:8.1', replicas: 3, ports: { valkey: 6379 } }),
    service('shop/web', { http: 8080 }),
    service('shop/catalog', { http: 8080 }),
    service('shop/cart', { http: 8080 }),
    service('shop/sessions', { valkey: 6379 }, { clusterIP: 'None', clusterIPs: ['None'] }),
    ingress('shop/web', 'shop.example.com', {
      'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-central-1:444455556666:certificate/5d0fcb22-6c1c-4a44-9c0e-2f1d0f7a9a01',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/target-type': 'ip',
    }),
    kubeObject('v1', 'ResourceQuota', 'shop/compute', { spec: { hard: { 'requests.cpu': '40', 'requests.memory': '96Gi' } } }),
  ];
}

function checkout(): KubeObject[] {
  return [
    account('checkout/payments', 'arn:aws:iam::444455556666:role/shop-payments'),
    deployment('checkout/payments', { ...WEB, image: `${REGISTRY}/payments:3.2.7`, account: 'payments', replicas: 3, ports: { http: 8080 } }),
    // Older than the platform's rules, and nobody dares to touch it.
    deployment('checkout/legacy-invoices', { image: `${REGISTRY}/invoices:7`, account: 'payments', replicas: 1, ports: { http: 80 } }),
    cronJob('checkout/reconcile', '15 3 * * *', { ...WEB, image: `${REGISTRY}/payments:3.2.7`, account: 'payments', args: ['reconcile'] }),
    service('checkout/payments', { http: 8080 }),
    service('checkout/legacy-invoices', { http: 80 }),
  ];
}

function shopPolicies(): KubeObject[] {
  const named = (name: string): Record<string, string> => ({ 'app.kubernetes.io/name': name });
  const internet = [addresses('0.0.0.0/0', ['10.0.0.0/8', '169.254.0.0/16'])];
  return [
    denyAll('shop'),
    allowDns('shop'),
    policy('shop/web', { for: named('web'), ingress: [rule('from', [addresses('10.52.10.0/24')], 8080)], egress: [rule('to', [pods(named('catalog')), pods(named('cart'))], 8080), rule('to', [podsOf('checkout', named('payments'))], 8080)] }),
    policy('shop/catalog', { for: named('catalog'), ingress: [rule('from', [pods(named('web'))], 8080)], egress: [rule('to', [podsOf('search')], 9200)] }),
    policy('shop/cart', { for: named('cart'), ingress: [rule('from', [pods(named('web'))], 8080)], egress: [rule('to', [pods(named('sessions'))], 6379)] }),
    policy('shop/sessions', { for: named('sessions'), ingress: [rule('from', [pods(named('cart'))], 6379)], egress: [] }),
    denyAll('checkout'),
    allowDns('checkout'),
    // Its Deployment went with the summer sale.
    policy('shop/sale-banner', { for: named('sale-banner'), ingress: [rule('from', [pods(named('web'))], 8080)] }),
    // The payment provider has no fixed addresses.
    policy('checkout/payments', { for: named('payments'), ingress: [rule('from', [podsOf('shop', named('web'))], 8080)], egress: [rule('to', internet, 443)] }),
  ];
}

/** A search engine that sets a kernel parameter of its node, as its manual says, from a privileged container. */
function search(): KubeObject[] {
  const sysctl = { ...container({ image: 'public.ecr.aws/docker/library/busybox:1.37', name: 'sysctl', command: ['sysctl', '-w', 'vm.max_map_count=262144'] }), securityContext: { privileged: true, runAsUser: 0 } };
  return [
    account('search/elasticsearch'),
    statefulSet('search/elasticsearch', { image: 'docker.elastic.co/elasticsearch/elasticsearch:8.19.5', name: 'elasticsearch', account: 'elasticsearch', replicas: 3, ports: { http: 9200, transport: 9300 }, securityContext: { runAsUser: 1000, runAsNonRoot: true, allowPrivilegeEscalation: false }, pod: { initContainers: [sysctl] } }),
    service('search/elasticsearch', { http: 9200 }),
    // Meant for the catalog; whoever wrote it did not know the namespace's labels.
    policy('search/elasticsearch', { for: { 'app.kubernetes.io/name': 'elasticsearch' }, ingress: [rule('from', [{ namespaceSelector: {} }], 9200)] }),
  ];
}

function staging(): KubeObject[] {
  return [
    deployment('staging/web', { ...WEB, image: `${REGISTRY}/web:latest`, replicas: 1, ports: { http: 8080 } }),
    deployment('staging/catalog', { ...WEB, image: `${REGISTRY}/catalog:latest`, replicas: 0, ports: { http: 8080 } }),
    service('staging/web', { http: 8080 }),
  ];
}

/** Builds run in the cluster; a Job is made for every database migration, under a name that is never the same. */
function addContinuousIntegration(cluster: Cluster): void {
  const { name, capturedAt } = cluster.settings;
  const runner = kubectl('2026-02-11T15:42:00Z');
  add(
    cluster,
    runner,
    account('ci/deployer'),
    deployment('ci/runner', { image: 'public.ecr.aws/docker/library/docker:28-dind', name: 'runner', account: 'deployer', replicas: 2, securityContext: { privileged: true }, mounts: { cache: '/cache' }, pod: { volumes: [hostPath('cache', '/var/cache/ci', 'DirectoryOrCreate')] } }),
  );
  add(cluster, runner, runnerPolicy());
  const suffix = stableSuffix(`${name}/${capturedAt}/migrate`, 5);
  add(cluster, { manager: 'kubectl-create', operation: 'Update' }, job(`ci/migrate-${suffix}`, { ...WEB, image: `${REGISTRY}/migrate:2026.46.1`, account: 'deployer' }, { generateName: 'migrate-' }));
}

/** Somebody wanted to keep builds from everything but the registry, and named one direction only. */
function runnerPolicy(): KubeObject {
  const written = policy('ci/runner', { for: { 'app.kubernetes.io/name': 'runner' }, ingress: [], egress: [rule('to', [addresses('10.52.12.0/24')], 443)] });
  fields(written['spec'])['policyTypes'] = ['Ingress'];
  return written;
}
