import { add, find, kubectl, remove, type Cluster } from '../cluster.ts';
import { fields, type Fields } from '../kube-object.ts';
import { binding } from '../rights.ts';
import { WEB_IMAGES } from './typical-shop.ts';

/** Two nodes were replaced and one was added. */
export const DAY_TWO_NODES = ['a', 'c', 'new-e', 'new-f', 'new-g'];

/** What happened between the two captures and matters. (Deletion protection, which is set in EKS, was switched on as well.) */
export function addNews(cluster: Cluster): void {
  openDashboard(cluster);
  add(cluster, kubectl('2026-11-19T16:31:00Z'), binding('staging-admin', 'ClusterRole cluster-admin', 'ServiceAccount staging/default'));
  remove(cluster, 'NetworkPolicy checkout/default-deny');
  remove(cluster, 'ClusterRoleBinding tiller');
}

/** A day's noise, of which nothing may be told: a rollout, other nodes and pods, scaling, objects made anew as they were. */
export function addNoise(cluster: Cluster): void {
  rollOutWeb(cluster);
  scale(cluster);
  cluster.madeAnew.add('RoleBinding search/debug');
  cluster.madeAnew.add('ServiceAccount shop/cart');
}

/** `kubectl edit service`: so that one can look at it from home. */
function openDashboard(cluster: Cluster): void {
  const path = 'Service kubernetes-dashboard/kubernetes-dashboard';
  const service = find(cluster, path);
  fields(service['spec'])['type'] = 'LoadBalancer';
  service.metadata.annotations = { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing', 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' };
  cluster.writers.set(service, { manager: 'kubectl-edit', operation: 'Update', at: '2026-11-19T17:42:00Z', createdAt: cluster.writers.get(service)!.at! });
}

function rollOutWeb(cluster: Cluster): void {
  const web = find(cluster, 'Deployment shop/web');
  const template = fields(fields(web['spec'])['template']);
  const [first] = fields(template['spec'])['containers'] as Fields[];
  first!['image'] = WEB_IMAGES[1];
  cluster.earlierImages.set('shop/web', [...cluster.earlierImages.get('shop/web')!, WEB_IMAGES[0]]);
}

/** More of one, less of another, and the catalog of staging switched on again. */
function scale(cluster: Cluster): void {
  const replicas: Readonly<Record<string, number>> = { 'shop/cart': 5, 'shop/catalog': 2, 'staging/catalog': 1, 'ci/runner': 3 };
  for (const [place, count] of Object.entries(replicas)) fields(find(cluster, `Deployment ${place}`)['spec'])['replicas'] = count;
}
