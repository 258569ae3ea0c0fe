import { nodeAccessEntryUnused } from '../../../lambda/checks/identity/node-access-entry-unused.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, eksCluster, entries, principal } from './identity-objects.ts';

type Type = 'EC2' | 'EC2_LINUX' | 'EC2_WINDOWS' | 'FARGATE_LINUX' | 'HYBRID_LINUX';
const left = (type: Type, more: GivenSources = {}): GivenSources => ({ ...entries({ principalArn: `${ROLE}left`, type, username: 'system:node:{{SessionName}}', groups: ['system:nodes'] }), ...more });
const node = (labels: Record<string, string>) => ({ metadata: { name: 'n', labels: { 'kubernetes.io/os': 'linux', ...labels } } });
const nodeClass = (spec: object) => ({ metadata: { name: 'own' }, spec });
const HYBRID = { remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: ['10.200.0.0/16'] }] } };
const LEFT = { resource: principal('Role', `${ROLE}left`), key: 'nodes' } as const;

export const cases = {
  check: nodeAccessEntryUnused,
  pass: [
    { name: 'the role of a node group, by another path', sources: left('EC2_LINUX', { eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}path/left` }] }) },
    { name: 'the role of a Fargate profile', sources: left('FARGATE_LINUX', { eksFargateProfiles: [{ fargateProfileName: 'f', podExecutionRoleArn: `${ROLE}left` }] }) },
    { name: 'the role of Auto Mode', sources: left('EC2', { eksCluster: eksCluster('API', { computeConfig: { enabled: true, nodeRoleArn: `${ROLE}left` } }) }) },
    { name: 'the role of a NodeClass of the owner, by name', sources: left('EC2', { nodeClasses: [nodeClass({ role: 'left' })] }) },
    { name: 'the role of a NodeClass of the owner, by ARN', sources: left('EC2', { nodeClasses: [nodeClass({ role: `${ROLE}path/left` })] }) },
    { name: 'the only role that hybrid nodes can have', sources: left('HYBRID_LINUX', { eksCluster: eksCluster('API', HYBRID), nodes: [node({ 'eks.amazonaws.com/compute-type': 'hybrid' })] }) },
    { name: 'people', sources: entries({ principalArn: `${ROLE}ops`, groups: ['ops'] }) },
    { name: 'a role that was deleted: that entry lets nobody in', sources: entries({ principalArn: 'AROA1234567890EXAMPLE', type: 'FARGATE_LINUX' }) },
  ],
  fail: [
    {
      name: 'Fargate without a profile of that role',
      sources: left('FARGATE_LINUX', { eksFargateProfiles: [{ fargateProfileName: 'f', podExecutionRoleArn: `${ROLE}other` }] }),
      findings: [
        {
          ...LEFT,
          message: 'IAM role left of account 111122223333 has an access entry for pods on Fargate, and none has it: whoever takes it signs in as a node',
          cause: 'entry for pods on Fargate without any',
        },
      ],
    },
    { name: 'Auto Mode, with a role that is not its', sources: left('EC2', { eksCluster: eksCluster('API', { computeConfig: { enabled: true, nodeRoleArn: `${ROLE}auto` } }), nodeClasses: [nodeClass({ role: 'other' })] }), findings: [LEFT] },
    { name: 'hybrid nodes, without networks for them', sources: left('HYBRID_LINUX'), findings: [LEFT] },
    {
      name: 'Linux, with nodes of node groups and Auto Mode alone',
      sources: left('EC2_LINUX', { eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}node` }], nodes: [node({ 'eks.amazonaws.com/nodegroup': 'n' }), node({ 'eks.amazonaws.com/compute-type': 'auto' })] }),
      findings: [{ ...LEFT, severity: 'medium', message: 'IAM role left of account 111122223333 has an access entry for Linux nodes, and none that is there has it: whoever takes it signs in as a node' }],
    },
    { name: 'Windows, with Linux nodes of whatever role', sources: left('EC2_WINDOWS', { nodes: [node({})] }), findings: [{ ...LEFT, severity: 'medium' }] },
  ],
  notApplicable: [{ name: 'aws-auth alone', sources: awsAuth({}) }],
} satisfies CheckCases;
