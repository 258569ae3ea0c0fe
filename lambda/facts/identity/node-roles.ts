import type { EksCluster, EksFargateProfile, EksNodegroup } from '../../model/eks.ts';
import { objectsOf, textOf } from '../as-read.ts';
import { principalOf } from './principal-arn.ts';

/** The roles that EKS knows nodes and Fargate pods to have, as `Principal.compared`. Of nodes that other tools made it says nothing. */
export function nodeRoles({ computeConfig }: EksCluster, nodegroups: readonly EksNodegroup[], profiles: readonly EksFargateProfile[]): ReadonlySet<string> {
  const arns = [computeConfig?.nodeRoleArn, ...objectsOf(nodegroups).map(({ nodeRole }) => nodeRole), ...objectsOf(profiles).map(({ podExecutionRoleArn }) => podExecutionRoleArn)];
  return new Set(arns.flatMap((arn) => principalOf(textOf(arn) ?? '')?.compared ?? []));
}
