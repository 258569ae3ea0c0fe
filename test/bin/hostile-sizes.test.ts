import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture } from './tiny-capture.ts';

const LONG = 'x'.repeat(3_000_000);

test('names of megabytes make no report of megabytes, in no format and at no run', () =>
  inTemporaryDirectory(async (directory) => {
    const pod = (name: string) => ({ metadata: { name, namespace: LONG, labels: { [LONG]: LONG } }, spec: { serviceAccountName: LONG, containers: [{ name: LONG, image: LONG, securityContext: { privileged: true } }] } });
    const binding = { metadata: { name: LONG }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: LONG }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: LONG }] };
    const role = { metadata: { name: LONG }, rules: [{ apiGroups: ['*'], resources: ['*', LONG], verbs: ['*'] }] };
    const from = writeTinyCapture(join(directory, 'prod'), 'prod', { pods: [pod(`${LONG}a`), pod(`${LONG}b`)], clusterRoles: [role], clusterRoleBindings: [binding], namespaces: [{ metadata: { name: LONG } }] });
    const audit = async (output: string) => (await runHere(['audit', '--from', from, '--store', join(directory, output), '--output', output, '--all'])).stdout;

    const json = await audit('json');
    const { findings } = (JSON.parse(json) as { clusters: [{ findings: { check: string; fingerprint: string }[] }] }).clusters[0];
    expect(findings.filter(({ check }) => check === 'privileged-container')).toHaveLength(2);
    expect(findings.map(({ check }) => check)).toContain('cluster-admin-binding');
    for (const text of [json, await audit('sarif'), await audit('table')]) expect(text.length).toBeLessThan(500_000);
    expect((await audit('json')).length).toBeLessThan(500_000);
  }), 60_000);

test('and no answer of megabytes', () =>
  inTemporaryDirectory(async (directory) => {
    const group = 'rbac.authorization.k8s.io';
    const workload = (name: string) => ({ metadata: { name, namespace: LONG }, spec: { template: { spec: { containers: [{ name: LONG, image: LONG }] } } } });
    const given = {
      namespaces: [{ metadata: { name: LONG } }],
      deployments: [workload(`${LONG}a`), workload(`${LONG}b`)],
      clusterRoles: [{ metadata: { name: LONG }, rules: [{ apiGroups: ['*'], resources: ['*', LONG], verbs: ['*'] }] }],
      clusterRoleBindings: [{ metadata: { name: LONG }, roleRef: { apiGroup: group, kind: 'ClusterRole', name: LONG }, subjects: ['a', 'b'].map((end) => ({ kind: 'User', apiGroup: group, name: `${LONG}${end}` })) }],
    };
    const [before, after] = [writeTinyCapture(join(directory, 'before'), 'prod', given), writeTinyCapture(join(directory, 'after'), 'prod', { ...given, networkPolicies: [{ metadata: { name: LONG, namespace: LONG }, spec: { podSelector: {} } }] })];
    const questions = [['reach', LONG], ['reach', '--matrix'], ['who-can', 'get', 'secrets'], ['what-can', 'User', `${LONG}a`], ['path', 'User', `${LONG}a`]].map((words) => [...words, '--from', after]);
    for (const words of [...questions, ['reach', '--diff', before, after], ['rights', '--diff', before, after]]) {
      for (const output of ['table', 'json']) {
        const { stdout } = await runHere([...words, '--output', output, '--all', '--quiet']);
        expect(stdout.length).toBeGreaterThan(100);
        expect(stdout.length).toBeLessThan(100_000);
      }
    }
    const { clusters } = JSON.parse((await runHere(['who-can', 'get', 'secrets', '--output', 'json', '--from', after])).stdout) as { clusters: [{ subjects: { kind: string; name: string }[] }] };
    expect(new Set(clusters[0].subjects.filter(({ kind }) => kind === 'User').map(({ name }) => name)).size).toBe(2);
  }), 60_000);
