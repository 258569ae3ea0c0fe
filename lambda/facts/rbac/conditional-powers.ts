import type { Power } from './powers.ts';

/** Not powers by RBAC alone: their checks ask the API server's version, the EKS side or labels too, and answer for every kind of subject. */
export const CONDITIONAL_POWERS: ReadonlySet<Power> = new Set([
  'pod-exec-by-get',
  'pod-port-forward-by-get',
  'constrained-impersonation',
  'pod-certificate-signing',
  'device-admin-access',
  'aws-auth-update',
  'aws-auth-create',
]);
