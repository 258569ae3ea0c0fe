import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { bind, bindCluster, clusterRole, account, group, role, rule, user } from '../checks/rbac/rbac-objects.ts';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const GIVEN: GivenObjects = {
  clusterRoles: [clusterRole('reader', rule('get,list', '', 'secrets')), { metadata: { name: 'urls' }, rules: [{ verbs: ['get'], nonResourceURLs: ['/metrics'] }] }],
  roles: [role('shop', 'local', rule('create', '', 'pods/exec', 'web'))],
  clusterRoleBindings: [bindCluster('all', 'reader', group('devs'))],
  roleBindings: [
    bind('shop', 'ops', 'Role local', user('alice'), account('shop', 'web')),
    bind('shop', 'readers', 'ClusterRole reader', user('alice'), account('shop', 'web')),
    bind('shop', 'urls', 'ClusterRole urls', user('alice')),
    bind('web', 'readers', 'ClusterRole reader', user('\u001b[31m__proto__')),
  ],
};
const NOTE = 'system:masters, the Node authorizer, EKS access policies and RBAC are in this answer; what admission\nthen refuses is not.\n';

function ask(args: readonly string[], without: readonly KubernetesSource[] = [], given = GIVEN): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return inTemporaryDirectory((directory) => runHere([...args, '--from', writeTinyCapture(join(directory, 'prod'), 'prod', given, without), '--quiet']));
}

test('the order of lists changes no byte', async () => {
  const given: GivenObjects = { ...GIVEN, clusterRoleBindings: [...(GIVEN.clusterRoleBindings ?? []), bindCluster('again', 'reader', group('devs')), bindCluster('urls', 'urls', group('devs'))] };
  const reversed = Object.fromEntries(Object.entries(given).map(([source, objects]) => [source, [...objects].reverse()]));
  for (const args of [['who-can', 'get', 'secrets', '-n', 'shop'], ['what-can', 'Group', 'devs'], ['what-can', 'User', 'alice', '-n', 'shop', '--group', 'devs']]) {
    for (const output of ['table', 'json']) {
      const told = await ask([...args, '--output', output], [], given);
      expect(told.stdout).toMatch(/shop|again/);
      expect(await ask([...args, '--output', output], [], reversed)).toEqual(told);
    }
  }
});

describe('who-can', () => {
  test('names subjects with their bindings, and says that nobody else can', async () => {
    expect(await ask(['who-can', 'get', 'secrets', '-n', 'shop'])).toMatchObject({
      code: 0,
      stdout:
        'prod: who can get secrets in shop\n' +
        '  Group devs  by ClusterRoleBinding all, ClusterRole reader\n' +
        '  Group system:masters  whatever is bound to it\n' +
        '  ServiceAccount shop/web  by RoleBinding shop/readers, ClusterRole reader\n' +
        '  User alice  by RoleBinding shop/readers, ClusterRole reader\n' +
        '  Nodes, of what their pods use  by the Node authorizer\n' +
        '  4 subjects; it is denied to all others\n\n' +
        NOTE,
    });
  });

  test('in all namespaces at once, it says where more can', async () => {
    const { stdout } = await ask(['who-can', 'get', 'secrets']);
    expect(stdout).toContain('  RoleBindings allow it in 2 namespaces too: shop, web. Ask with -n\n  2 subjects; it is denied to all others\n');
  });

  test('what could not be read makes it unknown, with why, and exit code 2', async () => {
    const { code, stdout } = await ask(['who-can', 'get', 'secrets', '-n', 'shop'], ['clusterRoles']);
    expect(code).toBe(2);
    expect(stdout).toContain('  1 subject at least. Whether others can is unknown: not in the capture: clusterroles\n');
    const json = JSON.parse((await ask(['who-can', 'get', 'secrets', '-n', 'shop', '--output', 'json'], ['roleBindings'])).stdout) as Document;
    expect(json.clusters.map(({ others, unread }) => [others, unread.map(({ source, code: why }) => [source, why])])).toEqual([['unknown', [['roleBindings', 'not-in-capture']]]]);
    // Nobody asks for the roles of namespaces where an address is meant.
    expect((await ask(['who-can', 'get', '/metrics'], ['roleBindings', 'roles'])).code).toBe(0);
  });

  test('names of a cluster are shown and not obeyed', async () => {
    expect((await ask(['who-can', 'list', 'secrets', '-n', 'web'])).stdout).toContain('  User \\x1b[31m__proto__  by RoleBinding web/readers');
    expect((await ask(['who-can', 'list', 'secrets', '-n', 'web', '--output', 'json'])).stdout).toContain('"name": "\\u001b[31m__proto__"');
  });

  test('the document holds everything', async () => {
    const { code, stdout } = await ask(['who-can', 'create', 'pods/exec', '-n', 'shop', '--name', 'web', '--output', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      request: { verb: 'create', group: '', resource: 'pods', subresource: 'exec', name: 'web', namespace: 'shop' },
      clusters: [
        {
          cluster: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod',
          others: 'denied',
          subjects: [
            { kind: 'Group', name: 'system:masters', by: [] },
            { kind: 'ServiceAccount', namespace: 'shop', name: 'web', by: [{ binding: 'RoleBinding shop/ops', role: 'Role shop/local' }] },
            { kind: 'User', name: 'alice', by: [{ binding: 'RoleBinding shop/ops', role: 'Role shop/local' }] },
          ],
          alsoInNamespaces: [],
          unread: [],
        },
      ],
      missed: [],
    });
  });
});

describe('what-can', () => {
  test('a ServiceAccount has the rules of its groups too, by scope', async () => {
    expect(await ask(['what-can', 'ServiceAccount', 'shop/web', '--group', 'devs'])).toMatchObject({
      code: 0,
      stdout:
        'prod: what ServiceAccount shop/web can do, with the groups system:serviceaccounts,\n' +
        'system:serviceaccounts:shop, system:authenticated, devs\n' +
        '  everywhere\n' +
        '    get, list: secrets  by ClusterRoleBinding all, ClusterRole reader\n' +
        '  in shop\n' +
        '    create: pods/exec [web]  by RoleBinding shop/ops, Role shop/local\n' +
        '    get, list: secrets  by RoleBinding shop/readers, ClusterRole reader\n' +
        '  3 rules of RBAC in 2 scopes; everything else is denied\n\n' +
        NOTE,
    });
  });

  test('rules about addresses in a RoleBinding have no effect and are not shown', async () => {
    expect((await ask(['what-can', 'alice'])).stdout).not.toContain('/metrics');
  });

  test('members of system:masters can do everything', async () => {
    expect((await ask(['what-can', 'alice', '--group', 'system:masters'])).stdout).toContain('  everything: its members are asked no further\n');
  });

  test('what could not be read makes it unknown', async () => {
    const { code, stdout } = await ask(['what-can', 'alice'], ['roles']);
    expect(code).toBe(2);
    expect(stdout).toContain('Whether it can do more is unknown: not in the capture: roles\n');
    expect((await ask(['what-can', 'alice', '-n', 'web'], ['roles'])).code).toBe(0);
    expect((await ask(['what-can', 'bob'], ['clusterRoleBindings'])).stdout).toContain('  Nothing that was read reaches it. Whether it can do more is unknown: not in the capture:\n  clusterrolebindings\n');
  });

  test('one namespace, as a document', async () => {
    const { stdout } = await ask(['what-can', 'User', 'alice', '-n', 'shop', '--output', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      subject: { kind: 'User', name: 'alice' },
      identity: { user: 'alice', groups: ['system:authenticated'] },
      clusters: [
        {
          others: 'denied',
          scopes: [
            {
              namespace: 'shop',
              rules: [
                { verbs: ['create'], apiGroups: [''], resources: ['pods/exec'], resourceNames: ['web'], binding: 'RoleBinding shop/ops', role: 'Role shop/local' },
                { verbs: ['get', 'list'], apiGroups: [''], resources: ['secrets'], binding: 'RoleBinding shop/readers', role: 'ClusterRole reader' },
              ],
            },
          ],
        },
      ],
    });
  });
});

test('a target that cannot be read is missed: exit code 2, and said', async () => {
  const { code, stdout, stderr } = await runHere(['who-can', 'get', 'secrets', '--from', 'nowhere', '--output', 'json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ clusters: [], missed: [{ label: 'nowhere' }] });
  expect(stderr).toContain('nowhere was not looked at');
});

interface Document {
  readonly clusters: readonly { readonly others: string; readonly unread: readonly { readonly source: string; readonly code: string }[] }[];
}
