import { networkPolicyBlockCoversNodes } from '../../../lambda/checks/network/network-policy-block-covers-nodes.ts';
import type { CheckCases } from '../check-cases.ts';
import { CILIUM, ciliumConfig, ENFORCED, networkPolicy, policyResource } from './objects.ts';

const aws = {
  eksNodegroups: [{ nodegroupName: 'a', subnets: ['subnet-a', 'subnet-b'] }],
  ec2Subnets: [
    { SubnetId: 'subnet-a', CidrBlock: '10.0.0.0/20' },
    { SubnetId: 'subnet-b', CidrBlock: '10.0.16.0/20' },
    { SubnetId: 'subnet-edge', CidrBlock: '10.0.64.0/24' },
  ],
};
const ingress = (...cidrs: string[]) => ({ ...ENFORCED, ...aws, networkPolicies: [networkPolicy('shop', 'web', { ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }] })] });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyBlockCoversNodes,
  pass: [
    { name: 'the subnet of the load balancers', sources: ingress('10.0.64.0/24') },
    { name: 'in a namespace of the system, which serves nodes', sources: { ...ingress(), networkPolicies: [networkPolicy('kube-system', 'dns', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }] })] } },
    { name: 'a part of a subnet', sources: ingress('10.0.0.0/21') },
    { name: 'the Internet, which is another finding', sources: ingress('0.0.0.0/0') },
    { name: 'under Cilium, which knows its pods by their labels', sources: { ...ingress('10.0.0.0/16'), daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({ 'enable-policy': 'default' })] } },
  ],
  fail: [
    { name: 'the whole VPC', sources: ingress('10.0.0.0/16'), findings: [{ ...found, message: 'NetworkPolicy shop/web lets in all of 10.0.0.0/20, from which nodes and pods of the cluster have their addresses', cause: 'NetworkPolicy shop/web: block covers nodes' }] },
    { name: 'a subnet in two halves', sources: ingress('10.0.16.0/21', '10.0.24.0/21'), findings: [found] },
  ],
} satisfies CheckCases;
