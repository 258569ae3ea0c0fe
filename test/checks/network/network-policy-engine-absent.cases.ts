import { networkPolicyEngineAbsent } from '../../../lambda/checks/network/network-policy-engine-absent.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, denyAll, ENFORCED, node, nodeClass, vpcCniConfig } from './objects.ts';

const found = (name: string) => ({ resource: nodeClass(name), key: 'engine-absent' });
const OFF = { daemonSets: [awsNode()], vpcCniConfig: [vpcCniConfig('false')], nodes: [node('n1')] };

export const cases = {
  check: networkPolicyEngineAbsent,
  pass: [
    { name: 'the engine is on', sources: ENFORCED },
    { name: 'off, with policies, which is another finding', sources: { ...OFF, networkPolicies: [denyAll('shop')] } },
    { name: 'half on is another finding', sources: { ...OFF, daemonSets: [awsNode(AGENT_ON)] } },
    { name: 'Fargate: there is none to install', sources: { nodes: [node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })] } },
  ],
  notApplicable: [{ name: 'no nodes and no workloads', sources: {} }],
  fail: [
    {
      name: 'as EKS installs it',
      sources: OFF,
      findings: [
        {
          ...found('ec2/linux'),
          message: 'No engine enforces policies on Linux nodes: network policies are switched off in the VPC CNI',
          cause: 'engine absent: network policies are switched off in the VPC CNI',
        },
      ],
    },
    { name: 'no aws-node at all', sources: { nodes: [node('n1')] }, findings: [{ ...found('ec2/linux'), message: 'No engine enforces policies on Linux nodes: no network policy engine runs' }] },
    { name: 'a flag set to something that is not true', sources: { ...OFF, daemonSets: [awsNode(['--enable-network-policy=yes'])] }, findings: [found('ec2/linux')] },
    { name: 'an older aws-node without the agent', sources: { ...OFF, daemonSets: [{ metadata: { namespace: 'kube-system', name: 'aws-node' } }] }, findings: [found('ec2/linux')] },
  ],
} satisfies CheckCases;
