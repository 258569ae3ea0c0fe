import { addDefaultAddOns, install } from '../add-ons.ts';
import { add, createCluster, EKS, helm, kubectl, remove, type Cluster, type ClusterSettings } from '../cluster.ts';
import { addDefinitionsOf, addEksDefinitions } from '../custom-resource-definitions.ts';
import type { EksSide } from '../eks-side.ts';
import { runCluster } from '../fill.ts';
import { byWebIdentity } from '../iam-side.ts';
import { kubeObject, type KubeObject } from '../kube-object.ts';
import { binding, role } from '../rights.ts';
import { addSystemObjects, namespace } from '../system-objects.ts';
import { securityGroupRule } from '../vpc-side.ts';
import { addMonitoring } from './typical-monitoring.ts';
import { addShop } from './typical-shop.ts';
import { addNews, addNoise, DAY_TWO_NODES } from './typical-day-two.ts';

const NODES = ['a', 'b', 'c', 'd'];

function settingsOf(day: 1 | 2): ClusterSettings {
  return {
    name: 'shop',
    account: '444455556666',
    region: 'eu-central-1',
    createdAt: '2025-06-17T13:20:00Z',
    capturedAt: day === 1 ? '2026-11-19T06:00:00Z' : '2026-11-20T06:00:00Z',
    nodeGroups: [{ name: 'general', os: 'linux', amiType: 'AL2023_x86_64_STANDARD', instanceType: 'm6i.xlarge', nodes: day === 1 ? NODES : DAY_TWO_NODES }],
    vpcOctet: 52,
  };
}

/**
 * What one usually sees: much is right, and some things are as they were when somebody was in a hurry. On day two with the news, or
 * with the day's noise alone.
 */
export function typicalCluster(day: 1 | 2 = 1, news = day === 2): { readonly cluster: Cluster; readonly side: EksSide } {
  const cluster = createCluster(settingsOf(day));
  addSystemObjects(cluster);
  addEksDefinitions(cluster);
  addDefaultAddOns(cluster, { networkPolicy: 'standard' });
  install(cluster, EKS, 'ebs-csi', 'metrics-server');
  const installed = helm('2025-06-18T08:10:00Z');
  install(cluster, installed, 'aws-load-balancer-controller', 'karpenter');
  add(cluster, installed, namespace('cert-manager'), namespace('external-dns'));
  install(cluster, installed, 'cert-manager', 'external-dns');
  // A hook of the chart, gone when it has succeeded.
  remove(cluster, 'Job cert-manager/cert-manager-startupapicheck');
  for (const product of ['load-balancer-controller', 'cert-manager', 'karpenter', 'prometheus'] as const) addDefinitionsOf(cluster, installed, product);
  add(cluster, EKS, nodeMapping());
  addShop(cluster);
  addMonitoring(cluster);
  addPeople(cluster);
  if (day === 2) addNoise(cluster);
  if (news) addNews(cluster);
  return { cluster: runCluster(cluster, { policyController: true }), side: sideOf(news) };
}

/** Written by EKS for managed node groups while the ConfigMap is valid. */
function nodeMapping(): KubeObject {
  const mapRoles = ['- groups:', '  - system:bootstrappers', '  - system:nodes', '  rolearn: arn:aws:iam::444455556666:role/shop-node', '  username: system:node:{{EC2PrivateDNSName}}', ''];
  return kubeObject('v1', 'ConfigMap', 'kube-system/aws-auth', { data: { mapRoles: mapRoles.join('\n') } });
}

/** Who may do what, grown over a year and a half. */
function addPeople(cluster: Cluster): void {
  const at = kubectl('2025-06-18T09:00:00Z');
  const later = kubectl('2026-02-11T15:42:00Z');
  add(
    cluster,
    at,
    binding('platform-view', 'ClusterRole view', 'Group shop:platform'),
    binding('shop/developers', 'ClusterRole view', 'Group shop:developers'),
    binding('search/developers', 'ClusterRole view', 'Group shop:developers'),
    binding('staging/developers', 'ClusterRole edit', 'Group shop:developers'),
  );
  add(
    cluster,
    later,
    // The pipeline: what it needed once, it has everywhere.
    role(
      'ci-deployer',
      ['apps deployments,statefulsets,daemonsets', 'get,list,watch,create,update,patch,delete'],
      ['core services,configmaps', 'get,list,watch,create,update,patch,delete'],
      ['core secrets', 'get,list,watch,create,update,patch'],
      ['rbac.authorization.k8s.io roles,rolebindings', 'get,list,create,update,patch'],
    ),
    binding('ci-deployer', 'ClusterRole ci-deployer', 'ServiceAccount ci/deployer'),
    // A debugging role for one namespace.
    role('search/debug', ['core pods/exec,pods/portforward', 'create'], ['core pods,pods/log', 'get,list']),
    binding('search/debug', 'Role debug', 'Group shop:developers'),
    // Left behind: the role was deleted, and so was the namespace of the account.
    binding('staging/preview-environments', 'ClusterRole preview-environments', 'Group shop:developers'),
    binding('tiller', 'ClusterRole view', 'ServiceAccount tiller/tiller'),
  );
}

function sideOf(news: boolean): EksSide {
  return {
    vpcConfig: { publicAccess: true, privateAccess: true, publicCidrs: ['10.52.0.0/16', '198.51.100.32/27', '203.0.113.8/32'] },
    authenticationMode: 'API_AND_CONFIG_MAP',
    logTypes: ['api', 'audit', 'authenticator'],
    customerKey: false,
    deletionProtection: news,
    addOns: {
      'aws-ebs-csi-driver': { version: 'v1.63.1-eksbuild.1' },
      'coredns': { version: 'v1.14.3-eksbuild.3' },
      'kube-proxy': { version: 'v1.35.2-eksbuild.4' },
      'metrics-server': { version: 'v0.8.1-eksbuild.1' },
      'vpc-cni': { version: 'v1.22.4-eksbuild.1', configuration: '{"enableNetworkPolicy":"true"}' },
    },
    accessEntries: [
      { principal: 'shop-node', type: 'EC2_LINUX' },
      { principal: 'shop-admin', policies: { AmazonEKSClusterAdminPolicy: [] } },
      { principal: 'shop-platform', groups: ['shop:platform'] },
      // On trial; what its policy allows is published nowhere.
      { principal: 'shop-operations-agent', policies: { AIDevOpsAgentAccessPolicy: [] } },
      { principal: 'shop-developers', groups: ['shop:developers'] },
    ],
    // The importer was given up, and its account with it.
    podIdentities: { 'shop/importer': 'shop-importer' },
    // One for whatever runs in the namespace, one that somebody deleted.
    trust: { 'shop-logs': [byWebIdentity(settingsOf(1), 'StringLike', 'monitoring/*')], 'shop-catalog': null },
    securityGroupRules: [securityGroupRule(443, '10.52.0.0/16', 'Inside the VPC')],
  };
}
