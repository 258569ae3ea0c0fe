import { defineCheck } from '../define-check.ts';

/** create on persistentvolumes: a volume of type hostPath is not held back by pod security. */
export const persistentVolumeCreate = defineCheck({
  id: 'persistent-volume-create',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may mount any path of the nodes',
  severity: 'high',
  rationale:
    'A volume that holds a path of the node gives whoever claims it the files of the node, kubelet credentials included, whatever the pod security standard says.',
  remediation: 'Let people claim volumes, and a storage class with its driver create them.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation'],
  controls: ['cis-eks-1.8.0/4.1.9', 'nsa-1.2/pod-security', 'attack/T1611'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['persistent-volume-create'];
  },
});
