import { networkPolicyNotEnforced } from '../../../lambda/checks/network/network-policy-not-enforced.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, CILIUM, ciliumConfig, denyAll, deployment, ENFORCED, engine, node, nodeClass, vpcCniConfig } from './objects.ts';

const policies = { networkPolicies: [denyAll('shop')] };
const found = (name: string) => ({ resource: nodeClass(name), key: 'not-enforced' });
const OFF = { daemonSets: [awsNode()], vpcCniConfig: [vpcCniConfig('false')], nodes: [node('n1')] };
const tier = { metadata: { name: 'deny' }, spec: {} };
const onCilium = { ...OFF, daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({})] };
const AUTO = node('a1', { 'eks.amazonaws.com/compute-type': 'auto' });

export const cases = {
  check: networkPolicyNotEnforced,
  pass: [
    { name: 'the VPC CNI enforces', sources: { ...ENFORCED, ...policies } },
    { name: 'a bare flag means true', sources: { ...ENFORCED, ...policies, daemonSets: [awsNode(['--enable-network-policy'])] } },
    { name: 'the last of two flags counts', sources: { ...ENFORCED, ...policies, daemonSets: [awsNode(['--enable-network-policy=false', '--enable-network-policy=true'])] } },
    { name: 'the VPC CNI reads the kinds of EKS', sources: { ...ENFORCED, ...policies, eksClusterNetworkPolicies: [tier], applicationNetworkPolicies: [denyAll('shop')] } },
    { name: 'another engine beside it may read what it does not', sources: { ...ENFORCED, clusterNetworkPolicies: [tier], daemonSets: [awsNode(AGENT_ON), engine('kube-system', 'kube-network-policies', 'kube-network-policies', 'registry.k8s.io/networking/kube-network-policies:v1')] } },
    { name: 'off, but there are no policies', sources: OFF },
    { name: 'off in the VPC CNI, but Calico enforces', sources: { ...OFF, ...policies, daemonSets: [awsNode(), engine('calico-system', 'calico-node', 'calico-node', 'quay.io/calico/node:v3.31.0')] } },
    { name: 'Auto Mode needs the ConfigMap alone', sources: { ...policies, nodes: [AUTO], vpcCniConfig: [vpcCniConfig('true')] } },
    { name: 'one class enforces and another does not, which is another finding', sources: { ...ENFORCED, ...policies, nodes: [node('n1'), node('w1', { 'kubernetes.io/os': 'windows' })] } },
  ],
  notApplicable: [{ name: 'no nodes and no workloads', sources: policies }],
  fail: [
    {
      name: 'off, as EKS installs it',
      sources: { ...OFF, ...policies },
      findings: [
        {
          ...found('ec2/linux'),
          message: 'No policy has any effect on Linux nodes: network policies are switched off in the VPC CNI',
          cause: 'not enforced: network policies are switched off in the VPC CNI',
        },
      ],
    },
    {
      name: 'the agent is on, the ConfigMap is not there',
      sources: { ...OFF, ...policies, daemonSets: [awsNode(AGENT_ON)], vpcCniConfig: [] },
      findings: [
        {
          ...found('ec2/linux'),
          message: 'No policy has any effect on Linux nodes: enable-network-policy-controller in the ConfigMap kube-system/amazon-vpc-cni is not "true"',
        },
      ],
    },
    { name: 'the ConfigMap is on, the agent is not', sources: { ...OFF, ...policies, vpcCniConfig: [vpcCniConfig('true')] }, findings: [found('ec2/linux')] },
    { name: 'a policy of the cluster counts', sources: { ...OFF, eksClusterNetworkPolicies: [{ metadata: { name: 'deny' }, spec: {} }] }, findings: [found('ec2/linux')] },
    {
      name: "upstream's policies of the cluster, which the VPC CNI does not read",
      sources: { ...ENFORCED, ...policies, clusterNetworkPolicies: [tier, { metadata: { name: 'another' }, spec: {} }], baselineAdminNetworkPolicies: [{ metadata: { name: 'default' }, spec: {} }] },
      findings: [
        {
          resource: nodeClass('ec2/linux'), key: 'BaselineAdminNetworkPolicy.policy.networking.k8s.io', severity: 'high',
          message: 'VPC CNI on Linux nodes does not read BaselineAdminNetworkPolicy.policy.networking.k8s.io, so that default has no effect there',
        },
        {
          resource: nodeClass('ec2/linux'), key: 'ClusterNetworkPolicy.policy.networking.k8s.io', severity: 'high',
          message: 'VPC CNI on Linux nodes does not read ClusterNetworkPolicy.policy.networking.k8s.io, so that another and deny have no effect there',
          cause: 'VPC CNI does not read ClusterNetworkPolicy.policy.networking.k8s.io',
        },
      ],
    },
    { name: "EKS's policies, which Cilium does not read", sources: { ...onCilium, ...policies, eksClusterNetworkPolicies: [tier] }, findings: [{ resource: nodeClass('ec2/linux'), key: 'ClusterNetworkPolicy.networking.k8s.aws', severity: 'high' }] },
    { name: 'Auto Mode with the controller off', sources: { ...policies, nodes: [AUTO], vpcCniConfig: [vpcCniConfig('false')] }, findings: [found('auto/linux')] },
    { name: "a DaemonSet with Calico's name and something else in it", sources: { ...OFF, ...policies, daemonSets: [engine('calico-system', 'calico-node', 'calico-node', 'nginx')] }, findings: [found('ec2/linux')] },
    { name: 'nodes scaled to zero: workloads wait for them', sources: { ...OFF, ...policies, nodes: [], deployments: [deployment('shop', 'web')] }, findings: [found('ec2/linux')] },
    {
      name: 'Fargate alone',
      sources: { ...policies, daemonSets: [awsNode(AGENT_ON)], vpcCniConfig: [vpcCniConfig('true')], nodes: [node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })], deployments: [deployment('shop', 'web')] },
      findings: [found('fargate/linux')],
    },
  ],
} satisfies CheckCases;
