import { defineCheck } from '../define-check.ts';

/** delete on namespaces or on CustomResourceDefinitions: everything in them goes too. */
export const massDeletion = defineCheck({
  id: 'mass-deletion',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may delete a namespace or a kind with everything in it',
  severity: 'high',
  rationale:
    'A namespace takes its workloads, Secrets and volume claims with it, a definition every object of its kind: one request destroys what only a backup brings back.',
  remediation: 'Leave both to a role that people take for the time they need it.',
  references: [
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/',
  ],
  controls: ['attack/T1485', 'ms-k8s/MS-TA9038'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['mass-deletion'];
  },
});
