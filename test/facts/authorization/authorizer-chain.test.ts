import { describe, expect, test } from '@jest/globals';
import { createAuthorizerChain, type Caller, type ChainDecision } from '../../../lambda/facts/authorization/authorizer-chain.ts';
import { policyHolders } from '../../../lambda/facts/authorization/policy-holders.ts';
import { accessPolicy } from '../../../lambda/facts/identity/access-policies/access-policy.ts';
import type { AccessScope } from '../../../lambda/facts/identity/access-policies/access-scope.ts';
import type { AuthenticationMode, ClusterIdentities, GrantedPolicy, MappedPrincipal } from '../../../lambda/facts/identity/cluster-identity.ts';
import { createAuthorizer } from '../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { refusalOfBindingWrite, refusalOfRoleWrite } from '../../../lambda/facts/rbac/authorizer/escalation-check.ts';
import { impersonated } from '../../../lambda/facts/rbac/authorizer/impersonation.ts';
import type { Request } from '../../../lambda/facts/rbac/authorizer/request.ts';
import { collected, refused } from '../../../lambda/model/collected.ts';
import type { Derived, Unread } from '../../../lambda/model/derived.ts';
import { CLUSTER_ADMIN, bindCluster, clusterRole, rule, user } from '../../checks/rbac/rbac-objects.ts';

const EVERYWHERE: AccessScope = { kind: 'cluster' };
const inNamespaces = (...patterns: string[]): AccessScope => ({ kind: 'namespaces', patterns });
const policy = (name: string, scope: AccessScope): GrantedPolicy => ({ policy: accessPolicy(`arn:aws:eks::aws:cluster-access-policy/${name}`), scope });

function principal(name: string, ...policies: GrantedPolicy[]): MappedPrincipal {
  return { arn: `arn:aws:iam::111122223333:role/${name}`, via: 'access-entry', entryType: 'STANDARD', username: name, groups: [], policies };
}

interface Given {
  readonly principals?: readonly MappedPrincipal[];
  readonly unread?: readonly Unread[];
  readonly mode?: AuthenticationMode;
  readonly minor?: number;
}

function chainOf({ principals = [], unread = [], mode = 'API', minor = 35 }: Given, identities?: Derived<ClusterIdentities>) {
  const derived: Derived<ClusterIdentities> = identities ?? { ok: true, value: { mode, partition: 'aws', account: '111122223333', principals, accounts: [], awsAuth: undefined, unsaid: [] }, unread };
  const rbac = createAuthorizer({
    clusterRoleBindings: collected([bindCluster('readers', 'reader', user('bob'))]),
    clusterRoles: collected([CLUSTER_ADMIN, clusterRole('reader', rule('get', '', 'pods'))]),
    roleBindings: collected([]),
    roles: collected([]),
  } as never);
  return createAuthorizerChain({ rbac, holders: policyHolders(derived, true), minor });
}

const get = (resource: string, namespace: string): Request => ({ verb: 'get', group: '', resource, subresource: '', name: 'x', namespace });
const callerOf = (who: MappedPrincipal): Caller => ({ identity: { user: who.username, groups: ['system:authenticated'] }, principals: [who] });
const answer = ({ answer: said, by, doubts }: ChainDecision): readonly unknown[] => [said, by?.via, doubts];

describe('one after the other', () => {
  test('masters, then access policies, then RBAC', () => {
    const dev = principal('dev', policy('AmazonEKSViewPolicy', inNamespaces('shop', 'dev-*')));
    const chain = chainOf({ principals: [dev] });
    expect(answer(chain.decide({ identity: { user: 'x', groups: ['system:masters'] }, principals: [] }, get('pods', 'shop')))).toEqual(['allowed', 'masters', []]);
    expect(chain.decide(callerOf(dev), get('pods', 'dev-1'))).toMatchObject({ answer: 'allowed', by: { via: 'access-policy', policy: 'AmazonEKSViewPolicy', principal: { arn: dev.arn } } });
    expect(answer(chain.decide(callerOf(dev), get('pods', 'web')))).toEqual(['denied', undefined, []]);
    expect(answer(chain.decide({ identity: { user: 'bob', groups: [] }, principals: [] }, get('pods', 'web')))).toEqual(['allowed', 'rbac', []]);
  });

  test('a policy of namespaces counts neither for all of them nor for addresses', () => {
    const all = principal('all', policy('AmazonEKSClusterAdminPolicy', inNamespaces('*')));
    const chain = chainOf({ principals: [all] });
    expect(chain.decide(callerOf(all), get('secrets', 'shop')).answer).toBe('allowed');
    expect(chain.decide(callerOf(all), get('nodes', '')).answer).toBe('denied');
    expect(chain.decide(callerOf(all), { verb: 'get', path: '/metrics' }).answer).toBe('denied');
    const everywhere = principal('everywhere', policy('AmazonEKSClusterAdminPolicy', EVERYWHERE));
    expect(chainOf({}).decide(callerOf(everywhere), { verb: 'get', path: '/metrics' }).answer).toBe('allowed');
  });

  test('unknown contents are unknown where they count, described ones at least what is described', () => {
    const unknown = principal('ack', policy('AmazonEKSACKPolicy', inNamespaces('shop')));
    expect(answer(chainOf({}).decide(callerOf(unknown), get('pods', 'shop')))).toEqual(['unknown', undefined, ['what AmazonEKSACKPolicy allows is not known']]);
    expect(answer(chainOf({}).decide(callerOf(unknown), get('pods', 'web')))).toEqual(['denied', undefined, []]);
    const described = principal('storage', policy('AmazonEKSBlockStorageClusterPolicy', EVERYWHERE));
    expect(chainOf({}).decide(callerOf(described), get('nodes', '')).answer).toBe('allowed');
    expect(answer(chainOf({}).decide(callerOf(described), get('secrets', 'shop')))).toEqual(['unknown', undefined, ['AWS only describes what AmazonEKSBlockStorageClusterPolicy allows']]);
    const nowhere = principal('nowhere', policy('AmazonEKSViewPolicy', { kind: 'unsaid' }));
    expect(answer(chainOf({}).decide(callerOf(nowhere), get('pods', 'shop')))).toEqual(['unknown', undefined, ['it is not said where AmazonEKSViewPolicy counts']]);
    expect(chainOf({}).decide(callerOf(nowhere), get('secrets', 'shop')).answer).toBe('denied');
  });

  test('nodes are allowed what is theirs; of what their pods use the API server alone knows', () => {
    const node: Caller = { identity: { user: 'system:node:a', groups: ['system:nodes', 'system:authenticated'] }, principals: [] };
    expect(answer(chainOf({}).decide(node, get('nodes', '')))).toEqual(['denied', undefined, []]);
    expect(answer(chainOf({}).decide(node, { ...get('nodes', ''), name: 'a' } as Request))).toEqual(['allowed', 'node', []]);
    expect(answer(chainOf({}).decide(node, get('secrets', 'shop')))).toEqual(['unknown', undefined, ['a node may, where its pods use it']]);
  });

  test('an impersonated user has RBAC alone', () => {
    const dev = principal('dev', policy('AmazonEKSClusterAdminPolicy', EVERYWHERE));
    expect(chainOf({ principals: [dev] }).decide({ identity: impersonated({ username: 'dev' }), principals: [] }, get('secrets', 'shop')).answer).toBe('denied');
  });
});

describe('what was not read of IAM', () => {
  const missing: Unread = { source: 'eksAccessEntries', reason: refused('forbidden', 'no').reason };
  const alice: Caller = { identity: { user: 'alice', groups: ['system:authenticated'] }, principals: [] };

  test('leaves a user unknown, and no account, group, or stranger', () => {
    expect(chainOf({ unread: [missing] }).decide(alice, get('secrets', 'shop'))).toMatchObject({ answer: 'unknown', unread: [missing] });
    for (const name of ['system:serviceaccount:shop:web', 'system:anonymous', undefined]) {
      expect(chainOf({ unread: [missing] }).decide({ identity: { user: name, groups: [] }, principals: [] }, get('secrets', 'shop'))).toMatchObject({ answer: 'denied', unread: [] });
    }
  });

  test('does not matter where the cluster has no access entries, or is none of EKS', () => {
    expect(chainOf({ unread: [missing], mode: 'CONFIG_MAP' }).decide(alice, get('secrets', 'shop')).answer).toBe('denied');
    const unread: Unread = { source: 'eksCluster', reason: refused('not-configured', 'no').reason };
    expect(policyHolders({ ok: false, unread: [unread] }, false).unread).toEqual([]);
    expect(policyHolders({ ok: false, unread: [unread] }, true).unread).toEqual([unread]);
  });

  test('aws-auth has no access policies in it', () => {
    const awsAuth: Unread = { ...missing, source: 'awsAuth' };
    const holders = policyHolders({ ok: true, value: { mode: 'CONFIG_MAP', partition: 'aws', account: '1', principals: [], accounts: [], awsAuth: undefined, unsaid: [] }, unread: [awsAuth] }, true);
    expect([holders.unread, holders.unreadOfNames]).toEqual([[], [awsAuth]]);
  });
});

test('who can: those whose policies allow it, those of whom it is not known, and nobody else', () => {
  const chain = chainOf({
    principals: [
      principal('ack', policy('AmazonEKSACKPolicy', EVERYWHERE)),
      principal('boss', policy('AmazonEKSClusterAdminPolicy', EVERYWHERE), policy('AmazonEKSACKPolicy', EVERYWHERE)),
      principal('dev', policy('AmazonEKSViewPolicy', inNamespaces('shop'))),
      principal('nobody'),
    ],
  });
  const { subjects, principals, nodes, unread } = chain.whoCan(get('secrets', 'shop'));
  expect(subjects.map(({ subject }) => subject.name)).toEqual(['system:masters']);
  expect(principals.map(({ principal: { username }, policies, doubts }) => [username, policies, doubts])).toEqual([
    ['ack', [], ['what AmazonEKSACKPolicy allows is not known']],
    ['boss', ['AmazonEKSClusterAdminPolicy'], []],
  ]);
  expect([nodes, unread]).toEqual(['related', []]);
});

describe('who writes roles and bindings', () => {
  const write = { op: 'create', kind: 'RoleBinding', namespace: 'shop', name: 'b', roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' } } as const;
  const writeBy = (who: MappedPrincipal) => refusalOfBindingWrite(chainOf({ principals: [who] }).judgeFor(callerOf(who)), callerOf(who).identity, write);

  test('may bind where an access policy says so', () => {
    expect(writeBy(principal('boss', policy('AmazonEKSClusterAdminPolicy', EVERYWHERE)))).toBeUndefined();
    const role = { op: 'create', kind: 'Role', namespace: 'shop', name: 'r', rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], urls: [] }] } as const;
    const boss = principal('boss', policy('AmazonEKSClusterAdminPolicy', EVERYWHERE));
    expect(refusalOfRoleWrite(chainOf({}).judgeFor(callerOf(boss)), callerOf(boss).identity, role)).toBeUndefined();
  });

  test('holds for the check only what RBAC gives: the admin policy writes bindings, and binds nothing', () => {
    expect(writeBy(principal('dev', policy('AmazonEKSAdminPolicy', inNamespaces('shop'))))).toBe('escalation');
    // Somebody whom RBAC gives the same may.
    const bob = { ...principal('bob', policy('AmazonEKSAdminPolicy', inNamespaces('shop'))), username: 'bob' };
    expect(writeBy(bob)).toBeUndefined();
  });
});
