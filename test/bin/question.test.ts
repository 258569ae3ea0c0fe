import { describe, expect, test } from '@jest/globals';
import { askedSubject } from '../../bin/rbac/asked-subject.ts';
import { questionOf, type QuestionOptions } from '../../bin/rbac/question.ts';

const shown = (verb: string, what: string, options: QuestionOptions = {}): string => {
  const { request, text, notes } = questionOf(verb, what, options);
  if ('path' in request) return `${request.verb} ${request.path} | ${text}`;
  const { group, resource, subresource, name, namespace } = request;
  return [[group, resource, subresource, name, namespace].join(','), text, ...notes].join(' | ');
};

describe('a question', () => {
  test.each<[string, string, QuestionOptions, string]>([
    ['get', 'secrets', {}, ',secrets,,, | get secrets in all namespaces'],
    ['get', 'secrets', { namespace: 'shop', name: 'a' }, ',secrets,,a,shop | get secrets a in shop'],
    ['create', 'pods/exec', { namespace: 'shop', name: 'p' }, ',pods,exec,p,shop | create pods/exec p in shop'],
    ['update', 'deployments', { namespace: 'shop' }, 'apps,deployments,,,shop | update deployments.apps in shop'],
    ['update', 'deployments/scale.apps', {}, 'apps,deployments,scale,, | update deployments.apps/scale in all namespaces'],
    ['update', 'deployments.apps/scale', {}, 'apps,deployments,scale,, | update deployments.apps/scale in all namespaces'],
    ['list', 'events', {}, ',events,,, | list events in all namespaces'],
    ['list', 'events.events.k8s.io', {}, 'events.k8s.io,events,,, | list events.events.k8s.io in all namespaces'],
    ['impersonate', 'userextras/example.com/team', { name: 'a' }, 'authentication.k8s.io,userextras,example.com/team,a, | impersonate userextras.authentication.k8s.io/example.com/team a'],
    ['get', 'nodes', { namespace: 'shop' }, ',nodes,,, | get nodes | nodes belong to no namespace: RoleBindings do not count'],
    ['patch', 'namespaces', { name: 'shop' }, ',namespaces,,shop,shop | patch namespaces shop'],
    ['patch', 'namespaces', { namespace: 'shop' }, ',namespaces,,, | patch namespaces | A namespace is asked about by its name (--name): that is where RoleBindings count for it'],
    ['create', 'roles', { name: 'x', namespace: 'shop' }, 'rbac.authorization.k8s.io,roles,,,shop | create roles.rbac.authorization.k8s.io in shop | A create carries no name: rules with resourceNames never allow it'],
    ['get', 'widgets.example.com', { namespace: 'shop' }, 'example.com,widgets,,,shop | get widgets.example.com in shop | widgets is taken for a resource with namespaces; if it has none, RoleBindings do not count'],
    ['*', '*', {}, ',*,,, | * * in all namespaces'],
    ['get', '/metrics', {}, 'get /metrics | get /metrics'],
  ])('%s %s %j', (verb, what, options, expected) => {
    expect(shown(verb, what, options)).toBe(expected);
  });

  test.each<[string, QuestionOptions, string]>([
    ['secret', {}, '"secret" is no resource of Kubernetes itself. Did you mean secrets? Of another API, write its group too: secret.GROUP'],
    ['widgets', {}, '"widgets" is no resource of Kubernetes itself. Resources have plural names. Of another API, write its group too: widgets.GROUP'],
    ['pods.', {}, '"pods.": a resource is RESOURCE[/SUBRESOURCE][.GROUP], for example pods/exec or deployments.apps'],
    ['', {}, '"": a resource is RESOURCE[/SUBRESOURCE][.GROUP], for example pods/exec or deployments.apps'],
    ['/healthz', { namespace: 'shop' }, '/healthz is an address: it has no namespace and no name'],
  ])('that cannot be meant: %s', (what, options, message) => {
    expect(() => questionOf('get', what, options)).toThrow(message);
  });
});

test.each([
  [['alice'], { kind: 'User', name: 'alice' }],
  [['User', 'a', 'b'], { kind: 'User', name: 'a b' }],
  [['group:devs'], { kind: 'Group', name: 'devs' }],
  [['ServiceAccount', 'shop/web'], { kind: 'ServiceAccount', namespace: 'shop', name: 'web' }],
  [['sa:shop/web'], { kind: 'ServiceAccount', namespace: 'shop', name: 'web' }],
  [['system:serviceaccount:shop:web'], { kind: 'User', name: 'system:serviceaccount:shop:web' }],
  [['arn:aws:iam::111122223333:role/x'], { kind: 'User', name: 'arn:aws:iam::111122223333:role/x' }],
])('a subject: %j', (words, subject) => {
  expect(askedSubject(words)).toEqual(subject);
});

test('a ServiceAccount without a namespace is nobody', () => {
  for (const text of ['sa:web', 'ServiceAccount shop/', 'sa /web']) expect(() => askedSubject([text])).toThrow('a ServiceAccount has a namespace: ServiceAccount NAMESPACE/NAME');
});
