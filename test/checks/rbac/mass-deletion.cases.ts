import { massDeletion } from '../../../lambda/checks/rbac/mass-deletion.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: massDeletion,
  pass: [
    { name: 'another namespace by name in a RoleBinding, where it has no effect', sources: within('shop', user('alice'), rule('delete', '', 'namespaces', 'web')) },
    { name: 'a whole collection of namespaces by name, which no request asks for', sources: everywhere(user('alice'), rule('deletecollection', '', 'namespaces', 'shop')) },
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
      name: 'the namespace that it works in, by name',
      sources: within('shop', user('alice'), rule('delete', '', 'namespaces', 'shop')),
      findings: [{ resource: subject('User alice'), key: 'mass-deletion@shop', severity: 'medium', cause: 'Role shop/ops: mass-deletion' }],
    },
    {
      name: 'a namespace by name, by a ClusterRoleBinding; one that rules the cluster is worse',
      sources: everywhere(user('alice'), rule('delete', '', 'namespaces', 'shop,kube-system')),
      findings: [
        { resource: subject('User alice'), key: 'mass-deletion@kube-system', severity: 'high' },
        { resource: subject('User alice'), key: 'mass-deletion@shop', severity: 'medium', message: 'User alice may delete whole namespaces or kinds of resources in shop, by ClusterRoleBinding ops' },
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
