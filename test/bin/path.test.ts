import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, role, rule, user } from '../checks/rbac/rbac-objects.ts';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const GIVEN: GivenObjects = {
  clusterRoles: [CLUSTER_ADMIN, clusterRole('reader', rule('get', '', 'pods'))],
  roles: [role('shop', 'ops', rule('create', '', 'serviceaccounts/token'))],
  clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss')), bindCluster('readers', 'reader', user('\u001b[31m__proto__'))],
  roleBindings: [bind('shop', 'ops', 'Role ops', user('alice'), user('bob'))],
  serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' } }],
};
const NOTE = '\nRBAC, EKS access policies, IAM roles, pod security and what runs are in this answer; what else AWS\nallows and other admission control are not.\n';

function ask(args: readonly string[], without: readonly KubernetesSource[] = []): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return inTemporaryDirectory((directory) => runHere(['path', ...args, '--from', writeTinyCapture(join(directory, 'prod'), 'prod', GIVEN, without), '--quiet']));
}

describe('path', () => {
  test('shows each step and the command that cuts it', async () => {
    expect(await ask(['alice'])).toMatchObject({
      code: 0,
      stdout: `prod: how User alice could come to more
  cluster-admin: yes
    User alice makes itself tokens of ServiceAccounts in shop, by RoleBinding shop/ops to Role
    shop/ops
    may be any ServiceAccount of shop
    is then ServiceAccount shop/boss
    ServiceAccount shop/boss has every right, by ClusterRoleBinding boss to ClusterRole
    cluster-admin
    is then cluster-admin
    Cut it here, which was tried:
      kubectl edit rolebinding -n shop ops   (take out User alice)
${NOTE}`,
    });
  });

  test('to another subject, and to a namespace', async () => {
    expect((await ask(['User', 'alice', 'sa', 'shop/boss'])).stdout).toContain('  ServiceAccount shop/boss: yes\n');
    expect((await ask(['alice', 'namespace/shop'])).stdout).toContain('  namespace/shop: yes\n');
    expect((await ask(['sa', 'shop/boss', 'User', 'alice'])).stdout).toContain('  User alice: yes\n');
    expect((await ask(['sa', 'shop/boss', 'node/windows'])).stdout).toContain('  node/windows: yes, as cluster-admin\n');
  });

  test('what could not be read makes it unknown, with why, and exit code 2', async () => {
    const { code, stdout } = await ask(['nobody', 'cluster-admin'], ['clusterRoleBindings']);
    expect(code).toBe(2);
    expect(stdout).toContain('  cluster-admin: no way was found; whether there is one is unknown: ');
    const json = JSON.parse((await ask(['nobody', 'cluster-admin', '--output', 'json'], ['clusterRoleBindings'])).stdout) as {
      clusters: { paths: { target: string; answer: string; unread: { source: string }[] }[] }[];
    };
    expect(json.clusters[0]!.paths).toMatchObject([{ target: 'cluster-admin', answer: 'unknown', unread: [{ source: 'clusterRoleBindings' }] }]);
  });

  test('where everything that matters was read there is none', async () => {
    expect(await ask(['\u001b[31m__proto__', 'cluster-admin'])).toMatchObject({ code: 0, stdout: `prod: how User \\x1b[31m__proto__ could come to more\n  cluster-admin: no way\n${NOTE}` });
  });

  test('says what it cannot make out', async () => {
    expect(await ask(['alice', 'User', 'bob', 'more'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"more" stands after SUBJECT and TARGET') });
    expect(await ask(['sa', 'boss'])).toMatchObject({ code: 2, stderr: expect.stringContaining('a ServiceAccount has a namespace') });
  });
});
