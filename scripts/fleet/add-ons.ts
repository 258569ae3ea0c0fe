import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { add, EKS, type Cluster, type Writer } from './cluster.ts';
import { fields, type KubeObject } from './kube-object.ts';
import { kubeProxyObjects } from './kube-proxy.ts';

export type AddOn =
  | 'aws-load-balancer-controller'
  | 'cert-manager'
  | 'coredns'
  | 'ebs-csi'
  | 'eks-pod-identity-agent'
  | 'external-dns'
  | 'karpenter'
  | 'metrics-server'
  | 'node-monitoring-agent'
  | 'vpc-cni';

/** Kinds that an audit never asks for: Secrets above all. */
const LEFT_OUT = new Set(['Secret', 'CSIDriver', 'PodDisruptionBudget', 'IngressClassParams']);

/** The objects of an add-on's manifest (scripts/fleet/data/add-ons, with source and licence), as they stand in a cluster of this region. */
export function addOnObjects(name: AddOn, region: string, clusterName: string): KubeObject[] {
  const text = readFileSync(new URL(`data/add-ons/${name}.yaml`, import.meta.url), 'utf8')
    .replaceAll('%s.dkr.ecr.%s.%s', `602401143452.dkr.ecr.${region}.amazonaws.com`)
    .replaceAll('602401143452.dkr.ecr.us-west-2.', `602401143452.dkr.ecr.${region}.`)
    .replaceAll('--cluster-name=example', `--cluster-name=${clusterName}`)
    .replaceAll('eks/coredns:v1.13.2-eksbuild.19', 'eks/coredns:v1.14.3-eksbuild.3');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject)
    .filter((object) => !LEFT_OUT.has(object.kind));
}

/** The add-ons that EKS installs by default, network policies switched on or off in both of the places that matter. */
export function addDefaultAddOns(cluster: Cluster, options: { readonly networkPolicy: false | 'standard' | 'strict'; readonly writer?: Writer }): void {
  const { region, name } = cluster.settings;
  const writer = options.writer ?? EKS;
  const vpcCni = addOnObjects('vpc-cni', region, name);
  if (options.networkPolicy) switchOnNetworkPolicy(vpcCni, options.networkPolicy);
  add(cluster, writer, ...vpcCni, ...addOnObjects('coredns', region, name), ...kubeProxyObjects(region));
}

/** The agent's argument and the controller's key: enforcement needs both (AWS user guide, "Enable network policies"). */
function switchOnNetworkPolicy(objects: readonly KubeObject[], mode: 'standard' | 'strict'): void {
  for (const object of objects) {
    if (object.kind === 'ConfigMap') fields(object['data'])['enable-network-policy-controller'] = 'true';
    if (object.kind !== 'DaemonSet') continue;
    const template = fields(fields(object['spec'])['template']);
    for (const container of fields(template['spec'])['containers'] as { args?: string[]; env?: { name: string; value?: string }[] }[]) {
      for (const variable of container.env ?? []) if (variable.name === 'NETWORK_POLICY_ENFORCING_MODE') variable.value = mode;
      if (container.args) container.args = container.args.map((arg) => (arg === '--enable-network-policy=false' ? '--enable-network-policy=true' : arg));
    }
  }
}

export function install(cluster: Cluster, writer: Writer, ...names: readonly AddOn[]): void {
  const { region, name: clusterName } = cluster.settings;
  for (const name of names) add(cluster, writer, ...addOnObjects(name, region, clusterName));
}
