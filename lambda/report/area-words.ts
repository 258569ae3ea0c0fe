import type { CheckArea } from '../checks/define-check.ts';

/** Areas as people know them, in the order in which they are shown. */
export const AREA_WORDS: { readonly [A in CheckArea]: string } = {
  'api-server': 'API server and control plane',
  identity: 'IAM and the cluster',
  rbac: 'Rights (RBAC)',
  network: 'Network policies and exposure',
  workload: 'Workloads',
};
