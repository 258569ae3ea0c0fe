import { mappedPrincipalAdmin } from '../../../lambda/checks/identity/mapped-principal-admin.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import { CLUSTER_ADMIN, bind, bindCluster, group, user } from '../rbac/rbac-objects.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries, principal } from './identity-objects.ts';

const bound = (...bindings: readonly ReturnType<typeof bindCluster>[]): GivenSources => ({ clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [...bindings] });
const OPS = bound(bindCluster('ops', 'cluster-admin', group('ops')));
const DEV = { resource: principal('Role', `${ROLE}dev`), key: 'cluster-admin@cluster' } as const;
const inGroup = (...groups: readonly string[]) => entries({ principalArn: `${ROLE}dev`, groups });

export const cases = {
  check: mappedPrincipalAdmin,
  pass: [
    { name: 'another group', sources: { ...OPS, ...inGroup('devs') } },
    { name: 'a namespace that does not rule the cluster', sources: { clusterRoles: [CLUSTER_ADMIN], roleBindings: [bind('shop', 'ops', 'ClusterRole cluster-admin', group('ops'))], ...inGroup('ops') } },
    { name: 'system:masters beside it', sources: { ...OPS, ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}dev`, username: 'dev', groups: ['ops', 'system:masters'] }]) }) } },
    { name: 'an access policy beside it', sources: { ...OPS, ...entries({ principalArn: `${ROLE}dev`, groups: ['ops'], policies: { AmazonEKSClusterAdminPolicy: [] } }) } },
    { name: 'the add-on manager of EKS, whose right is there by default', sources: { ...bound(bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager'))), ...entries({ principalArn: `${ROLE}dev`, username: 'eks:addon-manager' }) } },
    { name: 'everyone who is signed in: that is told as that', sources: { ...bound(bindCluster('all', 'cluster-admin', group('system:authenticated'))), ...inGroup('ops') } },
  ],
  fail: [
    {
      name: 'by a group of its entry',
      sources: { ...OPS, ...inGroup('ops') },
      findings: [
        {
          ...DEV,
          message: 'IAM role dev of account 111122223333 signs in as Group ops, by its access entry: Group ops is cluster-admin, by ClusterRoleBinding ops',
          cause: 'ClusterRole cluster-admin: cluster-admin',
        },
      ],
    },
    { name: 'by its name in aws-auth', sources: { ...bound(bindCluster('ops', 'cluster-admin', user('dev'))), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}dev`, username: 'dev' }]) }) }, findings: [DEV] },
    {
      name: 'by a name of its session',
      sources: { ...bound(bindCluster('ops', 'cluster-admin', user('boss'))), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}dev`, username: '{{SessionName}}' }]) }) },
      findings: [{ ...DEV, message: 'IAM role dev of account 111122223333 may sign in as User boss, by aws-auth and the name of its session: User boss is cluster-admin, by ClusterRoleBinding ops' }],
    },
    {
      name: 'a namespace that rules the cluster',
      sources: { clusterRoles: [CLUSTER_ADMIN], roleBindings: [bind('kube-system', 'ops', 'ClusterRole cluster-admin', group('ops'))], ...inGroup('ops') },
      findings: [{ ...DEV, key: 'namespace-admin@kube-system' }],
    },
  ],
} satisfies CheckCases;
