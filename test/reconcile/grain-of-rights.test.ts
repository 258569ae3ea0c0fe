import { describe, expect, test } from '@jest/globals';
import type * as k8s from '@kubernetes/client-node';
import { assess } from '../../lambda/assess/assess.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { Change } from '../../lambda/model/change.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { compare } from '../../lambda/reconcile/compare.ts';
import { fold } from '../../lambda/reconcile/fold.ts';
import { ADMIN_RULES, EDIT_RULES } from '../checks/rbac/user-facing-roles.ts';
import { bind, bindCluster, clusterRole, group, rule, user } from '../checks/rbac/rbac-objects.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';
import { at } from './assessment-of.ts';
import { told } from './run-of.ts';

const RBAC_CHECKS = CHECKS.filter(({ area }) => area === 'rbac');
const ROLES = [
  clusterRole('admin', ...ADMIN_RULES),
  clusterRole('edit', ...EDIT_RULES),
  clusterRole('view', rule('get,list,watch', '', 'pods,services,configmaps')),
  clusterRole('deployer', rule('create,update,patch', 'apps', 'deployments'), rule('create,update,patch', '', 'services,configmaps')),
  clusterRole('debugger', rule('create', '', 'pods/exec,pods/portforward')),
  clusterRole('secret-reader', rule('get', '', 'secrets')),
];
const PROJECTS = 500;

/** Eight bindings a project: two each of admin and edit, one of each other role, to people and groups of the project. */
function projects(): k8s.V1RoleBinding[] {
  const uses = ['admin', 'admin', 'edit', 'edit', 'view', 'deployer', 'debugger', 'secret-reader'];
  return Array.from({ length: PROJECTS * uses.length }, (_, index) => {
    const project = `p${Math.floor(index / uses.length)}`;
    const use = index % uses.length;
    return bind(project, `b${use}`, `ClusterRole ${uses[use]!}`, use % 2 === 0 ? group(`${project}-g${use}`) : user(`${project}-u${use}`));
  });
}

const look = (given: GivenSources, minute: number): Assessment => assess(snapshotOf(given, { observedAt: at(minute) }), RBAC_CHECKS);

/** What each look after the first changes, and what the last left open. */
function changesOf(...worlds: readonly GivenSources[]): { readonly changes: readonly (readonly Change[])[]; readonly state: ClusterState } {
  let state: ClusterState | undefined;
  const changes: (readonly Change[])[] = [];
  for (const [index, world] of worlds.entries()) {
    const rows = compare(state, look(world, index), { run: '01K0000000000000000000000R', seq: index + 1 });
    if (index > 0) changes.push(rows.changes);
    state = fold(state, rows);
  }
  return { changes, state: state! };
}

const announced = (changes: readonly Change[]): string[] =>
  changes.filter(({ kind }) => !['updated', 'narrowed', 'absorbed'].includes(kind)).map((change) => `${told([change])[0]!} ${'finding' in change ? change.finding.key : ''}`);
const items = (assessment: Assessment): readonly string[] => [...new Set(assessment.findings.map(({ check, cause }) => `${check}: ${cause}`))].sort();

describe('500 projects with 4,000 RoleBindings to six ClusterRoles', () => {
  const bindings = projects();
  const world: GivenSources = { clusterRoles: ROLES, roleBindings: bindings };

  test('are a baseline of a few items', () => {
    expect(bindings).toHaveLength(4000);
    expect(items(look(world, 0))).toEqual([
      'cluster-admin-binding: ClusterRole admin: namespace-edit',
      'cluster-admin-binding: ClusterRole edit: namespace-edit',
      'pod-create: ClusterRole deployer: pod-create',
      'pod-exec: ClusterRole debugger: pod-exec',
      'pod-network-proxy: ClusterRole debugger: pod-network-proxy',
      'secrets-read: ClusterRole secret-reader: secrets-read',
      'service-traffic-write: ClusterRole deployer: service-address-write',
    ].sort());
  });

  test('and one more admin: one finding opens', () => {
    const more = bind('p7', 'new', 'ClusterRole admin', user('newcomer'));
    expect(changesOf(world, { ...world, roleBindings: [...bindings, more] }).changes.map(announced)).toEqual([
      ['opened (cluster) cluster-admin-binding newcomer high namespace-edit@p7'],
    ]);
  });
});

describe('a role that flows into edit, and from there into admin', () => {
  const extra = rule('escalate,update', 'rbac.authorization.k8s.io', 'roles');
  const extras = { ...clusterRole('team-extras', extra), metadata: { name: 'team-extras', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } } };
  const filled = ROLES.map((role) => (['admin', 'edit'].includes(role.metadata!.name!) ? { ...role, rules: [...role.rules!, extra] } : role));

  test('is one item of all who hold either, beside the one of the role itself', () => {
    const bindings = projects();
    const before = look({ clusterRoles: ROLES, roleBindings: bindings }, 0);
    const after = look({ clusterRoles: [...filled, extras], roleBindings: bindings }, 1);
    expect(items(after).filter((item) => !items(before).includes(item))).toEqual([
      'aggregated-role-widened: ClusterRole team-extras: rbac-escalation',
      'rbac-escalation: ClusterRole team-extras: rbac-escalation',
    ]);
    expect(after.findings.filter(({ check }) => check === 'rbac-escalation')).toHaveLength(4 * PROJECTS);
  });

  test('is not the cause of what Kubernetes gives anyway', () => {
    const both = { ...extras, rules: [rule('*', '', 'secrets'), rule('*', '', 'pods'), rule('*', 'apps', 'deployments')] };
    const wider = ROLES.map((role) => (role.metadata!.name === 'edit' ? { ...role, rules: [...role.rules!, ...both.rules] } : role));
    expect(items(look({ clusterRoles: [...wider, both], roleBindings: [bind('shop', 'a', 'ClusterRole edit', user('alice'))] }, 0))).toContain('cluster-admin-binding: ClusterRole edit: namespace-edit');
  });
});

describe('what gives nobody more is not told', () => {
  const twice = [bind('shop', 'a', 'ClusterRole admin', user('alice')), bind('shop', 'b', 'ClusterRole admin', user('alice'))];

  test('one of two bindings that give the same is removed', () => {
    const { changes, state } = changesOf({ clusterRoles: ROLES, roleBindings: twice }, { clusterRoles: ROLES, roleBindings: twice.slice(1) });
    expect(changes.map(announced)).toEqual([[]]);
    expect(state.findings.map(({ key }) => key)).toEqual(['namespace-edit@shop']);
  });

  test('one of two roles that give the same is removed, the stronger or the weaker', () => {
    const stronger = bind('shop', 'a', 'ClusterRole admin', user('alice'));
    const weaker = bind('shop', 'b', 'ClusterRole secret-reader', user('alice'));
    const both = { clusterRoles: ROLES, roleBindings: [stronger, weaker] };
    expect(changesOf(both, { ...both, roleBindings: [stronger] }).changes.map(announced)).toEqual([[]]);
    const { changes, state } = changesOf(both, { ...both, roleBindings: [weaker] }, both);
    expect(changes.map(told)).toEqual([
      ['resolved (cluster) cluster-admin-binding alice high', 'narrowed (cluster) secrets-read alice high'],
      ['reopened (cluster) cluster-admin-binding alice high', 'absorbed (cluster) secrets-read alice high'],
    ]);
    expect(state.findings.map(({ key }) => key)).toEqual(['namespace-edit@shop']);
  });

  test('a ClusterRoleBinding becomes RoleBindings, and comes back', () => {
    const wide = { clusterRoles: ROLES, clusterRoleBindings: [bindCluster('all', 'admin', user('alice'))] };
    const narrow = { clusterRoles: ROLES, roleBindings: ['shop', 'web'].map((namespace) => bind(namespace, 'some', 'ClusterRole admin', user('alice'))) };
    const { changes, state } = changesOf(wide, narrow, narrow, wide);
    expect(changes.map((rows) => [announced(rows), rows.length])).toEqual([
      [['resolved (cluster) cluster-admin-binding alice critical namespace-edit@cluster'], 3],
      [[], 0],
      [['reopened (cluster) cluster-admin-binding alice critical namespace-edit@cluster'], 3],
    ]);
    expect(state.findings.map(({ key }) => key)).toEqual(['namespace-edit@cluster']);
  });

  test('only of the same holder, and never of a graver right', () => {
    const reader = { clusterRoles: ROLES, roleBindings: [bind('shop', 'a', 'ClusterRole admin', user('alice'))] };
    const other = { clusterRoles: ROLES, roleBindings: [bind('shop', 'a', 'ClusterRole secret-reader', user('bob'))] };
    expect(changesOf(reader, other).changes.map(announced)).toEqual([
      ['resolved (cluster) cluster-admin-binding alice high namespace-edit@shop', 'opened (cluster) secrets-read bob high secrets-read@shop'],
    ]);
    const elsewhere = { clusterRoles: ROLES, roleBindings: [bind('kube-system', 'a', 'ClusterRole secret-reader', user('alice'))] };
    expect(changesOf(reader, elsewhere).changes.map(announced)).toEqual([
      ['resolved (cluster) cluster-admin-binding alice high namespace-edit@shop', 'opened (cluster) secrets-read alice critical secrets-read@kube-system'],
    ]);
  });
});
