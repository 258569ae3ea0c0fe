import { networkPolicyStandardMode } from '../../../lambda/checks/network/network-policy-standard-mode.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, AUTO_NODE, awsNode, CALICO, clusterPolicy, denyAll, deployment, ENFORCED, namespace, networkPolicy, node, nodeClass, vpcCniConfig } from './objects.ts';

const shop = { namespaces: [namespace('shop'), namespace('kube-system')], deployments: [deployment('shop', 'web')] };
const denied = { ...shop, networkPolicies: [denyAll('shop')] };
const auto = { ...denied, nodes: [AUTO_NODE], vpcCniConfig: [vpcCniConfig('true')] };
const classes = (...modes: string[]) => ({ nodeClasses: modes.map((networkPolicy, at) => ({ metadata: { name: `c${at}` }, spec: { networkPolicy } })) });
const found = { resource: nodeClass('ec2/linux'), key: 'standard-mode' };
const foundOnAuto = { ...found, resource: nodeClass('auto/linux') };

export const cases = {
  check: networkPolicyStandardMode,
  pass: [
    { name: 'strict mode', sources: { ...ENFORCED, ...denied, daemonSets: [awsNode(AGENT_ON, 'strict')] } },
    { name: 'no namespace is closed by default', sources: { ...ENFORCED, ...shop, networkPolicies: [denyAll('shop', { matchLabels: { app: 'web' } })] } },
    { name: "the system's alone is", sources: { ...ENFORCED, ...shop, networkPolicies: [denyAll('kube-system')] } },
    { name: 'nothing is enforced, which is another finding', sources: { ...denied, nodes: [node('n1')], daemonSets: [awsNode()] } },
    { name: 'another engine enforces', sources: { ...denied, nodes: [node('n1')], daemonSets: [CALICO] } },
    { name: 'Auto Mode that denies from the start', sources: { ...auto, ...classes('DefaultDeny', 'DefaultDeny') } },
  ],
  fail: [
    {
      name: 'a default deny in standard mode',
      sources: { ...ENFORCED, ...denied },
      findings: [{ ...found, message: 'Pods on Linux nodes may talk to everybody until their policies have arrived, though namespaces deny by default', cause: 'standard mode of the VPC CNI' }],
    },
    { name: 'for one direction alone', sources: { ...ENFORCED, ...shop, networkPolicies: [networkPolicy('shop', 'deny', {})] }, findings: [found] },
    {
      name: 'by a policy above the namespaces',
      sources: { ...ENFORCED, ...shop, eksClusterNetworkPolicies: [clusterPolicy('deny', { ingress: [{ name: 'all', action: 'Deny', from: [{ namespaces: {} }] }] })] },
      findings: [found],
    },
    { name: 'Auto Mode that allows at the start', sources: { ...auto, ...classes('DefaultAllow') }, findings: [{ ...foundOnAuto, message: 'Pods on Auto Mode nodes may talk to everybody until their policies have arrived, though namespaces deny by default' }] },
    {
      name: 'NodeClasses of Auto Mode that differ',
      sources: { ...auto, ...classes('DefaultAllow', 'DefaultDeny') },
      findings: [{ ...foundOnAuto, severity: 'low', message: 'Pods on some Auto Mode nodes may talk to everybody until their policies have arrived, though namespaces deny by default and other NodeClasses deny from the start' }],
    },
    {
      name: 'strict nodes beside it',
      sources: { ...ENFORCED, ...denied, nodes: [node('n1'), AUTO_NODE], ...classes('DefaultDeny') },
      findings: [{ ...found, severity: 'low', message: 'Pods on Linux nodes may talk to everybody until their policies have arrived, though namespaces deny by default and Auto Mode nodes deny from the start' }],
    },
  ],
} satisfies CheckCases;
