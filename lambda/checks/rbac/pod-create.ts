import { defineCheck } from '../define-check.ts';

/**
 * create on pods, or create, update or patch on a controller of them, those of Argo, Knative, Tekton, Kubeflow, Ray, Spark, KubeVirt and their like
 * included: its template may name any ServiceAccount, Secret and volume of the namespace.
 */
export const podCreate = defineCheck({
  id: 'pod-create',
  revision: 2,
  area: 'rbac',
  title: 'Somebody may start pods as any account',
  severity: 'high',
  worstSeverity: 'critical',
  rationale:
    'A pod runs as whatever ServiceAccount of its namespace it names, mounts any Secret there, and takes the IAM role of that account; without pod security it takes the node as well.',
  remediation: 'Grant it only in namespaces whose accounts and Secrets the subject may have anyway, and enforce the restricted pod security standard there.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  controls: ['cis-eks-1.8.0/4.1.4', 'nsa-1.2/authentication', 'attack/T1610', 'ms-k8s/MS-TA9008'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['pod-create'];
  },
});
