import type { V1DaemonSet } from '@kubernetes/client-node';
import { objectsOf, textOf } from '../../facts/as-read.ts';
import { GIVEN_ROLES_FIELDS, givenRoles } from '../../facts/identity/given-roles.ts';
import { hasNodesOnEc2, type OwnNodes } from '../../facts/identity/own-nodes.ts';
import { unsaid } from '../../facts/unsaid.ts';
import { compareText } from '../../model/compare-text.ts';
import type { Sources } from '../../model/sources.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The ServiceAccount of the DaemonSet aws-node has no role of its own, by annotation or by Pod Identity: it makes and changes network interfaces by the role of the node. Not where no
 * node on EC2 is the owner's: Fargate and Auto Mode run no aws-node, even if the DaemonSet is there.
 */
export const vpcCniOnNodeRole = defineCheck({
  id: 'vpc-cni-on-node-role',
  revision: 1,
  area: 'identity',
  title: 'Pods that reach the metadata service may change the network interfaces of nodes',
  severity: 'low',
  rationale: 'The VPC CNI needs rights to make, attach and change network interfaces of EC2. On the role of the nodes every pod that reaches the metadata service has them too.',
  remediation: 'Give the ServiceAccount aws-node a role of its own with AmazonEKS_CNI_Policy, by Pod Identity or the annotation, and take the policy from the role of the nodes.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html', 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  controls: ['cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1552.005'],
  needs: ['vpcCni', 'daemonSets', 'serviceAccounts', 'eksPodIdentityAssociations', 'eksNodegroups', 'ownNodes'],
  fields: { daemonSets: ['spec.template.spec.serviceAccountName', 'spec.template.spec.nodeSelector'], eksNodegroups: ['nodeRole'], ...GIVEN_ROLES_FIELDS },
  identity: { resource: 'the ServiceAccount', key: '`node-role`' },
  unjudged: (input) =>
    accountOnNodeRole(input) !== undefined && input.vpcCni.parked && !isParkedForAnother(input.daemonSets) ? [unsaid('daemonSets', 'a node selector keeps aws-node off some nodes, and whether it runs on others is not known')] : [],
  *evaluate(input) {
    const name = accountOnNodeRole(input);
    if (name === undefined || input.vpcCni.parked) return;
    yield {
      resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'kube-system', name },
      key: 'node-role',
      message: `The VPC CNI has no IAM role of its own (ServiceAccount kube-system/${name}): what it may do to network interfaces the role of its node may`,
      cause: 'the VPC CNI has the role of its node',
      evidence: { nodeRoles: [...new Set(objectsOf(input.eksNodegroups).flatMap(({ nodeRole }) => textOf(nodeRole) ?? []))].sort(compareText) },
    };
  },
});

interface Read extends Pick<Sources, 'daemonSets' | 'serviceAccounts' | 'eksPodIdentityAssociations' | 'eksNodegroups'> {
  readonly ownNodes: OwnNodes;
}

/** The account of aws-node, if that is there, there are nodes for it, and no role is given to the account. */
function accountOnNodeRole({ daemonSets, serviceAccounts, eksPodIdentityAssociations, eksNodegroups, ownNodes }: Read): string | undefined {
  const daemonSet = awsNodeOf(daemonSets);
  if (!daemonSet || !hasNodesOnEc2(eksNodegroups, ownNodes)) return undefined;
  const name = textOf(daemonSet.spec?.template?.spec?.serviceAccountName) ?? 'default';
  return givenRoles(serviceAccounts, eksPodIdentityAssociations).get(`kube-system/${name}`)?.length === 0 ? name : undefined;
}

function awsNodeOf(daemonSets: readonly V1DaemonSet[]): V1DaemonSet | undefined {
  return daemonSets.find(({ metadata }) => metadata?.namespace === 'kube-system' && metadata.name === 'aws-node');
}

/** Selectors that no node has, which the guides of other engines advise. https://docs.cilium.io/en/stable/installation/k8s-install-helm/ */
const OF_NO_NODE: readonly string[] = ['io.cilium/aws-node-enabled', 'non-calico'];

function isParkedForAnother(daemonSets: readonly V1DaemonSet[]): boolean {
  const selector = awsNodeOf(daemonSets)?.spec?.template?.spec?.nodeSelector;
  return OF_NO_NODE.some((key) => selector?.[key] !== undefined);
}
