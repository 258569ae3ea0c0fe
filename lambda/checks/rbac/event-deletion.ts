import { defineCheck } from '../define-check.ts';

/** delete or deletecollection on events. */
export const eventDeletion = defineCheck({
  id: 'event-deletion',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may delete the traces of what happened',
  severity: 'low',
  rationale:
    'Events show what was pulled, started, refused and evicted: without them an intrusion is seen later, if at all.',
  remediation: 'Take delete on events from the role; events expire by themselves.',
  references: [
    'https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/',
  ],
  controls: ['attack/T1070', 'ms-k8s/MS-TA9022'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['event-deletion'];
  },
});
