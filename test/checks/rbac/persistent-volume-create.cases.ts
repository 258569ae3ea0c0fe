import { persistentVolumeCreate } from '../../../lambda/checks/rbac/persistent-volume-create.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, bindCluster, clusterRole, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: persistentVolumeCreate,
  pass: [
    { name: 'claims', sources: within('shop', user('alice'), rule('create', '', 'persistentvolumeclaims')) },
    { name: 'inert in a RoleBinding', sources: within('shop', user('alice'), rule('create', '', 'persistentvolumes')) },
    {
      name: 'the EBS driver, as its chart makes it',
      sources: {
        clusterRoles: [clusterRole('ebs-external-provisioner-role', rule('get,list,watch,create,patch,delete', '', 'persistentvolumes'))],
        clusterRoleBindings: [bindCluster('ebs-csi-provisioner-binding', 'ebs-external-provisioner-role', account('kube-system', 'ebs-csi-controller-sa'))],
      },
    },
  ],
  fail: [
    {
      name: 'create',
      sources: everywhere(user('alice'), rule('create', '', 'persistentvolumes')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'persistent-volume-create@cluster',
          message: 'User alice may create volumes that hold any path of a node, by ClusterRoleBinding ops',
        },
      ],
    },
  ],
} satisfies CheckCases;
