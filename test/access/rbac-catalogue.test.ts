import { expect, test } from '@jest/globals';
import { COMBINED_POWERS, RBAC_CATALOGUE } from '../../lambda/access/rbac-catalogue.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { assess } from '../../lambda/assess/assess.ts';
import { POWERS, powerDefinition, type Power } from '../../lambda/facts/rbac/powers.ts';
import { asking, type AskName } from '../../lambda/facts/rbac/asks.ts';
import { ASKS } from '../../lambda/facts/rbac/ask-table.ts';
import type { Ask } from '../../lambda/facts/rbac/ask.ts';
import { UNWRITTEN } from '../../lambda/facts/rbac/authorizer/request.ts';
import { TEXT_ASKS } from '../../lambda/facts/rbac/text-asks.ts';
import type * as k8s from '@kubernetes/client-node';
import { everywhere, user, within } from '../checks/rbac/rbac-objects.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';

const ROWS = [...RBAC_CATALOGUE, ...COMBINED_POWERS];

test('every row is there once, in order', () => {
  const numbers = Array.from({ length: 56 }, (_, index) => index + 1).filter((number) => number !== 47);
  expect(RBAC_CATALOGUE.map(({ id }) => id)).toEqual(numbers.map((number) => `R${String(number).padStart(2, '0')}`));
});

test('every power stands in some row, and every check in the registry', () => {
  expect([...new Set(ROWS.flatMap(({ powers }) => powers))].sort()).toEqual([...POWERS].sort());
  const ids = new Set(CHECKS.filter(({ area }) => area === 'rbac').map(({ id }) => id));
  for (const { id, checks } of ROWS) for (const check of checks) expect([id, check, ids.has(check)]).toEqual([id, check, true]);
});

test('what is no check is evidence: R11 alone', () => {
  expect(RBAC_CATALOGUE.filter(({ checks }) => checks.length === 0).map(({ id }) => id)).toEqual(['R11']);
});

/** A rule for each ask that takes more than requests to ask. */
const WRITTEN: { readonly [A in keyof typeof TEXT_ASKS]: k8s.V1PolicyRule } = {
  readInternals: { verbs: ['get'], nonResourceURLs: ['/metrics'] },
  writeConstraints: { verbs: ['create'], apiGroups: ['constraints.gatekeeper.sh'], resources: ['k8srequiredlabels'] },
  writeAwsObjects: { verbs: ['create'], apiGroups: ['iam.services.k8s.aws'], resources: ['roles'] },
  writeCrossplaneObjects: { verbs: ['create'], apiGroups: ['iam.aws.m.upbound.io'], resources: ['roles'] },
  writeClusterCrossplaneObjects: { verbs: ['create'], apiGroups: ['iam.aws.upbound.io'], resources: ['roles'] },
  onUserInfo: { verbs: ['impersonate-on:user-info:get'], apiGroups: [''], resources: ['pods'] },
  onAccount: { verbs: ['impersonate-on:serviceaccount:get'], apiGroups: [''], resources: ['pods'] },
  onArbitraryNode: { verbs: ['impersonate-on:arbitrary-node:get'], apiGroups: [''], resources: ['pods'] },
  onOwnNode: { verbs: ['impersonate-on:associated-node:get'], apiGroups: [''], resources: ['pods'] },
};

function ruleFor(name: AskName): k8s.V1PolicyRule {
  if (name in WRITTEN) return WRITTEN[name as keyof typeof WRITTEN];
  const { verbs, on, names }: Ask = ASKS[name as keyof typeof ASKS];
  const [group = '', ...resource] = on[0]!.split('/');
  const own = names === 'own' ? { resourceNames: ['kube-system'] } : {};
  const star = (word: string): string => (word === UNWRITTEN ? '*' : word);
  return { verbs: [star(verbs[0]!)], apiGroups: [group], resources: [star(resource.join('/'))], ...own };
}

function rulesFor(power: Power, alternative: number): k8s.V1PolicyRule[] {
  const needed = powerDefinition(power).anyOf[alternative]!;
  const names = ([...Object.keys(ASKS), ...Object.keys(TEXT_ASKS)] as AskName[]).filter((name) => (needed & asking(name)) !== 0n);
  return names.map(ruleFor);
}

/** Where the conditions of every conditional power hold. */
const CONDITIONS: readonly GivenSources[] = ['1.34', '1.36'].flatMap((kubernetesVersion) =>
  [[], [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }]].map((awsAuth) => ({
    kubernetesVersion,
    awsAuth: awsAuth as unknown as NonNullable<GivenSources['awsAuth']>,
    eksCluster: { name: 'test', version: kubernetesVersion, accessConfig: { authenticationMode: 'CONFIG_MAP' } } as NonNullable<GivenSources['eksCluster']>,
    namespaces: [{ metadata: { name: 'kube-system', labels: { 'resource.kubernetes.io/admin-access': 'true' } } }],
  })),
);

/** Checks that report this power, whatever else the same rules give. */
function checksOf(power: Power): readonly string[] {
  const checks = new Set<string>();
  for (const index of powerDefinition(power).anyOf.keys()) {
    const rules = rulesFor(power, index);
    for (const conditions of CONDITIONS) {
      for (const rights of [everywhere(user('alice'), ...rules), within('kube-system', user('alice'), ...rules)]) {
        for (const { check, key } of assess(snapshotOf({ ...conditions, ...rights })).findings) if (key.startsWith(`${power}@`)) checks.add(check);
      }
    }
  }
  return [...checks];
}

test.each(ROWS.filter(({ powers }) => powers.length > 0).map((row) => [row.id, row] as const))('%s: its checks report its powers, and no others do', (_, { powers, checks }) => {
  // Of roles, whose powers are whatever they say.
  const ofPowers = checks.filter((check) => check !== 'named-role-bind');
  expect([...new Set(powers.flatMap(checksOf))].sort()).toEqual([...ofPowers].sort());
});
