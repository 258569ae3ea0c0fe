import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { REQUEST_ASKS, type RequestAskName } from '../../../lambda/facts/rbac/asks.ts';
import { createAuthorizer, type Authorizer } from '../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { identityOf } from '../../../lambda/facts/rbac/authorizer/identity-of.ts';
import { UNWRITTEN, type Identity } from '../../../lambda/facts/rbac/authorizer/request.ts';
import { gatherGrants } from '../../../lambda/facts/rbac/gather-grants.ts';
import { heldAsks } from '../../../lambda/facts/rbac/held-powers.ts';
import { POWERS, powersOf, type Power } from '../../../lambda/facts/rbac/powers.ts';
import { subjectText, type Subject } from '../../../lambda/facts/rbac/subject.ts';
import { NAMESPACES, OBJECT_NAMES, anyWorld, listsOf, worldAbout } from './random-world.ts';
import { requestsBehind, wayIsOpen, waysTo } from './requests-behind.ts';

const NAMES = [UNWRITTEN, ...OBJECT_NAMES.filter((name) => name !== '')];

const HOLDERS: readonly Subject[] = [
  { kind: 'User', name: 'alice' },
  { kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
  { kind: 'ServiceAccount', namespace: '__proto__', name: 'web' },
  { kind: 'Group', name: 'devs' },
];

function may(authorizer: Authorizer, identity: Identity, power: Power, namespace: string | undefined): boolean {
  const requests = (name: RequestAskName) => requestsBehind(name, namespace, NAMES, NAMESPACES);
  return waysTo(power).some((way) => wayIsOpen(way, requests, (request) => authorizer.allows(identity, request)));
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
  'of namespaces and aws-auth': worldAbout('changeNamedNamespace', 'deleteNamedNamespace', 'changeNamespaces', 'changeAwsAuth', 'createAwsAuth'),
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
