import { wildcardPermissions } from '../../../lambda/checks/rbac/wildcard-permissions.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, everywhere, group, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: wildcardPermissions,
  pass: [
    { name: 'a wildcard of one harmless group', sources: everywhere(user('alice'), rule('*', 'example.com', '*')) },
    { name: 'reading everything of one group', sources: everywhere(user('alice'), rule('get,list', 'apps', '*')) },
    { name: 'a wildcard of subresources', sources: everywhere(user('alice'), rule('get', '*', '*/scale')) },
    { name: 'everything of one name', sources: everywhere(user('alice'), rule('get', '*', '*', 'one')) },
    { name: 'every verb on ConfigMaps', sources: everywhere(user('alice'), rule('*', '', 'configmaps')) },
    { name: 'Secrets of another group', sources: everywhere(user('alice'), rule('*', 'example.com', 'secrets')) },
    { name: 'full control, of which another check speaks', sources: everywhere(user('alice'), rule('*', '*', '*')) },
  ],
  fail: [
    {
      name: 'reading everything is no read-only role',
      sources: everywhere(group('auditors'), rule('get,list,watch', '*', '*')),
      findings: [
        {
          resource: subject('Group auditors'),
          key: 'read-all@cluster',
          severity: 'critical',
          message: 'Group auditors may read everything in every namespace, Secrets included, by ClusterRoleBinding ops',
          cause: 'ClusterRole ops: read-all',
        },
      ],
    },
    {
      name: 'all verbs but the special ones, in a namespace',
      sources: within('shop', account(undefined, 'ci'), rule('get,list,watch,create,update,patch,delete', '*', '*')),
      findings: [
        {
          resource: subject('ServiceAccount shop/ci'),
          key: 'edit-all@shop',
          severity: 'high',
          message: 'ServiceAccount shop/ci may read and change everything in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'writing and deleting everything',
      sources: everywhere(user('alice'), rule('create', '', '*'), rule('delete', '*', '*')),
      findings: [
        { resource: subject('User alice'), key: 'write-all@cluster', severity: 'critical' },
        { resource: subject('User alice'), key: 'delete-all@cluster', severity: 'high' },
      ],
    },
    {
      name: 'every verb on Secrets and on pods, in place of the single powers',
      sources: within('shop', user('alice'), rule('*', '', 'secrets,pods')),
      findings: [
        { resource: subject('User alice'), key: 'pods-all@shop', severity: 'high' },
        {
          resource: subject('User alice'),
          key: 'secrets-all@shop',
          severity: 'high',
          message: 'User alice has every right on Secrets in shop, by RoleBinding shop/ops',
        },
      ],
    },
  ],
} satisfies CheckCases;
