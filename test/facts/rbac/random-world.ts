import fc from 'fast-check';
import type { Ask } from '../../../lambda/facts/rbac/ask.ts';
import { ASKS } from '../../../lambda/facts/rbac/ask-table.ts';
import type { RbacLists } from '../../../lambda/facts/rbac/bindings.ts';
import { UNWRITTEN } from '../../../lambda/facts/rbac/authorizer/request.ts';

export const NAMESPACES = ['shop', 'kube-system', '__proto__'];
export const SUBJECTS = [
  { kind: 'User', name: 'alice' },
  { kind: 'User', name: 'system:serviceaccount:shop:web' },
  { kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
  { kind: 'ServiceAccount', name: 'web' },
  { kind: 'Group', name: 'devs' },
  { kind: 'Group', name: 'system:masters' },
  { kind: 'Robot', name: 'alice' },
];
const ROLE_NAMES = ['one', 'two', 'constructor'];
/** What resourceNames hold: objects that the catalogue knows, namespaces, roles, the empty name and a star. */
export const OBJECT_NAMES = ['cluster-admin', 'system:masters', 'aws-auth', 'shop', 'kube-system', '__proto__', 'kubernetes.io/*', 'one', 'x', 'y', '*', ''];

export interface RandomRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export interface RandomBinding {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly object[];
}

export interface RandomRole {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly RandomRule[];
}

export interface RandomWorld {
  readonly clusterRoles: readonly RandomRole[];
  readonly roles: readonly RandomRole[];
  readonly clusterRoleBindings: readonly RandomBinding[];
  readonly roleBindings: readonly RandomBinding[];
}

const some = <T>(...list: readonly T[]) => fc.uniqueArray(fc.constantFrom(...list), { maxLength: 2 });
const names = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: some(...OBJECT_NAMES) });

/** A rule near one of the catalogue's questions: some of its verbs, on some of its resources, with a wildcard here and there. */
const askedRule = fc.constantFrom(...(Object.values(ASKS) as readonly Ask[])).chain(({ verbs, on }) => {
  const paths = on.map((path) => path.replace(UNWRITTEN, '*').split('/') as [string, string, string?]);
  return fc.record({
    verbs: some(...verbs.map((verb) => (verb === UNWRITTEN ? '*' : verb)), '*', 'get', 'update'),
    apiGroups: some(...paths.map(([group]) => group), '*'),
    resources: some(...paths.flatMap(([, resource, subresource]) => (subresource === undefined ? [resource] : [resource, `${resource}/${subresource}`, `*/${subresource}`, `${resource}/*`])), '*', 'pods'),
    resourceNames: names,
    nonResourceURLs: fc.constant([]),
  });
});

const urlRule = fc.record({
  verbs: some('get', '*'),
  apiGroups: fc.constant([]),
  resources: fc.constant([]),
  resourceNames: names,
  nonResourceURLs: some('*', '/metrics', '/apis/*', '/a*b', ''),
});
export const anyRule: fc.Arbitrary<RandomRule> = fc.oneof({ weight: 6, arbitrary: askedRule }, { weight: 1, arbitrary: urlRule });
export const anyRules = fc.array(anyRule, { maxLength: 3 });

const anySubjects = fc.array(fc.constantFrom(...SUBJECTS), { maxLength: 3 });
const roleIn = (namespace: fc.Arbitrary<string | undefined>, rules: fc.Arbitrary<readonly RandomRule[]>) =>
  fc.record({ metadata: fc.record({ name: fc.constantFrom(...ROLE_NAMES), namespace }), rules }) as fc.Arbitrary<RandomRole>;
const bindingIn = (namespace: fc.Arbitrary<string | undefined>) =>
  fc.record({
    metadata: fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), namespace }),
    roleRef: fc.record({ kind: fc.constantFrom('ClusterRole', 'Role'), name: fc.constantFrom(...ROLE_NAMES, 'gone') }),
    subjects: anySubjects,
  }) as fc.Arbitrary<RandomBinding>;
const nowhere = fc.constant(undefined);
const somewhere = fc.constantFrom(...NAMESPACES);
const byName = ({ metadata }: RandomRole | RandomBinding) => `${metadata.namespace ?? ''}/${metadata.name}`;

export const anyClusterRoleBinding = bindingIn(nowhere);
export const anyRoleBinding = bindingIn(somewhere);

function worldOf(rules: fc.Arbitrary<readonly RandomRule[]>): fc.Arbitrary<RandomWorld> {
  return fc.record({
    clusterRoles: fc.uniqueArray(roleIn(nowhere, rules), { maxLength: 3, selector: byName }),
    roles: fc.uniqueArray(roleIn(somewhere, rules), { maxLength: 4, selector: byName }),
    clusterRoleBindings: fc.uniqueArray(anyClusterRoleBinding, { maxLength: 4, selector: byName }),
    roleBindings: fc.uniqueArray(anyRoleBinding, { maxLength: 6, selector: byName }),
  });
}

export const anyWorld = worldOf(anyRules);

/** Worlds in which alice holds halves of a few questions, cluster-wide and in namespaces, so that conjunctions of them are met and missed. */
export function worldAbout(...asks: readonly (keyof typeof ASKS)[]): fc.Arbitrary<RandomWorld> {
  const rule = fc.constantFrom(...asks.map((name): Ask => ASKS[name])).chain(({ verbs, on }) =>
    fc.record({
      verbs: fc.constantFrom(...verbs.map((verb) => [verb === UNWRITTEN ? '*' : verb])),
      apiGroups: fc.constant([on[0]!.slice(0, on[0]!.indexOf('/'))]),
      resources: fc.constantFrom(...on.map((path) => [path.slice(path.indexOf('/') + 1).replace(UNWRITTEN, '*')])),
      resourceNames: fc.oneof(fc.constant([]), some('system:masters', 'cluster-admin', 'x', 'y', 'shop', '')),
      nonResourceURLs: fc.constant([]),
    }),
  );
  const rules = fc.array(rule, { minLength: 1, maxLength: 2 });
  const subjects = [{ kind: 'User', name: 'alice' }];
  const bindings = (...namespaces: readonly (string | undefined)[]) =>
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...namespaces), fc.constantFrom(...ROLE_NAMES)), { minLength: 1, maxLength: 3, selector: String })
      .map((pairs) =>
        pairs.map(([namespace, name]) => ({ metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, roleRef: { kind: 'ClusterRole', name }, subjects })),
      );
  return fc.record({
    clusterRoles: fc.tuple(...ROLE_NAMES.map((name) => rules.map((of) => ({ metadata: { name }, rules: of })))),
    roles: fc.constant([]),
    clusterRoleBindings: fc.oneof(fc.constant([]), bindings(undefined)),
    roleBindings: fc.oneof(fc.constant([]), bindings(...NAMESPACES)),
  });
}

export function listsOf(world: RandomWorld): RbacLists {
  return Object.fromEntries(Object.entries(world).map(([source, value]) => [source, { ok: true, value: value as unknown }])) as unknown as RbacLists;
}
