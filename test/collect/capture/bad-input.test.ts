import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readCapture } from '../../../lambda/collect/capture/read-capture.ts';
import { NOW, PLAN, UNIDENTIFIED, list, object, readFiles, said, snapshotOfFiles, withCapture } from './capture-of.ts';

const pods = list(object('Pod', 'shop/a'), object('Pod', 'shop/b'));
const text = JSON.stringify(pods);
const others = { 'nodes.json': list(object('Node', 'n')), 'namespaces.json': list(object('Namespace', 'shop')) };

describe('a file that cannot be read refuses what it would have told, and nothing else', () => {
  test.each([
    ['truncated', text.slice(0, 150), 'not JSON after byte 150 (the input ends inside item 2 of the list). Was the copy cut off?'],
    ['not quite JSON', text.replace('"b"', '"b",'), 'not JSON after byte 159 (expected a key in quotes, found ",", in item 2 of the list)'],
    ['items of the wrong kind', '{"apiVersion":"v1","kind":"List","items":[null,3]}', 'not JSON after byte 42 (expected an object, found "n", in item 1 of the list)'],
    ['empty', '', 'it is empty; the command that wrote it gave nothing'],
    ['blank', ' \n\n', 'it is empty; the command that wrote it gave nothing'],
    ['binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'it is binary, and neither JSON nor YAML'],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'it is text in UTF-16, as Windows PowerShell writes with ">". Write it again as UTF-8: … | Out-File -Encoding utf8'],
    ['a truncated gzip', gzipSync(text).subarray(0, 60), 'the compressed file ends too early. Was the copy cut off?'],
    ['a damaged gzip', Buffer.concat([gzipSync(text).subarray(0, 20), Buffer.alloc(60, 7)]), expect.stringMatching(/^its compression is damaged \(.+\)$/)],
    ['what kubectl said instead', 'No resources found\n', 'it holds the text "No resources found" and no objects: is it what the command said instead of its output?'],
    ['what the API server said instead', 'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods"\n', 'it holds the text "Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods"" and no objects: is it what the command said instead of its output?'],
    ['a JSON list of its own', '[{"kind":"Pod"}]', 'expected an object, found "[", in the input'],
    ['broken YAML', 'apiVersion: v1\nkind: [List\n', expect.stringMatching(/^not YAML at line 3, column 1 \(.+\)$/)],
    ['YAML with a bomb of aliases', `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((c, i) => `${c}: &${c} [${Array.from({ length: 9 }, () => `*${String.fromCharCode(97 + i)}`).join(', ')}]`).join('\n')}\n`, expect.stringContaining('not YAML that can be read')],
    ['YAML that holds itself', 'apiVersion: v1\nkind: Pod\nspec: &a\n  self: *a\n', 'not YAML that can be read (an alias stands within what it names)'],
    ['YAML nested without end', '['.repeat(100_000), expect.stringMatching(/^not YAML at line 1, column \d+ \(it is nested too deeply\)$/)],
    ['comments alone', '# nothing\n', 'it holds no objects'],
  ])('%s', async (_what, content, fault) => {
    const snapshot = await snapshotOfFiles({ 'pods.json': content, ...others });
    const read = snapshot.sources.pods;
    expect(read.ok).toBe(false);
    expect(read.ok ? undefined : read.reason).toEqual({ code: 'unreadable', message: expect.stringMatching(/^pods\.json: /) as unknown });
    const message = read.ok ? '' : read.reason.message.slice('pods.json: '.length);
    expect(message).toEqual(fault);
    expect(snapshot.problems).toEqual([`pods.json: ${message} (checks on pods are not evaluated). The other 2 files were read`]);
    expect(said(snapshot, 'nodes')).toEqual(['n']);
  });

  test.each([
    ['a Status', { apiVersion: 'v1', kind: 'Status', status: 'Failure', message: 'pods is forbidden', reason: 'Forbidden', code: 403 }, 'it holds what the API server said instead of a list: pods is forbidden'],
    ['a list whose items are none', { apiVersion: 'v1', kind: 'PodList', items: { a: 1 } }, 'a PodList whose items are no list; write it again with kubectl get -o json'],
    ['a List without items', { apiVersion: 'v1', kind: 'List' }, 'a List whose items are no list; write it again with kubectl get -o json'],
  ])('%s in the place of a list', async (_what, document, fault) => {
    const snapshot = await snapshotOfFiles({ 'pods.json': document, ...others });
    expect(said(snapshot, 'pods')).toBe(`unreadable: pods.json: ${fault}`);
    expect(snapshot.problems).toEqual([`pods.json: ${fault}`]);
    expect(said(snapshot, 'nodes')).toEqual(['n']);
  });

  const descriptors = '/proc/self/fd';
  (existsSync(descriptors) ? test : test.skip)('leaves no file open, whatever is wrong with it', async () => {
    const files = { 'a.json': '', 'b.json': ' \n', 'c.json': Buffer.from([1, 0]), 'd.json': '{', 'e.json': gzipSync(text).subarray(0, 60), 'f.json': gzipSync(' \n'), 'g.json': 'no YAML', ...others };
    const before = readdirSync(descriptors).length;
    await snapshotOfFiles(files);
    expect(readdirSync(descriptors).length).toBe(before);
  });

  test('what it had begun to speak of is refused, whatever its name', async () => {
    const snapshot = await snapshotOfFiles({ 'all.json': text.slice(0, 150), ...others });
    expect(said(snapshot, 'pods')).toMatch(/^unreadable: all\.json: not JSON after byte 150/);
  });

  test('a file of which nothing is known leaves open what it held: no kind is taken as not installed', async () => {
    const snapshot = await snapshotOfFiles({ 'x.json': '{"apiVersion":"v1","ite', ...others });
    expect(said(snapshot, 'ciliumNetworkPolicies')).toBe('unreadable: x.json could not be read, and might have held them');
  });

  test('the AWS answer that its name says is refused too', async () => {
    const snapshot = await snapshotOfFiles({ 'describe-cluster.json': '{"cluster":{"na', ...others });
    expect(said(snapshot, 'eksCluster')).toMatch(/^unreadable: describe-cluster\.json: not JSON after byte 15/);
    expect(said(snapshot, 'ciliumNetworkPolicies')).toEqual([]);
  });
});

describe('objects that cannot be as they are', () => {
  test('two versions of one object: which is true cannot be told, so the kind is refused; the same twice counts once', async () => {
    const service = (type: string) => object('Service', 'shop/web', { spec: { type } });
    const same = await snapshotOfFiles({ 'a.json': list(service('ClusterIP')), 'b.json': service('ClusterIP') });
    expect(said(same, 'services')).toEqual(['shop/web']);
    const two = await snapshotOfFiles({ 'a.json': list(service('ClusterIP')), 'b.json': list(service('LoadBalancer')), ...others });
    expect(said(two, 'services')).toBe('unreadable: b.json: another version of Service shop/web than elsewhere in the capture; leave the file that is not true out');
    expect(two.problems).toHaveLength(1);
  });

  test.each([
    [{ metadata: { namespace: 'shop' } }, 'Pod shop/without a name: it has no name'],
    [{ metadata: { name: 7 } }, 'Pod without a name: it has no name'],
    [{ metadata: { name: 'a', namespace: ['shop'] } }, 'Pod a: its namespace is no text'],
    [{ metadata: 'a' }, 'Pod without a name: its field "metadata" is no object'],
    [{}, 'Pod without a name: it has no metadata'],
    [{ metadata: { name: 'a' }, spec: 'x' }, 'Pod a: its field "spec" is no object'],
    [{ metadata: { name: 'a' }, spec: { containers: {} } }, 'Pod a: its field "containers" is no list'],
    [{ metadata: { name: 'a' }, spec: { containers: [null] } }, 'Pod a: a list of its holds what is no object'],
  ])('%j is refused with its kind, by name', async (rest, fault) => {
    const snapshot = await snapshotOfFiles({ 'pods.json': list({ apiVersion: 'v1', kind: 'Pod', ...rest }), ...others });
    expect(said(snapshot, 'pods')).toBe(`unreadable: pods.json: ${fault}`);
    expect(snapshot.problems).toEqual([`pods.json: ${fault}`]);
  });

  test('a version that is not known is not read as one that is', async () => {
    const snapshot = await snapshotOfFiles({ 'a.json': list(object('Ingress', 'shop/a', {}, 'networking.k8s.io/v1beta1')), ...others });
    expect(said(snapshot, 'ingresses')).toBe('unreadable: a.json: written in networking.k8s.io/v1beta1, a version that this program does not know');
  });

  test('names that would harm a dictionary are names', async () => {
    const snapshot = await snapshotOfFiles({ 'pods.json': list(object('Pod', '__proto__/constructor'), object('Pod', '__proto__/__proto__')) });
    expect(said(snapshot, 'pods')).toEqual(['__proto__/constructor', '__proto__/__proto__']);
  });

  test('a document that is neither is named and left out', async () => {
    const snapshot = await snapshotOfFiles({ 'x.json': { hello: 'world' }, ...others });
    expect(snapshot.problems).toEqual(['x.json: holds neither Kubernetes objects (no kind) nor what the AWS CLI prints for a cluster; it is left out']);
  });
});

describe('several lists in one file, the last of them broken off', () => {
  const second = JSON.stringify(list(object('Pod', 'web/b'), object('Pod', 'web/c')));

  test.each([
    ['within its second object', second.slice(0, second.indexOf('"c"'))],
    ['before its first object', second.slice(0, second.indexOf('[') + 1)],
  ])('%s: what the lists before it held is not all', async (_where, broken) => {
    const snapshot = await snapshotOfFiles({ 'all.json': `${JSON.stringify(list(object('Pod', 'shop/a')))}\n${broken}`, 'nodes.json': list(object('Node', 'n')) });
    expect(said(snapshot, 'pods')).toMatch(/^unreadable: all\.json: not JSON after byte \d+/);
    expect(said(snapshot, 'nodes')).toEqual(['n']);
  });
});

describe('a file that was made to do harm', () => {
  const limits = { bytes: 8 * 2 ** 20, objects: 1_000 };
  const item = JSON.stringify(object('Pod', 'shop/a'));
  const bomb = (middle: string, times: number, last: string) => gzipSync(`{"apiVersion":"v1","kind":"List","items":[${middle.repeat(times)}${last}]}`);

  test.each([
    ['a bomb of blanks', bomb(' ', 16 * 2 ** 20, item), 'the input, which begins at byte 0, is larger than 8,388,608 bytes'],
    ['a bomb of one object again and again', bomb(`${item},`, 5_000, item), 'the capture holds more than 1,000 objects, and is read no further; is it the capture of one cluster?'],
    ['a bomb of documents that say nothing', gzipSync('{}\n'.repeat(5_000)), 'the capture holds more than 1,000 objects, and is read no further; is it the capture of one cluster?'],
  ])('%s is read up to the limit, and refuses what it might have told', async (_what, file, message) => {
    expect(file.length).toBeLessThan(20_000);
    const snapshot = await snapshotOfFiles({ 'nodes.json': list(object('Node', 'n')), 'pods.json.gz': file }, { limits });
    const problem = `pods.json.gz: ${message}`;
    expect(said(snapshot, 'pods')).toBe(`unreadable: ${problem}`);
    expect(said(snapshot, 'nodes')).toEqual(['n']);
    expect(snapshot.problems.at(-1)).toBe(`${problem} (checks on pods are not evaluated). The other file was read`);
    expect(snapshot.problems.length).toBeLessThan(3);
  });
});

describe('no cluster at all', () => {
  const read = (path: string) => readCapture(path, { plan: PLAN, now: NOW });

  test('a path that does not exist', async () => {
    expect(await read('/nonexistent/capture')).toEqual({ ok: false, reason: { code: 'unreadable', message: '/nonexistent/capture does not exist' }, problems: [] });
  });

  test('an empty directory', async () => {
    await withCapture({}, async (directory) => {
      expect(await read(directory)).toMatchObject({ ok: false, reason: { message: `${directory} holds no files; write some with kubectl get <kind> -A -o json > <kind>.json` } });
      mkdirSync(join(directory, 'below'));
      expect(await read(directory)).toMatchObject({ ok: false });
    });
  });

  test('files that are too deep are named, not left out in silence', async () => {
    const snapshot = await snapshotOfFiles({ 'a/pods.json': pods, 'a/b/nodes.json': others['nodes.json'] });
    expect(said(snapshot, 'pods')).toEqual(['shop/a', 'shop/b']);
    expect(said(snapshot, 'nodes')).toBe('not-in-capture: not in the capture');
    expect(snapshot.problems).toEqual(["a/b/ is not read: a capture's files stand in one directory and those directly below it"]);
  });

  test('what is no file', async () => {
    expect(await read('/dev/null')).toMatchObject({ ok: false, reason: { message: '/dev/null is neither a file nor a directory' } });
    await withCapture({ 'pods.json': pods }, async (directory) => {
      symlinkSync('/dev/null', join(directory, 'x'));
      symlinkSync(join(directory, 'gone'), join(directory, 'y'));
      const result = await read(directory);
      expect(result.ok && result.snapshot.problems).toEqual([`${directory}/x is neither a file nor a directory`, `${directory}/y does not exist`, UNIDENTIFIED]);
    });
  });

  test('files that say nothing of a cluster', async () => {
    const nothing = await readFiles({ 'x.json': { hello: 'world' }, 'y.json': '{' });
    expect(nothing).toEqual({
      ok: false,
      reason: { code: 'unreadable', message: 'x.json: holds neither Kubernetes objects (no kind) nor what the AWS CLI prints for a cluster; it is left out' },
      problems: ['y.json: not JSON after byte 1 (the input ends inside an object). Was the copy cut off? The other file was read'],
    });
  });
});
