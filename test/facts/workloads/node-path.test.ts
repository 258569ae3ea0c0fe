import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSensitiveNodePath, isWithin, normalNodePath, pathsAbove, runtimeSocketAt } from '../../../lambda/facts/workloads/node-path.ts';

test.each([
  ['/var/run/docker.sock', '/run/docker.sock'],
  ['//var/./run//x/', '/run/x'],
  ['/var/runtime', '/var/runtime'],
  ['/a/../../b', '/b'],
  ['', '/'],
  ['C:\\ProgramData\\Docker', 'c:/programdata/docker'],
  ['\\\\.\\pipe\\Docker_Engine', './pipe/docker_engine'],
])('%s is %s', (path, normal) => {
  expect(normalNodePath(path)).toBe(normal);
});

test('a normal path is its own', () => {
  const path = fc.array(fc.constantFrom('var', 'run', 'a', '.', '..', '', 'etc'), { maxLength: 8 }).map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(path, (written) => {
      const normal = normalNodePath(written);
      expect(normalNodePath(normal)).toBe(normal);
    }),
  );
});

test.each([
  ['/', true],
  ['/var', true],
  ['/etc/kubernetes/pki', true],
  ['/etc/ssl/certs', false],
  ['/etc/ssl', true],
  ['/etcd', false],
  ['/var/log', false],
  ['/var/lib', true],
  ['/data', false],
  ['c:', true],
])('reading %s is enough to go on: %s', (path, sensitive) => {
  expect(isSensitiveNodePath(path)).toBe(sensitive);
});

test.each([
  ['/', '/run/containerd/containerd.sock'],
  ['/run', '/run/containerd/containerd.sock'],
  ['/run/docker.sock', '/run/docker.sock'],
  ['/run/docker', undefined],
  ['/var', undefined],
  ['/run/docker.sock/x', undefined],
])('at %s there is %s', (path, socket) => {
  expect(runtimeSocketAt(path)).toBe(socket);
});

test.each([
  ['/', []],
  ['/var', ['/']],
  ['/var/lib/kubelet', ['/', '/var', '/var/lib']],
  ['c:/users', ['/', 'c:']],
])('%s lies in %j', (path, above) => {
  expect(pathsAbove(path)).toEqual(above);
  for (const each of above) expect(isWithin(path, each)).toBe(true);
});
