import { describe, expect, test } from '@jest/globals';
import { nodeOf, nodesThatMay, nodeVerdict, type NodesThatMay, type NodeVerdict } from '../../../lambda/facts/authorization/node-authorizer.ts';
import type { ResourceRequest } from '../../../lambda/facts/rbac/authorizer/request.ts';

/** `get secrets/a -n shop`, `create serviceaccounts:token/web -n shop`, `get leases.coordination.k8s.io/node-1 -n kube-node-lease`. */
function asked(text: string): ResourceRequest {
  const [, verb = '', resource = '', group = '', subresource = '', name = '', namespace = ''] = /^(\S+) ([a-z]+)(?:\.([a-z0-9.]+))?(?::([a-z]+))?(?:\/(\S+))?(?: -n (\S+))?$/.exec(text)!;
  return { verb, group, resource, subresource, name, namespace };
}

test.each([
  ['system:node:a', ['system:nodes'], 'a'],
  ['system:node:a', [], undefined],
  ['system:node:', ['system:nodes'], undefined],
  ['a', ['system:nodes'], undefined],
  [undefined, ['system:nodes'], undefined],
])('%j in %j is the node %j', (user, groups, node) => {
  expect(nodeOf({ user, groups })).toBe(node);
});

describe('what node-1 may', () => {
  test.each<readonly [string, NodeVerdict, number | undefined]>([
    ['get secrets/a -n shop', 'related', 35],
    ['list secrets/a -n shop', 'related', 35],
    ['list secrets -n shop', 'denied', 35],
    ['get secrets/a', 'denied', 35],
    ['update secrets/a -n shop', 'denied', 35],
    ['create serviceaccounts:token/web -n shop', 'related', 35],
    ['create serviceaccounts -n shop', 'denied', 35],
    ['update persistentvolumeclaims:status/a -n shop', 'related', 35],
    ['update persistentvolumeclaims/a -n shop', 'denied', 35],
    ['get leases.coordination.k8s.io/node-1 -n kube-node-lease', 'allowed', 35],
    ['update leases.coordination.k8s.io/node-2 -n kube-node-lease', 'denied', 35],
    ['create leases.coordination.k8s.io -n kube-node-lease', 'allowed', 35],
    ['get leases.coordination.k8s.io/node-1 -n kube-system', 'denied', 35],
    ['list leases.coordination.k8s.io -n kube-node-lease', 'denied', 35],
    ['patch csinodes.storage.k8s.io/node-1', 'allowed', 35],
    ['patch csinodes.storage.k8s.io/node-2', 'denied', 35],
    ['create resourceslices.resource.k8s.io', 'allowed', 35],
    ['delete resourceslices.resource.k8s.io/a', 'related', 35],
    ['get nodes/node-1', 'allowed', 32],
    ['get nodes/node-2', 'denied', 32],
    ['list nodes', 'denied', 32],
    ['get nodes/node-2', 'allowed', 31],
    ['get nodes/node-2', 'unknown', undefined],
    ['get nodes/node-1', 'allowed', undefined],
    ['patch nodes:status/node-2', 'allowed', 35],
    ['get nodes:proxy/node-1', 'denied', 35],
    ['get pods/web -n shop', 'related', 35],
    ['list pods', 'related', 35],
    ['list pods', 'allowed', 31],
    ['get pods:log/web -n shop', 'denied', 31],
    ['create pods:exec/web -n shop', 'denied', 31],
    ['create pods:eviction/web -n shop', 'allowed', 35],
    ['list services', 'allowed', 35],
    ['create events -n shop', 'allowed', 30],
    ['create events.events.k8s.io -n shop', 'denied', 34],
    ['create events.events.k8s.io -n shop', 'allowed', 35],
    ['create events.events.k8s.io -n shop', 'unknown', undefined],
    ['list clustertrustbundles.certificates.k8s.io', 'unknown', 35],
    ['create tokenreviews.authentication.k8s.io', 'allowed', 35],
    ['list roles.rbac.authorization.k8s.io', 'denied', 35],
  ])('%s: %s (1.%j)', (request, verdict, minor) => {
    expect(nodeVerdict('node-1', asked(request), minor)).toBe(verdict);
  });

  test('no address', () => {
    expect(nodeVerdict('node-1', { verb: 'get', path: '/metrics' }, 35)).toBe('denied');
  });
});

describe('which nodes may', () => {
  test.each<readonly [string, NodesThatMay]>([
    ['list services', 'each'],
    ['get nodes/node-1', 'named'],
    ['get nodes', 'own'],
    ['list nodes', 'none'],
    ['get leases.coordination.k8s.io -n kube-node-lease', 'own'],
    ['get leases.coordination.k8s.io -n shop', 'none'],
    ['get secrets -n shop', 'related'],
    ['get secrets', 'none'],
    ['create serviceaccounts:token -n shop', 'related'],
    ['create deployments.apps -n shop', 'none'],
    ['list clustertrustbundles.certificates.k8s.io', 'unknown'],
  ])('%s: %s', (request, nodes) => {
    expect(nodesThatMay(asked(request), 35)).toBe(nodes);
  });
});
