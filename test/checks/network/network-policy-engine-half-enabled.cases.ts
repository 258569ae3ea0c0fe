import { networkPolicyEngineHalfEnabled } from '../../../lambda/checks/network/network-policy-engine-half-enabled.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, denyAll, ENFORCED, node, nodeClass, vpcCniConfig } from './objects.ts';

const found = { resource: nodeClass('ec2/linux'), key: 'half-enabled' };
const agentOnly = { daemonSets: [awsNode(AGENT_ON)], vpcCniConfig: [vpcCniConfig('false')], nodes: [node('n1')] };

export const cases = {
  check: networkPolicyEngineHalfEnabled,
  pass: [
    { name: 'both switches on', sources: ENFORCED },
    { name: 'both off', sources: { daemonSets: [awsNode()], vpcCniConfig: [vpcCniConfig('false')], nodes: [node('n1')] } },
    { name: 'with policies they are not enforced, which is another finding', sources: { ...agentOnly, networkPolicies: [denyAll('shop')] } },
  ],
  fail: [
    {
      name: 'the agent alone',
      sources: agentOnly,
      findings: [
        {
          ...found,
          message: 'Policies would have no effect on Linux nodes: enable-network-policy-controller in the ConfigMap kube-system/amazon-vpc-cni is not "true"',
        },
      ],
    },
    {
      name: 'the controller alone',
      sources: { ...agentOnly, daemonSets: [awsNode()], vpcCniConfig: [vpcCniConfig('true')] },
      findings: [
        {
          ...found,
          message: 'Policies would have no effect on Linux nodes: the agent in the DaemonSet kube-system/aws-node runs without --enable-network-policy=true',
          cause: 'half enabled: the agent in the DaemonSet kube-system/aws-node runs without --enable-network-policy=true',
        },
      ],
    },
  ],
} satisfies CheckCases;
