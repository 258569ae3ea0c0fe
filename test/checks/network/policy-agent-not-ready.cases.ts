import type { V1DaemonSet } from '@kubernetes/client-node';
import { policyAgentNotReady } from '../../../lambda/checks/network/policy-agent-not-ready.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, AUTO_NODE, awsNode, CALICO, CILIUM, ciliumConfig, node, nodeClass, vpcCniConfig } from './objects.ts';

const on = { nodes: [node('n1')], vpcCniConfig: [vpcCniConfig('true')] };
const withReady = (daemonSet: V1DaemonSet, numberReady: number, desiredNumberScheduled: number) => ({ ...daemonSet, status: { numberReady, desiredNumberScheduled } as NonNullable<V1DaemonSet['status']> });
const agent = (ready: number, desired: number) => [withReady(awsNode(AGENT_ON), ready, desired)];
const found = { resource: nodeClass('ec2/linux'), key: 'agents-not-ready' };

export const cases = {
  check: policyAgentNotReady,
  pass: [
    { name: 'ready everywhere', sources: { ...on, daemonSets: agent(3, 3) } },
    { name: 'no node to run on', sources: { ...on, daemonSets: agent(0, 0) } },
    { name: 'a DaemonSet that says nothing of its pods', sources: { ...on, daemonSets: [awsNode(AGENT_ON)] } },
    { name: 'an agent that does not enforce', sources: { nodes: [node('n1')], daemonSets: [withReady(awsNode(), 0, 3)] } },
    { name: 'Cilium that never enforces', sources: { nodes: [node('n1')], daemonSets: [withReady(CILIUM, 0, 3)], ciliumConfig: [ciliumConfig({ 'enable-policy': 'never' })] } },
    { name: 'Auto Mode nodes alone, beside an agent that waits for others', sources: { nodes: [AUTO_NODE], vpcCniConfig: [vpcCniConfig('true')], daemonSets: [withReady({ ...CALICO, metadata: { namespace: 'other', name: 'something' } }, 0, 3)] } },
  ],
  fail: [
    {
      name: 'one node of three',
      sources: { ...on, daemonSets: agent(2, 3) },
      findings: [{ ...found, message: 'Pods of the DaemonSet kube-system/aws-node are not ready on many of the Linux nodes, where VPC CNI enforces policies' }],
    },
    { name: 'none', sources: { ...on, daemonSets: agent(0, 3) }, findings: [{ ...found, severity: 'high' }] },
    { name: 'one of a hundred', sources: { ...on, daemonSets: agent(99, 100) }, findings: [{ ...found, severity: 'low' }] },
    { name: 'Calico’s', sources: { nodes: [node('n1')], daemonSets: [withReady(CALICO, 1, 2)] }, findings: [{ ...found, cause: 'agents of Calico not ready' }] },
  ],
} satisfies CheckCases;
