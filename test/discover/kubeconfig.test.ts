import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { kubeconfigTargets } from '../../lambda/discover/kubeconfig.ts';
import { folder, kubeconfig, type Folder } from './kubeconfig-file.ts';

let dir: Folder;
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir[Symbol.dispose]());

const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';

test('is the current context where none is named', async () => {
  const file = dir.file('config', kubeconfig({ a: {}, b: {} }, 'b'));
  expect(await kubeconfigTargets({ kubeconfig: file })).toEqual({ ok: true, value: [{ via: 'kubeconfig', label: 'b', context: 'b', kubeconfig: file }] });
});

test('is those that are named, in that order and once, or all', async () => {
  const file = dir.file('config', kubeconfig({ a: {}, b: {}, c: {} }));
  const labels = async (options: object): Promise<string[]> => {
    const targets = await kubeconfigTargets({ kubeconfig: file, ...options });
    return targets.ok ? targets.value.map(({ label }) => label) : [targets.reason.message];
  };
  expect(await labels({ contexts: ['c', 'a', 'c'] })).toEqual(['c', 'a']);
  expect(await labels({ all: true })).toEqual(['a', 'b', 'c']);
  expect(await labels({})).toEqual([`kubeconfig ${file}: no current context is set; choose one with --context, of: a, b, c`]);
});

test('a name that is not there refuses all, and says which there are', async () => {
  const file = dir.file('config', kubeconfig(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`c${String(i).padStart(2, '0')}`, {}]))));
  expect(await kubeconfigTargets({ kubeconfig: file, contexts: ['c01', 'prodd'] })).toEqual({
    ok: false,
    reason: { code: 'not-configured', message: `kubeconfig ${file}: there is no context "prodd"; it has: ${Array.from({ length: 20 }, (_, i) => `c${String(i).padStart(2, '0')}`).join(', ')}, and 5 more` },
  });
});

test('no kubeconfig, an empty one, a broken one and one without contexts each say what to do', async () => {
  const missing = join(dir.path, 'nowhere');
  const message = async (file: string): Promise<string> => {
    const targets = await kubeconfigTargets({ kubeconfig: file });
    return targets.ok ? 'read' : targets.reason.message;
  };
  expect(await message(missing)).toBe(`there is no kubeconfig at ${missing}; make one with: aws eks update-kubeconfig --name CLUSTER, or audit files with --from`);
  const empty = dir.file('empty', '');
  expect(await message(empty)).toBe(`kubeconfig ${empty}: is empty or no kubeconfig (no clusters, users and contexts in it)`);
  const broken = dir.file('broken', 'apiVersion: v1\nclusters:\n- name: a\n  cluster: {server: "x"\n');
  expect(await message(broken)).toMatch(new RegExp(`^kubeconfig ${broken}:5:1: not YAML: `));
  const bare = dir.file('bare', 'apiVersion: v1\nkind: Config\n');
  expect(await message(bare)).toBe(`kubeconfig ${bare}: there is no context in it; make one with: aws eks update-kubeconfig --name CLUSTER`);
  const directory = join(dir.path, 'directory');
  mkdirSync(directory);
  expect(await message(directory)).toBe(`kubeconfig ${directory}: cannot be read (EISDIR)`);
});

test('several files count as one, the first of a name wins, and one that is not there is passed over', async () => {
  const first = dir.file('first', kubeconfig({ a: { cluster: { server: 'https://first' } } }));
  const second = dir.file('second', kubeconfig({ [ARN]: {}, a: { cluster: { server: 'https://second' } } }, ARN));
  const files = [first, join(dir.path, 'nowhere'), second].join(delimiter);
  expect(await kubeconfigTargets({ kubeconfig: files, all: true })).toEqual({
    ok: true,
    value: [
      { via: 'kubeconfig', label: 'a', context: 'a', kubeconfig: files },
      { via: 'kubeconfig', label: ARN, context: ARN, kubeconfig: files, arn: ARN },
    ],
  });
  expect(await kubeconfigTargets({ kubeconfig: files })).toMatchObject({ ok: true, value: [{ label: ARN }] });
});

test('an entry that is no good does not take the others with it', async () => {
  const file = dir.file('config', { clusters: [{ name: 'a', cluster: { server: 'https://a' } }, { name: 'b' }, null], users: [{}], contexts: [{ name: 'a', context: { cluster: 'a', user: 'u' } }, { name: 'x' }] });
  expect(await kubeconfigTargets({ kubeconfig: file, all: true })).toMatchObject({ ok: true, value: [{ label: 'a' }] });
});

const HOST = 'https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com';
const getToken = (...args: string[]): object => ({ exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args: ['eks', 'get-token', ...args] } });

test.each<[string, string, { cluster?: object; user?: object }, string | undefined]>([
  ['the name that update-kubeconfig gives', ARN, { cluster: { server: HOST }, user: getToken('--cluster-name', 'prod', '--region', 'eu-west-1') }, ARN],
  ['another partition', 'arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/prod', {}, 'arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/prod'],
  ['an ARN among the plugin\'s arguments', 'x', { user: getToken(`--cluster-name=${ARN}`) }, ARN],
  ['a name and a region but no account', 'prod.eu-west-1.eksctl.io', { cluster: { server: HOST }, user: getToken('--cluster-name', 'prod', '--region', 'eu-west-1', '--role-arn', 'arn:aws:iam::444455556666:role/admin') }, undefined],
  ['a host in another region', ARN, { cluster: { server: 'https://0123.gr7.us-east-1.eks.amazonaws.com' } }, undefined],
  ['a plugin that speaks of another region', ARN, { user: getToken('--cluster-name', 'prod', '--region', 'us-east-1') }, undefined],
  ['a plugin that speaks of another cluster', ARN, { user: getToken('--cluster-name', 'test') }, undefined],
  ['aws-iam-authenticator', ARN, { user: { exec: { command: 'aws-iam-authenticator', args: ['token', '-i', 'prod'] } } }, ARN],
  ['something like an ARN', `${ARN}/x`, {}, undefined],
  ['arguments that are none', ARN, { user: { exec: { command: 'aws', args: 'eks' } } }, ARN],
])('finds the ARN, or not, in %s', async (_, name, entry, arn) => {
  const targets = await kubeconfigTargets({ kubeconfig: dir.file('config', kubeconfig({ [name]: entry }, name)) });
  expect(targets.ok && targets.value.map((target) => target.arn)).toEqual([arn]);
});

test('a context that is an alias is known by its cluster\'s name', async () => {
  const config = { clusters: [{ name: ARN, cluster: { server: HOST } }], users: [{ name: ARN, user: {} }], contexts: [{ name: 'prod-eu', context: { cluster: ARN, user: ARN } }] };
  expect(await kubeconfigTargets({ kubeconfig: dir.file('config', config), contexts: ['prod-eu'] })).toMatchObject({ ok: true, value: [{ label: 'prod-eu', arn: ARN }] });
});
