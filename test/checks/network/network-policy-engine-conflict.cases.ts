import { networkPolicyEngineConflict } from '../../../lambda/checks/network/network-policy-engine-conflict.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, ENFORCED, engine, nodeClass } from './objects.ts';

const found = { resource: nodeClass('ec2/linux'), key: 'conflict' };
const calico = engine('calico-system', 'calico-node', 'calico-node', 'quay.io/calico/node:v3.31.0');
const antrea = engine('kube-system', 'antrea-agent', 'antrea-agent', 'antrea/antrea-agent-ubuntu:v2');

export const cases = {
  check: networkPolicyEngineConflict,
  pass: [
    { name: 'the VPC CNI alone', sources: ENFORCED },
    { name: 'Calico beside a VPC CNI that is told not to enforce', sources: { ...ENFORCED, daemonSets: [awsNode(), calico] } },
    { name: 'Calico beside a VPC CNI kept off the nodes', sources: { ...ENFORCED, daemonSets: [awsNode(AGENT_ON, 'standard', { 'non-calico': 'true' }), calico] } },
  ],
  fail: [
    {
      name: 'both enforce',
      sources: { ...ENFORCED, daemonSets: [awsNode(AGENT_ON), calico] },
      findings: [{ ...found, message: 'Calico and VPC CNI enforce policies on Linux nodes side by side', cause: 'engines: Calico, VPC CNI' }],
    },
    { name: 'two others', sources: { ...ENFORCED, daemonSets: [calico, antrea] }, findings: [{ ...found, message: 'Antrea and Calico enforce policies on Linux nodes side by side' }] },
  ],
} satisfies CheckCases;
