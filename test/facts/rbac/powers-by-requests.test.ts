import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asking, requestsOf, type AskName } from '../../../lambda/facts/rbac/asks.ts';
import { ASKS, type Ask } from '../../../lambda/facts/rbac/ask-table.ts';
import { createAuthorizer, type Authorizer } from '../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { identityOf } from '../../../lambda/facts/rbac/authorizer/identity-of.ts';
import { UNWRITTEN, type Identity, type ResourceRequest } from '../../../lambda/facts/rbac/authorizer/request.ts';
import { gatherGrants } from '../../../lambda/facts/rbac/gather-grants.ts';
import { heldAsks } from '../../../lambda/facts/rbac/held-powers.ts';
import { POWERS, powerDefinition, powersOf, type Power } from '../../../lambda/facts/rbac/powers.ts';
import { subjectText, type Subject } from '../../../lambda/facts/rbac/subject.ts';
import { NAMESPACES, OBJECT_NAMES, anyWorld, listsOf, worldAbout } from './random-world.ts';

const NAMES = [UNWRITTEN, ...OBJECT_NAMES.filter((name) => name !== '')];
const ASK_NAMES = Object.keys(ASKS) as readonly AskName[];
/** What one request must be about if the other is to make a power of it. */
const SAME_OBJECT: readonly (readonly [AskName, AskName])[] = [
  ['escalateSomeRole', 'changeSomeRole'],
  ['escalateSomeClusterRole', 'changeSomeClusterRole'],
];

const HOLDERS: readonly Subject[] = [
  { kind: 'User', name: 'alice' },
  { kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
  { kind: 'ServiceAccount', namespace: '__proto__', name: 'web' },
  { kind: 'Group', name: 'devs' },
];

/** The requests of an ask in a scope, as the API server would make them. None: nothing in this scope has a part in it. */
function* asked(name: AskName, namespace: string | undefined): Iterable<ResourceRequest> {
  const { where, names }: Ask = ASKS[name];
  if (names === 'own' && namespace === undefined) return;
  if (where === 'cluster' && namespace !== undefined) return;
  if (where === 'kube-system' && namespace !== undefined && namespace !== 'kube-system') return;
  for (const request of requestsOf(name, names === 'own' ? [namespace!] : NAMES)) yield { ...request, namespace: namespace ?? '' };
}

function may(authorizer: Authorizer, identity: Identity, power: Power, namespace: string | undefined): boolean {
  const allowed = (name: AskName, inNamespace: string | undefined): readonly ResourceRequest[] =>
    [...asked(name, inNamespace)].filter((request) => authorizer.allows(identity, request));
  return powerDefinition(power).anyOf.some((needed) => {
    const asks = ASK_NAMES.filter((name) => (needed & asking(name)) !== 0n);
    const pair = SAME_OBJECT.find(([one]) => asks.includes(one));
    if (pair) {
      const [one, other] = pair.map((name) => new Set(allowed(name, namespace).map((request) => request.name)));
      return [...one!].some((name) => other!.has(name));
    }
    return asks.every((name) => {
      // Somebody to act as may be of any namespace.
      const places = name === 'impersonateSomeAccount' && namespace === undefined ? [undefined, ...NAMESPACES] : [namespace];
      return places.some((place) => allowed(name, place).length > 0);
    });
  });
}

/** Worlds of all questions, and worlds of those that make a power only together. */
const WORLDS = {
  'of all powers': anyWorld,
  'of escalation by roles': worldAbout('escalateNewRoles', 'escalateSomeRole', 'createRoles', 'changeSomeRole'),
  'of escalation by ClusterRoles': worldAbout('escalateNewClusterRoles', 'escalateSomeClusterRole', 'createClusterRoles', 'changeSomeClusterRole'),
  'of bindings': worldAbout('bindAnyRole', 'bindClusterAdmin', 'writeRoleBindings', 'writeClusterRoleBindings'),
  'of impersonation': worldAbout('impersonateMasters', 'impersonateSomeUser', 'impersonateSomeAccount'),
  'of namespaces and aws-auth': worldAbout('changeNamedNamespace', 'changeNamespaces', 'changeAwsAuth', 'createAwsAuth'),
  'of reading and writing all': worldAbout('everything', 'readAll', 'writeAll', 'deleteAll'),
};

test.each(Object.entries(WORLDS))('in worlds %s a power is derived if and only if the authorizer allows its requests', (_, worlds) => {
  fc.assert(
    fc.property(worlds, (world) => {
      const lists = listsOf(world);
      const authorizer = createAuthorizer(lists);
      const bySubject = gatherGrants(lists);
      for (const subject of HOLDERS) {
        const { user } = identityOf(subject);
        const identity = { user, groups: subject.kind === 'Group' ? [subject.name] : [] };
        const held = bySubject.get(subjectText(subject));
        for (const namespace of [undefined, ...NAMESPACES]) {
          const derived = held ? powersOf(heldAsks(held, namespace).asks, namespace === undefined ? 'cluster' : 'namespace') : [];
          const other = namespace === undefined ? 'namespace-admin' : 'cluster-admin';
          const allowed = POWERS.filter((power) => power !== other && may(authorizer, identity, power, namespace));
          expect([subject, namespace, derived]).toEqual([subject, namespace, allowed]);
        }
      }
    }),
    { numRuns: 120 },
  );
});
