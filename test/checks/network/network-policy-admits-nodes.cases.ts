import { networkPolicyAdmitsNodes } from '../../../lambda/checks/network/network-policy-admits-nodes.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, CALICO, deployment, ENFORCED, namespace, networkPolicy, policyResource } from './objects.ts';

const system = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
const dns = { ...system, podSelector: { matchLabels: { app: 'coredns' } } };
const cluster = { ...ENFORCED, namespaces: [namespace('shop'), namespace('kube-system')], deployments: [deployment('kube-system', 'coredns'), deployment('shop', 'agent', { hostNetwork: true })] };
const ingress = (...from: object[]) => ({ ...cluster, networkPolicies: [networkPolicy('shop', 'web', { ingress: [{ from }] })] });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyAdmitsNodes,
  pass: [
    { name: 'pods by their labels', sources: ingress(dns) },
    { name: 'in a namespace of the system, which serves nodes', sources: { ...cluster, networkPolicies: [networkPolicy('kube-system', 'dns', { ingress: [{ from: [system] }] })] } },
    { name: 'egress', sources: { ...cluster, networkPolicies: [networkPolicy('shop', 'web', { policyTypes: ['Egress'], egress: [{ to: [system] }] })] } },
    { name: 'every namespace, which is another finding', sources: ingress({ namespaceSelector: {} }) },
    { name: 'a namespace without the host network', sources: { ...ingress(system), daemonSets: [{ ...awsNode(AGENT_ON), metadata: { namespace: 'other', name: 'aws-node' } }, CALICO] } },
    { name: 'under Calico', sources: { ...ingress(system), vpcCniConfig: [], daemonSets: [awsNode(), CALICO] } },
  ],
  fail: [
    {
      name: 'all of kube-system, and with it aws-node',
      sources: ingress(system),
      findings: [{ ...found, message: 'NetworkPolicy shop/web means workloads of the host network, and by its source the VPC CNI lets in every address of their nodes', cause: 'NetworkPolicy shop/web: admits nodes' }],
    },
    { name: 'a workload of the own namespace by its label', sources: ingress({ podSelector: { matchLabels: { app: 'agent' } } }), findings: [found] },
  ],
} satisfies CheckCases;
