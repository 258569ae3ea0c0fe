import { vpcCniOnNodeRole } from '../../../lambda/checks/identity/vpc-cni-on-node-role.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, account, accountResource } from './identity-objects.ts';

const daemonSet = (spec: object = {}) => [{ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { serviceAccountName: 'aws-node', ...spec } } } }] as unknown as NonNullable<GivenSources['daemonSets']>;
const node = (labels: Record<string, string>) => ({ metadata: { name: 'n', labels: { 'kubernetes.io/os': 'linux', ...labels } } });
const eksNodegroups = [{ nodegroupName: 'blue', nodeRole: `${ROLE}node` }];
const cni = (more: GivenSources = {}): GivenSources => ({ daemonSets: daemonSet(), serviceAccounts: [account('kube-system/aws-node')], eksNodegroups, ...more });
const found = { resource: accountResource('kube-system/aws-node'), key: 'node-role' };

export const cases = {
  check: vpcCniOnNodeRole,
  pass: [
    { name: 'a role by annotation', sources: cni({ serviceAccounts: [account('kube-system/aws-node', `${ROLE}cni`)] }) },
    { name: 'a role by Pod Identity', sources: cni({ eksPodIdentityAssociations: [{ namespace: 'kube-system', serviceAccount: 'aws-node', roleArn: `${ROLE}cni` }] }) },
    { name: 'no aws-node: Auto Mode alone', sources: cni({ daemonSets: [] }) },
    { name: 'an aws-node that is left over, without nodes of its own', sources: cni({ eksNodegroups: [], nodes: [node({ 'eks.amazonaws.com/compute-type': 'auto' }), node({ 'eks.amazonaws.com/compute-type': 'fargate' })] }) },
    { name: 'kept off all nodes for another engine', sources: cni({ daemonSets: daemonSet({ nodeSelector: { 'io.cilium/aws-node-enabled': 'true' } }) }) },
    { name: 'an account that is not there', sources: cni({ serviceAccounts: [account('other/aws-node')] }) },
  ],
  fail: [
    {
      name: 'no role',
      sources: cni(),
      findings: [
        {
          ...found,
          message: 'The VPC CNI has no IAM role of its own (ServiceAccount kube-system/aws-node): what it may do to network interfaces the role of its node may',
          cause: 'the VPC CNI has the role of its node',
        },
      ],
    },
    { name: 'roles of other accounts', sources: cni({ serviceAccounts: [account('kube-system/aws-node'), account('shop/aws-node', `${ROLE}cni`)], eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'aws-node', roleArn: `${ROLE}cni` }] }), findings: [found] },
    { name: "another account of the owner's", sources: cni({ daemonSets: daemonSet({ serviceAccountName: 'cni' }), serviceAccounts: [account('kube-system/aws-node', `${ROLE}cni`), account('kube-system/cni')] }), findings: [{ ...found, resource: accountResource('kube-system/cni') }] },
    { name: 'nodes that EKS did not make', sources: cni({ eksNodegroups: [], nodes: [node({})] }), findings: [found] },
    { name: 'none at the moment, but Karpenter', sources: cni({ eksNodegroups: [], deployments: [{ metadata: { namespace: 'infra', name: 'karpenter' } }] }), findings: [found] },
  ],
} satisfies CheckCases;
