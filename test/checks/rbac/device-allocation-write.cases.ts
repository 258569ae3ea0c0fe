import { deviceAllocationWrite } from '../../../lambda/checks/rbac/device-allocation-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: deviceAllocationWrite,
  pass: [
    { name: 'claims where none may have admin access', sources: { ...within('shop', user('alice'), rule('create', 'resource.k8s.io', 'resourceclaims,resourceclaimtemplates')), namespaces: [{ metadata: { name: 'lab', labels: { 'resource.kubernetes.io/admin-access': 'true' } } }, { metadata: { name: 'shop' } }] } },
    { name: 'claims that are there already', sources: { ...within('lab', user('alice'), rule('update', 'resource.k8s.io', 'resourceclaims')), namespaces: [{ metadata: { name: 'lab', labels: { 'resource.kubernetes.io/admin-access': 'true' } } }, { metadata: { name: 'shop' } }] } },
    { name: 'a driver of its own node', sources: everywhere(user('alice'), rule('associated-node:update', 'resource.k8s.io', 'resourceclaims/driver', 'gpu.example.com')) },
    { name: 'classes in a RoleBinding, where they are inert', sources: within('shop', user('alice'), rule('create', 'resource.k8s.io', 'deviceclasses,resourceslices')) },
  ],
  fail: [
    {
      name: 'allocation',
      sources: within('shop', user('alice'), rule('patch', 'resource.k8s.io', 'resourceclaims/status')),
      findings: [
        { resource: subject('User alice'), key: 'device-allocation-write@shop', message: 'User alice may decide which devices the pods in shop are given, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'a driver of every node',
      sources: everywhere(user('alice'), rule('arbitrary-node:update', 'resource.k8s.io', 'resourceclaims/driver', 'gpu.example.com')),
      findings: [
        { resource: subject('User alice'), key: 'device-allocation-write@cluster' },
      ],
    },
    {
      name: 'classes',
      sources: everywhere(user('alice'), rule('create', 'resource.k8s.io', 'deviceclasses')),
      findings: [
        { resource: subject('User alice'), key: 'device-allocation-write@cluster' },
      ],
    },
    {
      name: 'claims in a namespace whose label lets them have admin access',
      sources: { ...within('lab', user('alice'), rule('create', 'resource.k8s.io', 'resourceclaimtemplates')), namespaces: [{ metadata: { name: 'lab', labels: { 'resource.kubernetes.io/admin-access': 'true' } } }, { metadata: { name: 'shop' } }] },
      findings: [
        { resource: subject('User alice'), key: 'device-admin-access@lab', message: 'User alice may claim devices that are in use by others in lab, by RoleBinding lab/ops' },
      ],
    },
    {
      name: 'the same everywhere',
      sources: { ...everywhere(user('alice'), rule('create', 'resource.k8s.io', 'resourceclaims')), namespaces: [{ metadata: { name: 'lab', labels: { 'resource.kubernetes.io/admin-access': 'true' } } }, { metadata: { name: 'shop' } }] },
      findings: [
        { resource: subject('User alice'), key: 'device-admin-access@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
