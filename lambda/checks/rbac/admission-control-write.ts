import { defineCheck } from '../define-check.ts';

/**
 * create, update or patch on mutating webhooks and policies, on APIServices or on CustomResourceDefinitions (their conversion webhook); the same, or
 * delete, on validating ones.
 */
export const admissionControlWrite = defineCheck({
  id: 'admission-control-write',
  revision: 2,
  area: 'rbac',
  title: 'Somebody may listen to or rewrite what enters the cluster',
  severity: 'critical',
  rationale:
    'A webhook receives every object that it asks for, Secrets included, and a mutating one changes it: it adds a container to every pod. Without the validating ones, what they forbade is allowed.',
  remediation: 'Leave webhooks, admission policies, APIServices and CustomResourceDefinitions to the pipeline that installs their owners, by resourceNames.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks',
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  ],
  controls: ['cis-eks-1.8.0/4.1.11', 'attack/T1546', 'ms-k8s/MS-TA9015'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['mutating-admission-write', 'api-service-write', 'validating-admission-write', 'custom-resource-definition-write'] as const)
      yield* rbacGrants.byPower[power];
  },
});
