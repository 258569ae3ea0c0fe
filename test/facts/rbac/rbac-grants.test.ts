import { describe, expect, test } from '@jest/globals';
import type * as k8s from '@kubernetes/client-node';
import fc from 'fast-check';
import { assess } from '../../../lambda/assess/assess.ts';
import { secretsRead } from '../../../lambda/checks/rbac/secrets-read.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, group, role, rule, user } from '../../checks/rbac/rbac-objects.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

const RBAC_CHECKS = CHECKS.filter(({ area }) => area === 'rbac');
const NAMESPACES = ['shop', 'kube-system', 'web'];
const READER = clusterRole('reader', rule('get,list', '', 'secrets'));
const EDITOR = clusterRole(
  'editor',
  rule('create,update,delete', '', 'pods,secrets'),
  rule('get', '', 'pods/exec,secrets'),
  rule('patch', 'apps', 'deployments'),
);
const MAKER = clusterRole('maker', rule('bind', 'rbac.authorization.k8s.io', 'clusterroles'));
const LOCAL = NAMESPACES.map((namespace) => role(namespace, 'local', rule('create', 'rbac.authorization.k8s.io', 'rolebindings'), rule('create', '', 'pods')));
const ROLE_NAMES = ['cluster-admin', 'reader', 'editor', 'maker', 'gone'];

const subjects = fc.array(
  fc.constantFrom(
    user('alice'),
    group('devs'),
    group('system:authenticated'),
    account('shop', 'default'),
    account('web', 'ci'),
    user('system:serviceaccount:web:ci'),
    group('system:serviceaccounts:web'),
  ),
  { maxLength: 4 },
);
const world = fc.record({
  clusterRoleBindings: fc.uniqueArray(fc.tuple(fc.constantFrom(...ROLE_NAMES), subjects), { maxLength: 5, selector: ([name]) => name }),
  roleBindings: fc.uniqueArray(
    fc.tuple(fc.constantFrom(...NAMESPACES), fc.constantFrom('Role local', ...ROLE_NAMES.map((name) => `ClusterRole ${name}`)), subjects),
    {
      maxLength: 8,
      selector: ([namespace, name]) => `${namespace} ${name}`,
    },
  ),
});

interface Given {
  readonly clusterRoleBindings: readonly (readonly [string, readonly k8s.RbacV1Subject[]])[];
  readonly roleBindings: readonly (readonly [string, string, readonly k8s.RbacV1Subject[]])[];
}

function sourcesOf(given: Given, prefix = 'b'): GivenSources {
  return {
    clusterRoles: [CLUSTER_ADMIN, READER, EDITOR, MAKER],
    roles: LOCAL,
    clusterRoleBindings: given.clusterRoleBindings.map(([name, who]) => bindCluster(`${prefix}-${name}`, name, ...who)),
    roleBindings: given.roleBindings.map(([namespace, name, who]) => bind(namespace, `${prefix}-${name.replace(' ', '-')}`, name, ...who)),
  };
}

const findingsOf = (sources: GivenSources) => assess(snapshotOf(sources), RBAC_CHECKS).findings;

describe('rights', () => {
  test('are the same bytes in any order of lists, subjects and rules', () => {
    fc.assert(
      fc.property(world, (given) => {
        const sources = sourcesOf(given);
        const turned = Object.fromEntries(
          Object.entries(sources).map(([name, list]) => [
            name,
            [...(list as readonly (k8s.V1Role & k8s.V1RoleBinding)[])].reverse().map((object) => ({
              ...object,
              ...('subjects' in object ? { subjects: [...(object.subjects ?? [])].reverse() } : {}),
              ...('rules' in object ? { rules: [...(object.rules ?? [])].reverse() } : {}),
            })),
          ]),
        ) as GivenSources;
        expect(JSON.stringify(findingsOf(turned))).toBe(JSON.stringify(findingsOf(sources)));
      }),
    );
  });

  test('keep their identity when bindings are renamed', () => {
    const ofRights = (sources: GivenSources) => findingsOf(sources).filter(({ check }) => !check.startsWith('dangling-'));
    fc.assert(
      fc.property(world, (given) => {
        const identity = ({ fingerprint, severity, item }: ReturnType<typeof ofRights>[number]) => ({ fingerprint, severity, item });
        expect(ofRights(sourcesOf(given, 'renamed')).map(identity)).toEqual(ofRights(sourcesOf(given)).map(identity));
      }),
    );
  });

  test('one subject has one finding for one power in one scope, and none under a stronger one', () => {
    fc.assert(
      fc.property(world, (given) => {
        const rights = findingsOf(sourcesOf(given)).filter(({ check }) => !check.startsWith('dangling-'));
        const places = rights.map(({ resource, key }) => JSON.stringify([resource.kind, resource.namespace ?? '', resource.name, key]));
        expect(new Set(places).size).toBe(places.length);
        const admins = new Set(rights.filter(({ key }) => key === 'cluster-admin@cluster').map(({ resource }) => JSON.stringify(resource)));
        for (const { resource, key } of rights) if (key !== 'cluster-admin@cluster') expect(admins).not.toContain(JSON.stringify(resource));
      }),
    );
  });

  test('of 20,000 subjects in one binding, each twice, are 20,000 findings and one item', () => {
    const twice = Array.from({ length: 40_000 }, (_, index) => user(`u${index % 20_000}`));
    const { findings } = assess(snapshotOf({ clusterRoles: [READER], clusterRoleBindings: [bindCluster('all', 'reader', ...twice)] }), [secretsRead]);
    expect(findings).toHaveLength(20_000);
    expect(new Set(findings.map(({ item }) => item)).size).toBe(1);
  });

  test('show their bindings, roles and rules, sorted, and what else they contain', () => {
    const [finding] = findingsOf({
      clusterRoles: [READER, EDITOR],
      roleBindings: [bind('shop', 'b', 'ClusterRole editor', user('alice')), bind('shop', 'a', 'ClusterRole reader', user('alice'))],
    });
    expect(finding).toMatchObject({
      key: 'namespace-edit@shop',
      cause: 'ClusterRole editor: namespace-edit',
      evidence: {
        grants: [
          { binding: 'RoleBinding shop/a', role: 'ClusterRole reader', rules: ['get, list: secrets'] },
          {
            binding: 'RoleBinding shop/b',
            role: 'ClusterRole editor',
            rules: ['create, delete, update: pods, secrets', 'get: pods/exec, secrets', 'patch: apps/deployments'],
          },
        ],
        includes: ['pod-create', 'pod-exec-by-get', 'pod-modify', 'pod-removal', 'secrets-read', 'secrets-write', 'service-account-token-by-secret'],
      },
      restsOn: ['clusterRoles', 'roleBindings'],
    });
  });
});

describe('what could not be read', () => {
  const sources: GivenSources = {
    clusterRoles: [READER],
    roles: [role('web', 'reader', rule('get', '', 'secrets'))],
    roleBindings: [bind('shop', 'a', 'ClusterRole reader', user('alice')), bind('web', 'b', 'Role reader', user('bob'))],
  };

  test('hides nothing of the rest', () => {
    const { findings, outcomes } = assess(
      snapshotOf({ ...sources, clusterRoleBindings: refused('forbidden', 'may not list'), clusterRoles: refused('forbidden', 'may not list') }),
      [secretsRead],
    );
    expect(findings.map(({ key, restsOn }) => [key, restsOn])).toEqual([['secrets-read@web', ['roleBindings', 'roles']]]);
    expect(outcomes[0]).toMatchObject({ outcome: 'fail', unread: [{ source: 'clusterRoleBindings' }, { source: 'clusterRoles' }] });
  });

  test('is never a pass', () => {
    const { outcomes } = assess(snapshotOf({ ...sources, roleBindings: refused('timeout', 'no answer') }), [secretsRead]);
    expect(outcomes[0]).toMatchObject({ outcome: 'not-evaluated', reason: 'roleBindings: no answer' });
  });
});

test('cluster-wide grants that have a part in a right of a namespace are named up to a number, however many namespaces there are', () => {
  const many = 40;
  const { findings } = assess(
    snapshotOf({
      clusterRoles: [MAKER],
      roles: LOCAL,
      clusterRoleBindings: Array.from({ length: many }, (_, index) => bindCluster(`maker-${String(index).padStart(2, '0')}`, 'maker', group('devs'))),
      roleBindings: NAMESPACES.map((namespace) => bind(namespace, 'local', 'Role local', group('devs'))),
    }),
    RBAC_CHECKS,
  );
  const escalations = findings.filter(({ check }) => check === 'rbac-escalation');
  expect(escalations.map(({ key }) => key).sort()).toEqual(NAMESPACES.map((namespace) => `rbac-escalation@${namespace}`).sort());
  for (const { evidence, cause } of escalations) {
    expect(evidence['grants']).toMatchObject({ total: 21 });
    expect(cause).toMatch(/^ClusterRole maker \+ Role [a-z-]+\/local: rbac-escalation$/);
  }
});
