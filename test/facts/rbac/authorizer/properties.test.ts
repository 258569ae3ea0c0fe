import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAuthorizer, type Authorizer } from '../../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { atomsOf, covers, uncoveredAtoms } from '../../../../lambda/facts/rbac/authorizer/covers.ts';
import { identityOf } from '../../../../lambda/facts/rbac/authorizer/identity-of.ts';
import { UNWRITTEN, type Identity, type Request } from '../../../../lambda/facts/rbac/authorizer/request.ts';
import { readRules } from '../../../../lambda/facts/rbac/policy-rule.ts';
import { NAMESPACES, OBJECT_NAMES, anyClusterRoleBinding, anyRoleBinding, anyRule, anyRules, anyWorld, listsOf, type RandomRole, type RandomWorld } from '../random-world.ts';

const authorizerOf = (world: RandomWorld): Authorizer => createAuthorizer(listsOf(world));

const IDENTITIES: readonly Identity[] = [
  { user: 'alice', groups: [] },
  { user: 'alice', groups: ['devs', 'system:masters'] },
  { user: 'bob', groups: ['devs'] },
  identityOf({ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }),
  identityOf({ kind: 'ServiceAccount', namespace: '__proto__', name: 'web' }),
  identityOf({ kind: 'Group', name: 'devs' }),
];

/** Requests near the rules of a world: what one of them allows, and the same with one thing changed. */
function requestsNear(world: RandomWorld): readonly Request[] {
  const rules = [...world.clusterRoles, ...world.roles].flatMap((role) => readRules(role.rules));
  return rules.flatMap((rule) =>
    [...atomsOf(rule)].slice(0, 6).flatMap(({ verbs: [verb = ''], apiGroups: [group = ''], resources: [path = ''], resourceNames: [name = ''], urls: [url] }): Request[] => {
      if (url !== undefined) return [{ verb, path: url.replace('*', 'x') }, { verb, path: url }];
      const [resource = '', ...rest] = path.split('/');
      const request = { verb, group, resource: resource === '*' ? 'pods' : resource, subresource: rest.join('/'), name, namespace: '' };
      return [request, { ...request, namespace: 'shop' }, { ...request, namespace: '__proto__', name: 'other' }];
    }),
  );
}

function verdicts(authorizer: Authorizer, requests: readonly Request[]): readonly (readonly boolean[])[] {
  return IDENTITIES.map((identity) => requests.map((request) => authorizer.allows(identity, request)));
}

describe('the authorizer', () => {
  test('a role with the rules of two gives what the two give together, and no more', () => {
    fc.assert(
      fc.property(anyWorld, anyRules, anyRules, (world, one, two) => {
        const roles = { a: one, b: two, both: [...one, ...two] };
        const bound = (...names: readonly (keyof typeof roles)[]): Authorizer =>
          authorizerOf({
            clusterRoles: names.map((name): RandomRole => ({ metadata: { name }, rules: roles[name] })),
            roles: [],
            clusterRoleBindings: names.map((name) => ({ metadata: { name }, roleRef: { kind: 'ClusterRole', name }, subjects: [{ kind: 'User', name: 'alice' }] })),
            roleBindings: [],
          });
        const requests = requestsNear({ ...world, clusterRoles: [{ metadata: { name: 'both' }, rules: roles.both }] });
        expect(verdicts(bound('both'), requests)).toEqual(verdicts(bound('a', 'b'), requests));
        const [alone, other] = [verdicts(bound('a'), requests), verdicts(bound('b'), requests)];
        expect(verdicts(bound('both'), requests)).toEqual(alone.map((row, i) => row.map((allowed, j) => allowed || other[i]![j]!)));
      }),
    );
  });

  test('one more binding takes no right away', () => {
    fc.assert(
      fc.property(anyWorld, anyClusterRoleBinding, anyRoleBinding, (world, clusterRoleBinding, roleBinding) => {
        const more = { ...world, clusterRoleBindings: [...world.clusterRoleBindings, clusterRoleBinding], roleBindings: [...world.roleBindings, roleBinding] };
        const requests = requestsNear(world);
        const [before, after] = [verdicts(authorizerOf(world), requests), verdicts(authorizerOf(more), requests)];
        before.forEach((row, i) => row.forEach((allowed, j) => expect([i, requests[j], allowed && !after[i]![j]!]).toEqual([i, requests[j], false])));
      }),
    );
  });

  test('the names of bindings, and of roles together with the references to them, do not matter', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const renamed = {
          clusterRoles: world.clusterRoles.map((role) => ({ ...role, metadata: { ...role.metadata, name: `new ${role.metadata.name}` } })),
          roles: world.roles.map((role) => ({ ...role, metadata: { ...role.metadata, name: `new ${role.metadata.name}` } })),
          clusterRoleBindings: world.clusterRoleBindings.map((binding) => ({ ...binding, metadata: { name: `x ${binding.metadata.name}` }, roleRef: { ...binding.roleRef, name: `new ${binding.roleRef.name}` } })),
          roleBindings: world.roleBindings.map((binding) => ({ ...binding, metadata: { ...binding.metadata, name: 'all alike' }, roleRef: { ...binding.roleRef, name: `new ${binding.roleRef.name}` } })),
        };
        const requests = requestsNear(world);
        expect(verdicts(authorizerOf(renamed), requests)).toEqual(verdicts(authorizerOf(world), requests));
        for (const request of requests) expect(subjectsOf(authorizerOf(renamed), request)).toEqual(subjectsOf(authorizerOf(world), request));
      }),
    );
  });

  test('whoever is said to be able to is, and nobody else', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const authorizer = authorizerOf(world);
        for (const request of requestsNear(world)) {
          const said = new Set(authorizer.whoCan(request).subjects.map(({ subject: { kind, namespace, name } }) => JSON.stringify([kind, namespace, name])));
          const users = ['alice', 'system:serviceaccount:shop:web', ...NAMESPACES.map((namespace) => `system:serviceaccount:${namespace}:web`)];
          for (const user of new Set(users)) {
            const [namespace, name] = user.split(':').slice(2);
            const named = said.has(JSON.stringify(['User', undefined, user])) || (name !== undefined && said.has(JSON.stringify(['ServiceAccount', namespace, name])));
            expect([request, user, authorizer.allows({ user, groups: [] }, request)]).toEqual([request, user, named]);
          }
          expect([request, authorizer.allows({ user: undefined, groups: ['devs'] }, request)]).toEqual([request, said.has(JSON.stringify(['Group', undefined, 'devs']))]);
        }
      }),
    );
  });

  test('a request for what nobody writes is allowed by what allows every name', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...OBJECT_NAMES), (world, name) => {
        const authorizer = authorizerOf(world);
        for (const request of requestsNear(world)) {
          if ('path' in request) continue;
          for (const identity of IDENTITIES) {
            if (authorizer.allows(identity, { ...request, name: UNWRITTEN })) expect([request, authorizer.allows(identity, { ...request, name })]).toEqual([request, true]);
          }
        }
      }),
    );
  });
});

describe('covering', () => {
  const anyAtom = fc.record({ rule: anyRule, at: fc.nat() }).map(({ rule, at }) => {
    const atoms = readRules([rule]).flatMap((one) => [...atomsOf(one)]);
    return atoms.length === 0 ? undefined : atoms[at % atoms.length];
  });

  test('is reflexive and transitive on atoms', () => {
    fc.assert(
      fc.property(anyAtom, anyAtom, anyAtom, (a, b, c) => {
        fc.pre(a !== undefined && b !== undefined && c !== undefined);
        expect(covers([a], [a])).toBe(true);
        if (covers([a], [b]) && covers([b], [c])) expect(covers([a], [c])).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('of many is that each missing atom is missing', () => {
    fc.assert(
      fc.property(anyRules, anyRules, (owner, servant) => {
        const held = readRules(owner);
        const missing = [...uncoveredAtoms(held, readRules(servant))];
        expect(covers(held, readRules(servant))).toBe(missing.length === 0);
        for (const atom of missing) expect(covers(held, [atom])).toBe(false);
        expect(covers([...held, ...missing], readRules(servant))).toBe(true);
      }),
    );
  });

  test('means that whatever the covered rules allow is allowed', () => {
    fc.assert(
      fc.property(anyRules, anyRules, anyWorld, (owner, servant, world) => {
        fc.pre(covers(readRules(owner), readRules(servant)));
        const holder = (rules: RandomRole['rules']): Authorizer =>
          authorizerOf({
            clusterRoles: [{ metadata: { name: 'r' }, rules }],
            roles: [],
            clusterRoleBindings: [{ metadata: { name: 'b' }, roleRef: { kind: 'ClusterRole', name: 'r' }, subjects: [{ kind: 'User', name: 'alice' }] }],
            roleBindings: [],
          });
        const requests = requestsNear({ ...world, clusterRoles: [{ metadata: { name: 'r' }, rules: servant }] });
        const [less, more] = [verdicts(holder(servant), requests), verdicts(holder(owner), requests)];
        less.forEach((row, i) => row.forEach((allowed, j) => expect([requests[j], allowed && !more[i]![j]!]).toEqual([requests[j], false])));
      }),
    );
  });
});

function subjectsOf(authorizer: Authorizer, request: Request): readonly object[] {
  return authorizer.whoCan(request).subjects.map(({ subject }) => subject);
}
