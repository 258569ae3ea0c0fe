import { expect, test } from '@jest/globals';
import { SHIPPED_ACCESS_POLICIES } from '../../../../lambda/facts/identity/access-policies/access-policy-table.ts';
import { accessPolicy } from '../../../../lambda/facts/identity/access-policies/access-policy.ts';
import { accessScope, coversNamespace } from '../../../../lambda/facts/identity/access-policies/access-scope.ts';
import { ruleAllows } from '../../../../lambda/facts/rbac/authorizer/rule-allows.ts';

const arn = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;

function allows(policy: string, verb: string, group: string, path: string): boolean {
  const [resource = '', subresource = ''] = path.split('/');
  return accessPolicy(arn(policy)).rules.some((rule) => ruleAllows(rule, { verb, group, resource, subresource, namespace: 'shop', name: '' }));
}

test('the table holds each policy once, sorted, and rules where they are known', () => {
  const names = SHIPPED_ACCESS_POLICIES.map(([name]) => name);
  expect(names).toEqual([...new Set(names)].sort());
  const counts = Map.groupBy(SHIPPED_ACCESS_POLICIES, ([, { contents }]) => contents);
  expect([...counts].map(([contents, policies]) => `${contents} ${policies.length}`).sort()).toEqual(['described 9', 'documented 8', 'unknown 17']);
  for (const [name, { contents, rules }] of SHIPPED_ACCESS_POLICIES) expect([name, rules.length > 0]).toEqual([name, contents !== 'unknown']);
});

test.each([
  // policy, verb, group, resource: by the tables of the documentation.
  ['AmazonEKSClusterAdminPolicy', 'bind', 'rbac.authorization.k8s.io', 'clusterroles', true],
  ['AmazonEKSAdminPolicy', 'create', 'rbac.authorization.k8s.io', 'rolebindings', true],
  ['AmazonEKSAdminPolicy', 'bind', 'rbac.authorization.k8s.io', 'clusterroles', false],
  ['AmazonEKSAdminPolicy', 'impersonate', '', 'serviceaccounts', true],
  ['AmazonEKSEditPolicy', 'create', 'rbac.authorization.k8s.io', 'rolebindings', false],
  ['AmazonEKSEditPolicy', 'get', '', 'secrets', true],
  ['AmazonEKSAdminViewPolicy', 'get', '', 'pods/exec', true],
  ['AmazonEKSAdminViewPolicy', 'create', '', 'pods/exec', false],
  ['AmazonEKSSecretReaderPolicy', 'list', '', 'secrets', true],
  ['AmazonEKSViewPolicy', 'list', '', 'secrets', false],
  ['AmazonEKSViewPolicy', 'list', '', 'pods', true],
  ['AmazonEKSHybridPolicy', 'list', '', 'nodes', true],
])('%s: %s of %s/%s is %s', (policy, verb, group, path, allowed) => {
  expect(allows(policy, verb, group, path)).toBe(allowed);
});

test('a policy that nobody knows has unknown contents, whatever it is called', () => {
  expect(accessPolicy(arn('AmazonEKSBrandNewPolicy'))).toEqual({ name: 'AmazonEKSBrandNewPolicy', contents: 'unknown', rules: [] });
  expect(accessPolicy(arn('__proto__'))).toEqual({ name: '__proto__', contents: 'unknown', rules: [] });
  expect(accessPolicy('arn:aws:iam::aws:policy/AmazonEKSViewPolicy').contents).toBe('unknown');
  expect(accessPolicy('arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy').contents).toBe('documented');
});

test('a scope of namespaces takes wildcards, and one that is not said is unknown', () => {
  const scope = accessScope({ type: 'namespace', namespaces: ['dev-*', 'shop', 'shop'] });
  expect(scope).toEqual({ kind: 'namespaces', patterns: ['dev-*', 'shop'] });
  expect(['dev-a', 'dev-', 'dev', 'shop', 'shops'].map((namespace) => coversNamespace(scope, namespace))).toEqual([true, true, false, true, false]);
  expect(coversNamespace(accessScope({ type: 'cluster' }), 'kube-system')).toBe(true);
  expect(coversNamespace(accessScope({ type: 'account' }), 'shop')).toBe('unknown');
  expect(coversNamespace(accessScope(undefined), 'shop')).toBe('unknown');
});
