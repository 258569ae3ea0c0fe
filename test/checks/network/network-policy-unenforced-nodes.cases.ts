import type { V1DaemonSet } from '@kubernetes/client-node';
import { networkPolicyUnenforcedNodes } from '../../../lambda/checks/network/network-policy-unenforced-nodes.ts';
import type { CheckCases } from '../check-cases.ts';
import { denyAll, deployment, ENFORCED, node, nodeClass } from './objects.ts';

const windows = { nodeSelector: { 'kubernetes.io/os': 'windows' } };
const daemonSet = { ...deployment('legacy', 'agent', windows) } as V1DaemonSet;
const found = (name: string) => ({ resource: nodeClass(name), key: 'unenforced' });
const affinity = (...terms: string[][]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: terms.map((values) => ({ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values }] })),
      },
    },
  },
});
const fargate = { eksFargateProfiles: [{ fargateProfileName: 'jobs', selectors: [{ namespace: 'job?-*', labels: { app: 'run*' } }] }] };
const withFargate = [node('n1'), node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })];

export const cases = {
  check: networkPolicyUnenforcedNodes,
  pass: [
    { name: 'Linux alone', sources: { ...ENFORCED, networkPolicies: [denyAll('shop')], deployments: [deployment('shop', 'web')] } },
    { name: 'a Windows workload that no policy selects', sources: { ...ENFORCED, networkPolicies: [denyAll('shop')], deployments: [deployment('legacy', 'iis', windows)] } },
    { name: 'nothing is enforced anywhere, which is another finding', sources: { ...ENFORCED, vpcCniConfig: [], networkPolicies: [denyAll('legacy')], deployments: [deployment('legacy', 'iis', windows)] } },
    {
      name: 'a DaemonSet for Windows nodes, of which there are none',
      sources: { ...ENFORCED, daemonSets: [...ENFORCED.daemonSets, daemonSet], networkPolicies: [denyAll('legacy')] },
    },
    { name: 'Windows is one of two choices', sources: { ...ENFORCED, networkPolicies: [denyAll('legacy')], deployments: [deployment('legacy', 'iis', affinity(['windows'], ['linux']))] } },
    { name: 'a Fargate profile for other labels', sources: { ...ENFORCED, ...fargate, nodes: withFargate, networkPolicies: [denyAll('jobs-eu')], deployments: [deployment('jobs-eu', 'web')] } },
  ],
  fail: [
    {
      name: 'a workload that a Fargate profile takes, of which no pod runs now',
      sources: { ...ENFORCED, ...fargate, networkPolicies: [denyAll('jobs-eu')], deployments: [deployment('jobs-eu', 'runner')] },
      findings: [{ ...found('fargate/linux'), message: 'Policies have no effect on Fargate: no engine enforces policies on Fargate; they select jobs-eu/runner there' }],
    },
    {
      name: 'a Windows workload that a policy selects',
      sources: { ...ENFORCED, networkPolicies: [denyAll('legacy')], deployments: [deployment('legacy', 'iis', windows)] },
      findings: [
        {
          ...found('ec2/windows'),
          message: 'Policies have no effect on Windows nodes: the VPC CNI enforces no policies on Windows; they select legacy/iis there',
          cause: 'not enforced: the VPC CNI enforces no policies on Windows',
        },
      ],
    },
    { name: 'Windows by the field of the pod', sources: { ...ENFORCED, networkPolicies: [denyAll('legacy')], deployments: [deployment('legacy', 'iis', { os: { name: 'windows' } })] }, findings: [found('ec2/windows')] },
    { name: 'Windows by affinity', sources: { ...ENFORCED, networkPolicies: [denyAll('legacy')], deployments: [deployment('legacy', 'iis', affinity(['windows']))] }, findings: [found('ec2/windows')] },
    {
      name: 'hybrid nodes beside EC2',
      sources: { ...ENFORCED, nodes: [node('n1'), node('h1', { 'eks.amazonaws.com/compute-type': 'hybrid' })], networkPolicies: [denyAll('shop')] },
      findings: [{ ...found('hybrid/linux'), message: 'Policies have no effect on hybrid nodes: hybrid nodes need Cilium or Calico, and neither runs' }],
    },
    {
      name: 'a workload that a Fargate profile takes, by wildcards',
      sources: { ...ENFORCED, ...fargate, nodes: withFargate, networkPolicies: [denyAll('jobs-eu')], deployments: [deployment('jobs-eu', 'runner')] },
      findings: [{ ...found('fargate/linux'), message: 'Policies have no effect on Fargate: no engine enforces policies on Fargate; they select jobs-eu/runner there' }],
    },
  ],
} satisfies CheckCases;
