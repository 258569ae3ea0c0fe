import { defineCheck } from '../define-check.ts';

/** create, update or patch on storage classes, CSI drivers, CSI nodes, volume attachments or contents of volume snapshots. */
export const storageObjectWrite = defineCheck({
  id: 'storage-object-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may change what volumes are made of',
  severity: 'medium',
  rationale:
    'A CSI driver object may ask for tokens of the pods that mount it, a snapshot content points to a disk of somebody else, an attachment takes a volume to another node.',
  remediation: 'Leave these kinds to the storage drivers and those who install them.',
  references: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#csi',
    'https://kubernetes-csi.github.io/docs/token-requests.html',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1530'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['storage-write'];
  },
});
