import type { V1ServiceAccount } from '@kubernetes/client-node';
import type { Workload } from './workload.ts';

/**
 * Finds whether the pods of a workload are given a token of the API server: their own word counts before that of their ServiceAccount, and without either they are. One that is projected by hand is not seen.
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 */
export function tokenFinder(accounts: readonly V1ServiceAccount[]): (workload: Workload) => boolean {
  const tokenless = new Set(accounts.filter(({ automountServiceAccountToken }) => automountServiceAccountToken === false).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`));
  return ({ spec, resource, serviceAccount }) =>
    typeof spec.automountServiceAccountToken === 'boolean' ? spec.automountServiceAccountToken : !tokenless.has(`${resource.namespace}/${serviceAccount}`);
}
