import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import type { Check } from '../../../lambda/checks/define-check.ts';
import { controllerOnNodeRole } from '../../../lambda/checks/identity/controller-on-node-role.ts';
import { nodeAccessEntryUnused } from '../../../lambda/checks/identity/node-access-entry-unused.ts';
import { vpcCniOnNodeRole } from '../../../lambda/checks/identity/vpc-cni-on-node-role.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { ROLE, account, eksCluster, entries } from './identity-objects.ts';

function judged(check: Check, sources: GivenSources) {
  const { outcomes, findings } = assess(snapshotOf(sources), [check]);
  return { outcome: outcomes[0]!.outcome, unread: outcomes[0]!.unread.map(({ source }) => source), findings: findings.map(({ resource, key }) => `${resource.name}:${key}`) };
}

describe('the role of the VPC CNI is neither a finding nor a pass', () => {
  const awsNode = (nodeSelector: Record<string, string>) => ({ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { serviceAccountName: 'aws-node', nodeSelector, containers: [] } }, selector: {} } });
  const sources = { daemonSets: [awsNode({})], serviceAccounts: [account('kube-system/aws-node')], eksNodegroups: [{ nodegroupName: 'blue', nodeRole: `${ROLE}node` }] };

  test('where it may run nowhere', () => {
    expect(judged(vpcCniOnNodeRole, { ...sources, daemonSets: [awsNode({ pool: 'a' })] })).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
  });

  test('where what could give it one was not read', () => {
    for (const source of ['serviceAccounts', 'eksPodIdentityAssociations', 'eksNodegroups', 'nodes', 'deployments', 'daemonSets'] as const) {
      const { outcome, findings } = judged(vpcCniOnNodeRole, { ...sources, [source]: refused('forbidden', 'may not list') });
      expect([source, outcome, findings]).toEqual([source, 'not-evaluated', []]);
    }
  });
});

describe('an entry of nodes is neither found nor passed', () => {
  const entry = (type: string) => ({ principalArn: `${ROLE}left`, type });
  const node = (os: string, more: Record<string, string> = {}) => ({ metadata: { name: 'n', labels: { 'kubernetes.io/os': os, ...more } } });
  const hybrid = { remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: ['10.200.0.0/16'] }] } };

  test.each<[string, GivenSources, string]>([
    ['where nodes are there whose role nothing says', { ...entries(entry('EC2_LINUX')), nodes: [node('linux')] }, 'nodes'],
    ['where such Windows nodes are there', { ...entries(entry('EC2_WINDOWS')), nodes: [node('windows')] }, 'nodes'],
    ['where Karpenter makes nodes', { ...entries(entry('EC2_LINUX')), deployments: [{ metadata: { namespace: 'infra', name: 'karpenter' } }] }, 'deployments'],
    ['where a NodeClass has an instance profile', { ...entries(entry('EC2')), nodeClasses: [{ metadata: { name: 'own' }, spec: { instanceProfile: 'left' } }] }, 'nodeClasses'],
    ['where hybrid nodes may have either of two roles', { ...entries(entry('HYBRID_LINUX'), { ...entry('HYBRID_LINUX'), principalArn: `${ROLE}other` }), eksCluster: eksCluster('API', hybrid), nodes: [node('linux', { 'eks.amazonaws.com/compute-type': 'hybrid' })] }, 'eksCluster'],
    ['where hybrid nodes may come', { ...entries(entry('HYBRID_LINUX')), eksCluster: eksCluster('API', hybrid) }, 'eksCluster'],
  ])('%s', (_, sources, source) => {
    const { unread, ...rest } = judged(nodeAccessEntryUnused, sources);
    expect([...new Set(unread)]).toEqual([source]);
    expect(rest).toEqual({ outcome: 'not-evaluated', findings: [] });
  });

  test('where what could give it nodes was not read', () => {
    for (const source of ['eksNodegroups', 'eksFargateProfiles', 'eksAccessEntries', 'nodes', 'deployments', 'nodeClasses'] as const) {
      const { outcome, findings } = judged(nodeAccessEntryUnused, { ...entries(entry('FARGATE_LINUX')), [source]: refused('forbidden', 'may not list') });
      expect([source, outcome, findings]).toEqual([source, 'not-evaluated', []]);
    }
  });
});

describe('the rights of a controller are neither a finding nor a pass', () => {
  const controller = (more: object): NonNullable<GivenSources['deployments']> =>
    [{ metadata: { namespace: 'infra', name: 'c' }, spec: { template: { spec: { serviceAccountName: 'c', containers: [{ name: 'c', image: 'public.ecr.aws/karpenter/controller:1.14.1', ...more }] } } } }] as unknown as NonNullable<GivenSources['deployments']>;
  const sources = { deployments: controller({}), serviceAccounts: [account('infra/c')], eksNodegroups: [{ nodegroupName: 'blue', nodeRole: `${ROLE}node` }] };
  const withRole = { ...sources, serviceAccounts: [account('infra/c', `${ROLE}c`)] };

  test('where a Secret may hold a key', () => {
    expect(judged(controllerOnNodeRole, { ...sources, deployments: controller({ envFrom: [{ secretRef: { name: 'aws' } }] }) })).toEqual({ outcome: 'not-evaluated', unread: ['deployments'], findings: [] });
  });

  test('where a policy of its role was not read, or depends on a condition', () => {
    const unread = { RolePolicyList: [], AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::111122223333:policy/own' }] };
    const conditional = { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: { Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } } } }], AttachedManagedPolicies: [] };
    for (const policies of [unread, conditional]) {
      const { unread: missing, ...rest } = judged(controllerOnNodeRole, { ...withRole, iamRoles: [{ Arn: `${ROLE}c`, RoleName: 'c', ...policies }] });
      expect([...new Set(missing)]).toEqual(['iamPolicies']);
      expect(rest).toEqual({ outcome: 'not-evaluated', findings: [] });
    }
  });

  test('where what could give it a role was not read', () => {
    for (const source of ['eksCluster', 'serviceAccounts', 'eksPodIdentityAssociations', 'eksNodegroups', 'eksFargateProfiles', 'nodes', 'deployments'] as const) {
      const { outcome, findings } = judged(controllerOnNodeRole, { ...sources, [source]: refused('forbidden', 'may not list') });
      expect([source, outcome, findings]).toEqual([source, 'not-evaluated', []]);
    }
  });

  test('where its role was not read, and what is known without it stands', () => {
    expect(judged(controllerOnNodeRole, { ...withRole, iamRoles: refused('forbidden', 'may not get') })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
    expect(judged(controllerOnNodeRole, { ...sources, iamRoles: refused('forbidden', 'may not get') })).toMatchObject({ outcome: 'fail', findings: ['c:node-role'] });
  });
});
