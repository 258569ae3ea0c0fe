import { massDeletion } from '../../../lambda/checks/rbac/mass-deletion.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: massDeletion,
  pass: [
    { name: 'the namespace that it works in, by name', sources: within('shop', user('alice'), rule('delete', '', 'namespaces', 'shop')) },
    { name: 'definitions in a RoleBinding, where they are inert', sources: within('shop', user('alice'), rule('delete', 'apiextensions.k8s.io', 'customresourcedefinitions')) },
    { name: 'one definition by name', sources: everywhere(user('alice'), rule('delete', 'apiextensions.k8s.io', 'customresourcedefinitions', 'widgets.example.com')) },
    { name: 'custom resources', sources: everywhere(user('alice'), rule('delete', 'example.com', 'widgets')) },
  ],
  fail: [
    {
      name: 'namespaces',
      sources: everywhere(user('alice'), rule('delete', '', 'namespaces')),
      findings: [
        { resource: subject('User alice'), key: 'mass-deletion@cluster', message: 'User alice may delete whole namespaces or kinds of resources in every namespace, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'its own namespace: for it a RoleBinding is enough',
      sources: within('shop', user('alice'), rule('delete', '', 'namespaces')),
      findings: [
        { resource: subject('User alice'), key: 'mass-deletion@shop', severity: 'medium' },
      ],
    },
    {
      name: 'definitions',
      sources: everywhere(user('alice'), rule('deletecollection', 'apiextensions.k8s.io', 'customresourcedefinitions')),
      findings: [
        { resource: subject('User alice'), key: 'mass-deletion@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
