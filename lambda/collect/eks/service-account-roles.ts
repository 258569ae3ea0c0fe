import type { CollectionPlan } from '../../model/collection-plan.ts';
import { project } from '../fields/field-tree.ts';
import { treeForSource } from '../fields/source-trees.ts';
import type { KubernetesRead } from '../kubernetes/read-kubernetes.ts';

/** https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
const ANNOTATION = 'eks.amazonaws.com/role-arn';

/** The plan, with what tells which roles ServiceAccounts have. */
export function withRoles(plan: CollectionPlan): CollectionPlan {
  return { ...plan, serviceAccounts: [...plan.serviceAccounts, `metadata.annotations["${ANNOTATION}"]`] };
}

/** ARNs that ServiceAccounts are annotated with, whatever they are worth: anybody who may write a ServiceAccount wrote them. Each once. */
export function rolesOfServiceAccounts({ serviceAccounts }: KubernetesRead): readonly string[] {
  if (!serviceAccounts.ok) return [];
  const named = serviceAccounts.value.map(({ metadata }) => metadata?.annotations?.[ANNOTATION]);
  return [...new Set(named.filter((arn) => typeof arn === 'string'))];
}

/** What was read by the plan with roles, trimmed to the plan that was asked for. */
export function withoutRoles(read: KubernetesRead, plan: CollectionPlan): KubernetesRead {
  if (!read.serviceAccounts.ok) return read;
  const tree = treeForSource(plan, 'serviceAccounts')(undefined);
  const value = read.serviceAccounts.value.map((account) => project(account, tree) as typeof account);
  return { ...read, serviceAccounts: { ...read.serviceAccounts, value } };
}
