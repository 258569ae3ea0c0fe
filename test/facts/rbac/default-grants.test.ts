import { describe, expect, test } from '@jest/globals';
import type * as k8s from '@kubernetes/client-node';
import { ADDON_DEFAULTS } from '../../../lambda/facts/rbac/defaults/addon-defaults.ts';
import { EKS_DEFAULTS } from '../../../lambda/facts/rbac/defaults/eks-defaults.ts';
import { KUBERNETES_DEFAULTS } from '../../../lambda/facts/rbac/defaults/kubernetes-defaults.ts';
import { danglingRoles } from '../../../lambda/facts/rbac/dangling-roles.ts';
import { POWERS } from '../../../lambda/facts/rbac/powers.ts';
import { rbacGrants } from '../../../lambda/facts/rbac/rbac-grants.ts';
import type { RbacGrants } from '../../../lambda/facts/rbac/right.ts';
import { widenedRoles } from '../../../lambda/facts/rbac/widened-roles.ts';
import { collected } from '../../../lambda/model/collected.ts';

const TABLES = { Kubernetes: KUBERNETES_DEFAULTS, EKS: EKS_DEFAULTS, 'add-ons': ADDON_DEFAULTS };
const ROLES = Object.values(TABLES).flatMap(({ roles }) => roles);
const BINDINGS = Object.values(TABLES).flatMap(({ bindings }) => bindings);

function nameOf(text: string): { kind: string; metadata: { name: string; namespace?: string } } {
  const [kind, rest] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)];
  if (kind.startsWith('Cluster') || kind === 'User' || kind === 'Group') return { kind, metadata: { name: rest } };
  return { kind, metadata: { namespace: rest.slice(0, rest.indexOf('/')), name: rest.slice(rest.indexOf('/') + 1) } };
}

function ruleOf(text: string): k8s.V1PolicyRule {
  const [verbs = '', groups = '', resources = '', names = '', urls = ''] = text.split(';');
  if (urls !== '') return { verbs: verbs.split(','), nonResourceURLs: urls.split(',') };
  return {
    verbs: verbs.split(','),
    apiGroups: groups.split(','),
    resources: resources.split(','),
    ...(names === '' ? {} : { resourceNames: names.split(',') }),
  };
}

/** A cluster that holds exactly the shipped objects; `rules` and `subjects` may alter them. */
function shipped(
  alter: {
    rules?: (role: string, rules: k8s.V1PolicyRule[]) => k8s.V1PolicyRule[];
    subjects?: (binding: string, subjects: k8s.RbacV1Subject[]) => k8s.RbacV1Subject[];
  } = {},
) {
  const byText = new Map<string, k8s.V1PolicyRule[]>();
  for (const [role, rules] of ROLES) byText.set(role, [...(byText.get(role) ?? []), ...(rules ?? []).map(ruleOf)]);
  const objects = [
    ...[...byText].map(([text, rules]) => ({ ...nameOf(text), rules: alter.rules?.(text, rules) ?? rules })),
    ...BINDINGS.map(([binding, role, subjects]) => {
      const named = subjects.map(nameOf).map(({ kind, metadata }) => ({ kind, ...metadata }));
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: nameOf(role).kind, name: nameOf(role).metadata.name };
      return { ...nameOf(binding), roleRef, subjects: alter.subjects?.(binding, named) ?? named };
    }),
  ];
  const of = <T>(kind: string) => collected(objects.filter((object) => object.kind === kind) as unknown as readonly T[]);
  return {
    clusterRoles: of<k8s.V1ClusterRole>('ClusterRole'),
    roles: of<k8s.V1Role>('Role'),
    clusterRoleBindings: of<k8s.V1ClusterRoleBinding>('ClusterRoleBinding'),
    roleBindings: of<k8s.V1RoleBinding>('RoleBinding'),
  };
}

function allKeys(grants: RbacGrants): readonly string[] {
  const rights = [...POWERS.flatMap((power) => grants.byPower[power]), ...grants.ofNamespaces, ...grants.ofEveryone, ...grants.anonymous, ...grants.masters];
  return rights.map(({ resource, key }) => `${resource.kind} ${resource.name} ${key}`).sort();
}

describe('objects that come with Kubernetes, EKS and its add-ons', () => {
  test('the tables are there and name no binding without its role twice', () => {
    expect(BINDINGS.length).toBeGreaterThan(100);
    expect(ROLES.length).toBeGreaterThan(150);
    const pairs = BINDINGS.map(([binding, role]) => `${binding} ${role}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('give no finding as they come', () => {
    const lists = shipped();
    expect(allKeys(rbacGrants.derive(lists))).toEqual([]);
    expect(rbacGrants.derive(lists).onEks).toBe(true);
    expect(widenedRoles.derive({ clusterRoles: lists.clusterRoles.ok ? lists.clusterRoles.value : [] })).toEqual([]);
    // Roles that EKS keeps elsewhere are missing in no cluster that it made; nobody can repair such a binding.
    expect(danglingRoles.derive(lists)).toEqual([]);
  });

  test('give one for whoever was added to a powerful one', () => {
    const lists = shipped({
      subjects: (binding, subjects) =>
        binding === 'ClusterRoleBinding system:kube-controller-manager' ? [...subjects, { kind: 'User', name: 'mallory' }] : subjects,
    });
    expect(allKeys(rbacGrants.derive(lists))).toEqual([
      'User mallory read-all@cluster',
      'User mallory service-account-token-by-secret@cluster',
      'User mallory service-account-token-create@cluster',
      'User mallory service-account-write@cluster',
    ]);
  });

  test('give one for the rule that was added, and for nothing else', () => {
    const added = { verbs: ['create'], apiGroups: [''], resources: ['pods/exec'] };
    const lists = shipped({ rules: (role, rules) => (role === 'ClusterRole ebs-external-provisioner-role' ? [...rules, added] : rules) });
    expect(allKeys(rbacGrants.derive(lists))).toEqual(['ServiceAccount ebs-csi-controller-sa pod-exec@cluster']);
  });

  test('are recognised as a part of what somebody holds: an own binding of the same power is no news', () => {
    const lists = shipped();
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
    const again = { kind: 'ClusterRoleBinding', metadata: { name: 'again' }, roleRef, subjects: [{ kind: 'User', name: 'eks:addon-manager' }] };
    const more = { ...lists, clusterRoleBindings: collected([...(lists.clusterRoleBindings.ok ? lists.clusterRoleBindings.value : []), again]) };
    expect(allKeys(rbacGrants.derive(more))).toEqual([]);
  });
});
