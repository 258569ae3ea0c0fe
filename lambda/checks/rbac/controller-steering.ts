import { defineCheck } from '../define-check.ts';

/**
 * create, update or patch (on policies delete too) on custom resources of policy engines, of GitOps, of controllers that change AWS and of those
 * that fetch secrets or issue certificates.
 */
export const controllerSteering = defineCheck({
  id: 'controller-steering',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may act with the rights of a controller',
  severity: 'high',
  rationale:
    'A controller does what its objects say with rights that their writer has not: it deploys, makes nodes and IAM roles, copies secrets, or stops refusing what a policy forbids.',
  remediation: 'Let the pipeline that deploys these objects write them, and limit what each controller may do for whom (projects, tenants, conditions of stores).',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://argo-cd.readthedocs.io/en/stable/operator-manual/security/',
    'https://fluxcd.io/flux/security/',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1072'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['policy-engine-write', 'delivery-write', 'cloud-object-write', 'secret-source-write'] as const) yield* rbacGrants.byPower[power];
  },
});
