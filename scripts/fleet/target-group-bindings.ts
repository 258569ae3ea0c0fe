import { add, ofKind, type Cluster } from './cluster.ts';
import { fields, kubeObject, list, pathOf, type Fields, type KubeObject, type Labels } from './kube-object.ts';
import { stableHex } from './stable.ts';

const CONTROLLER = { manager: 'controller', operation: 'Update' } as const;
const CONTROLLER_CLASS = 'service.k8s.aws/nlb';

/** What the AWS Load Balancer Controller makes for the Ingresses and Services that it serves, where it is: by its labels it finds them again. */
export function addTargetGroupBindings(cluster: Cluster): void {
  if (!cluster.objects.some(({ kind, metadata }) => kind === 'CustomResourceDefinition' && metadata.name === 'targetgroupbindings.elbv2.k8s.aws')) return;
  for (const ingress of ofKind(cluster, 'Ingress')) {
    const { namespace, name } = ingress.metadata;
    const labels = { 'ingress.k8s.aws/stack-name': name, 'ingress.k8s.aws/stack-namespace': namespace! };
    for (const rule of list(fields(ingress['spec'])['rules'])) {
      for (const path of list(fields(rule['http'])['paths'])) {
        const backend = fields(fields(path['backend'])['service']);
        add(cluster, CONTROLLER, bindingOf(cluster, ingress, String(backend['name']), fields(backend['port'])['name'], labels));
      }
    }
  }
  for (const service of ofKind(cluster, 'Service')) {
    const spec = fields(service['spec']);
    if (spec['loadBalancerClass'] !== CONTROLLER_CLASS) continue;
    const { namespace, name } = service.metadata;
    const labels = { 'service.k8s.aws/stack-name': name, 'service.k8s.aws/stack-namespace': namespace! };
    for (const port of list(spec['ports'])) add(cluster, CONTROLLER, bindingOf(cluster, service, name, port['port'], labels));
  }
}

function bindingOf({ settings }: Cluster, owner: KubeObject, service: string, port: unknown, labels: Labels): KubeObject {
  const namespace = owner.metadata.namespace!;
  const seed = `${pathOf(owner)}/target-group/${service}/${String(port)}`;
  const name = `k8s-${namespace.slice(0, 8)}-${service.slice(0, 8)}-${stableHex(seed, 10)}`;
  const targetGroupARN = `arn:aws:elasticloadbalancing:${settings.region}:${settings.account}:targetgroup/${name}/${stableHex(`${seed}/arn`, 16)}`;
  const spec: Fields = { ipAddressType: 'ipv4', serviceRef: { name: service, port }, targetGroupARN, targetType: 'ip' };
  return kubeObject('elbv2.k8s.aws/v1beta1', 'TargetGroupBinding', `${namespace}/${name}`, { spec }, { labels });
}
