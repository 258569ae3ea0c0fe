import { admissionControlWrite } from '../../../lambda/checks/rbac/admission-control-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: admissionControlWrite,
  pass: [
    {
      name: 'definitions of resources: one by name, their status, in a RoleBinding',
      sources: {
        ...everywhere(
          user('alice'),
          rule('create,update', 'apiextensions.k8s.io', 'customresourcedefinitions', 'widgets.example.com'),
          rule('update', 'apiextensions.k8s.io', 'customresourcedefinitions/status'),
        ),
        ...within('shop', user('alice'), rule('create', 'apiextensions.k8s.io', 'customresourcedefinitions')),
      },
    },
    { name: 'reading', sources: everywhere(user('alice'), rule('get,list,watch', 'admissionregistration.k8s.io', '*')) },
    { name: 'inert in a RoleBinding', sources: within('shop', user('alice'), rule('*', 'admissionregistration.k8s.io', '*')) },
    {
      name: 'delete of a mutating webhook',
      sources: everywhere(user('alice'), rule('delete', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations')),
    },
  ],
  fail: [
    {
      name: 'definitions of resources, whose conversion sees every object',
      sources: everywhere(user('alice'), rule('patch', 'apiextensions.k8s.io', 'customresourcedefinitions')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'custom-resource-definition-write@cluster',
          severity: 'high',
          message: 'User alice may read and change every custom resource through the conversion of its kind, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'mutating contains validating',
      sources: everywhere(
        user('alice'),
        rule('create,update', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations,validatingwebhookconfigurations'),
      ),
      findings: [
        {
          resource: subject('User alice'),
          key: 'mutating-admission-write@cluster',
          message: 'User alice may read and rewrite every object on its way into the cluster, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'delete of a guard',
      sources: everywhere(user('alice'), rule('delete', 'admissionregistration.k8s.io', 'validatingadmissionpolicybindings')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'validating-admission-write@cluster',
          severity: 'high',
          message: 'User alice may switch off or listen to what guards the cluster at admission, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'one webhook by name, and an aggregated API',
      sources: everywhere(
        user('alice'),
        rule('patch', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'one'),
        rule('update', 'apiregistration.k8s.io', 'apiservices'),
      ),
      findings: [
        { resource: subject('User alice'), key: 'api-service-write@cluster' },
        { resource: subject('User alice'), key: 'mutating-admission-write@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
