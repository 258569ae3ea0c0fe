import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Ask } from '../../../lambda/facts/rbac/ask.ts';
import { REQUEST_ASKS, asking, requestsOf, type RequestAskName } from '../../../lambda/facts/rbac/asks.ts';
import { ASKS } from '../../../lambda/facts/rbac/ask-table.ts';
import { createAuthorizer, type Authorizer } from '../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { identityOf } from '../../../lambda/facts/rbac/authorizer/identity-of.ts';
import { UNWRITTEN, type Identity, type ResourceRequest } from '../../../lambda/facts/rbac/authorizer/request.ts';
import { gatherGrants } from '../../../lambda/facts/rbac/gather-grants.ts';
import { heldAsks } from '../../../lambda/facts/rbac/held-powers.ts';
import { POWERS, powerDefinition, powersOf, type Power } from '../../../lambda/facts/rbac/powers.ts';
import { subjectText, type Subject } from '../../../lambda/facts/rbac/subject.ts';
import { NAMESPACES, OBJECT_NAMES, anyWorld, listsOf, worldAbout } from './random-world.ts';

const NAMES = [UNWRITTEN, ...OBJECT_NAMES.filter((name) => name !== '')];
const ASK_NAMES = Object.keys(ASKS) as readonly RequestAskName[];
/** What one request must be about if the other is to make a power of it. */
const SAME_OBJECT: readonly (readonly [RequestAskName, RequestAskName])[] = [
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
function* asked(name: RequestAskName, namespace: string | undefined): Iterable<ResourceRequest> {
  const { where, names }: Ask = ASKS[name];
  if (names === 'own' && namespace === undefined) return;
  if (where === 'cluster' && namespace !== undefined) return;
  if (where !== 'anywhere' && where !== 'cluster' && namespace !== undefined && namespace !== where) return;
  for (const request of requestsOf(name, names === 'own' ? [namespace!] : NAMES)) yield { ...request, namespace: namespace ?? '' };
}

function may(authorizer: Authorizer, identity: Identity, power: Power, namespace: string | undefined): boolean {
  const allowed = (name: RequestAskName, inNamespace: string | undefined): readonly ResourceRequest[] =>
    [...asked(name, inNamespace)].filter((request) => authorizer.allows(identity, request));
  return powerDefinition(power).anyOf.some((needed) => {
    if ((needed & ~REQUEST_ASKS) !== 0n) return false;
    const asks = ASK_NAMES.filter((name) => (needed & asking(name)) !== 0n);
    const pair = SAME_OBJECT.find(([one]) => asks.includes(one));
    if (pair) {
      const [one, other] = pair.map((name) => new Set(allowed(name, namespace).map((request) => request.name)));
      return [...one!].some((name) => other!.has(name));
    }
    return asks.every((name) => {
      // Somebody to act as may be of any namespace.
      const ofAnyNamespace = name === 'impersonateSomeAccount' && namespace === undefined;
      // A signer belongs to no namespace, whose requests it signs may.
      const places = ofAnyNamespace ? [undefined, ...NAMESPACES] : name === 'signForSigner' ? [undefined] : [namespace];
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
  'of certificates': worldAbout('signForSigner', 'signRequests', 'signPodCertificates', 'writeTrustBundles'),
  'of Secrets and devices': worldAbout('createSecrets', 'readSecrets', 'writeSecrets', 'changeClaimsOfDrivers'),
  'of namespaces and aws-auth': worldAbout('changeNamedNamespace', 'changeNamespaces', 'changeAwsAuth', 'createAwsAuth'),
  'of reading and writing all': worldAbout('everything', 'readAll', 'writeAll', 'deleteAll'),
};

test.each(Object.entries(WORLDS))('in worlds %s a power is derived if and only if the authorizer allows its requests', (_, worlds) => {
  fc.assert(
    fc.property(worlds, fc.subarray([...POWERS], { maxLength: 8 }), (world, sample) => {
      const lists = listsOf(world);
      const authorizer = createAuthorizer(lists);
      const bySubject = gatherGrants(lists);
      for (const subject of HOLDERS) {
        const { user } = identityOf(subject);
        const identity = { user, groups: subject.kind === 'Group' ? [subject.name] : [] };
        const held = bySubject.get(subjectText(subject));
        for (const namespace of [undefined, ...NAMESPACES]) {
          const derived = held ? powersOf(heldAsks(held, namespace).asks & REQUEST_ASKS, namespace === undefined ? 'cluster' : 'namespace') : [];
          const other = namespace === undefined ? 'namespace-admin' : 'cluster-admin';
          // All that is derived, and some of what is not: to ask for every power of everybody takes minutes.
          const looked = POWERS.filter((power) => power !== other && (derived.includes(power) || sample.includes(power)));
          const allowed = looked.filter((power) => may(authorizer, identity, power, namespace));
          expect([subject, namespace, derived]).toEqual([subject, namespace, allowed]);
        }
      }
    }),
    { numRuns: 120 },
  );
});
