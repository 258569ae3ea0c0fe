import { storageObjectWrite } from '../../../lambda/checks/rbac/storage-object-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: storageObjectWrite,
  pass: [
    { name: 'reading', sources: everywhere(user('alice'), rule('get,list,watch', 'storage.k8s.io', 'storageclasses,csidrivers,volumeattachments')) },
    { name: 'inert in a RoleBinding', sources: within('shop', user('alice'), rule('create,patch', 'storage.k8s.io', 'storageclasses,csidrivers')) },
    { name: 'one of them by name, and a creation that has none', sources: everywhere(user('alice'), rule('create,patch', 'storage.k8s.io', 'csidrivers', 'mine')) },
    { name: 'the status alone', sources: everywhere(user('alice'), rule('patch', 'storage.k8s.io', 'volumeattachments/status')) },
    { name: 'claims of volumes', sources: everywhere(user('alice'), rule('create', '', 'persistentvolumeclaims'), rule('create', 'snapshot.storage.k8s.io', 'volumesnapshots')) },
  ],
  fail: [
    {
      name: 'drivers',
      sources: everywhere(user('alice'), rule('create', 'storage.k8s.io', 'csidrivers')),
      findings: [
        { resource: subject('User alice'), key: 'storage-write@cluster', message: 'User alice may change how and by which drivers volumes are made and attached, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'contents of snapshots',
      sources: everywhere(user('alice'), rule('update', 'snapshot.storage.k8s.io', 'volumesnapshotcontents')),
      findings: [
        { resource: subject('User alice'), key: 'storage-write@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
