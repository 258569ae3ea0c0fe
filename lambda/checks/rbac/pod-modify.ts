import { defineCheck } from '../define-check.ts';

/** update or patch on pods: the image of a running pod and its labels can be changed. */
export const podModify = defineCheck({
  id: 'pod-modify',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may put other code into running pods',
  severity: 'high',
  rationale: 'A changed image runs with the ServiceAccount of the pod; changed labels draw its traffic elsewhere and take network policies off it.',
  remediation: 'Grant change of the controllers to those who deploy, and of pods to nobody else.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  controls: ['nsa-1.2/authentication', 'attack/T1610'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['pod-modify'];
  },
});
