import type { EksCluster, EksFargateProfile, EksNodegroup } from '../../model/eks.ts';
import { objectsOf, textOf } from '../as-read.ts';
import { principalOf } from './principal-arn.ts';

/** What AWS maps nodes to. https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html, .../windows-support.html, .../fargate-getting-started.html */
export const GROUPS_OF_NODES: ReadonlySet<string> = new Set(['system:bootstrappers', 'system:nodes', 'system:node-proxier', 'eks:kube-proxy-windows']);
/** The roles that EKS knows nodes and Fargate pods to have, as `Principal.compared`. Of nodes that other tools made it says nothing. */
export function nodeRoles({ computeConfig }: EksCluster, nodegroups: readonly EksNodegroup[], profiles: readonly EksFargateProfile[]): ReadonlySet<string> {
  const arns = [computeConfig?.nodeRoleArn, ...objectsOf(nodegroups).map(({ nodeRole }) => nodeRole), ...objectsOf(profiles).map(({ podExecutionRoleArn }) => podExecutionRoleArn)];
  return new Set(arns.flatMap((arn) => principalOf(textOf(arn) ?? '')?.compared ?? []));
}
