import type { EksAccessEntry, EksAssociatedAccessPolicies } from '../../model/eks.ts';
import { compareText } from '../../model/compare-text.ts';
import type { Unread } from '../../model/derived.ts';
import { objectsOf, textOf, textsOf, written } from '../as-read.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid, unsaidIfMissing } from '../unsaid.ts';
import { accessPolicy } from './access-policies/access-policy.ts';
import { accessScope } from './access-policies/access-scope.ts';
import type { AwsAuthMap } from './aws-auth/aws-auth-map.ts';
import { indexAwsAuth } from './aws-auth/map-caller.ts';
import { readAwsAuth } from './aws-auth/read-aws-auth.ts';
import type { AuthenticationMode, GrantedPolicy, MappedPrincipal } from './cluster-identity.ts';
import { closedDoors } from './doors.ts';
import { mayBeSaidBySts, principalOf } from './principal-arn.ts';

/** EKS gives it to entries that say no type. https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessEntry.html */
const STANDARD = 'STANDARD';

/**
 * Access entries and aws-auth, by the cluster's authentication mode. Of one principal an access entry goes before aws-auth, so where entries count and were not read nothing is
 * said of aws-auth. https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
 */
export const clusterIdentities = defineFact({
  name: 'clusterIdentities',
  revision: 2,
  needs: ['eksCluster'],
  wants: ['eksAccessEntries', 'eksAssociatedAccessPolicies', 'awsAuth'],
  fields: {
    eksCluster: ['arn', 'accessConfig.authenticationMode'],
    eksAccessEntries: ['principalArn', 'username', 'type', 'kubernetesGroups', 'createdAt'],
    eksAssociatedAccessPolicies: ['principalArn', 'associatedAccessPolicies[].policyArn', 'associatedAccessPolicies[].accessScope'],
    awsAuth: ['data.mapRoles', 'data.mapUsers', 'data.mapAccounts'],
  },
  irrelevant: ({ eksCluster }) => closedDoors(eksCluster),
  derive({ eksCluster, eksAccessEntries, eksAssociatedAccessPolicies, awsAuth: configMap }) {
    const [, partition = '', , , account = ''] = written(eksCluster.arn ?? '').split(':');
    const mode = modeOf(eksCluster.accessConfig?.authenticationMode);
    const [map] = configMap.ok ? objectsOf(configMap.value) : [];
    const awsAuth = map && readAwsAuth(map.data);

    const associated = eksAssociatedAccessPolicies.ok ? policiesByPrincipal(eksAssociatedAccessPolicies.value) : new Map<string, readonly GrantedPolicy[]>();
    const entries = opensEntries(mode) && eksAccessEntries.ok ? objectsOf(eksAccessEntries.value).flatMap((entry) => ofEntry(entry, associated)) : [];
    const mapped = awsAuth && readsAwsAuth(mode) && (!opensEntries(mode) || eksAccessEntries.ok) ? ofAwsAuth(awsAuth, entries) : [];
    return {
      mode,
      partition,
      account,
      principals: [...entries, ...mapped].sort((a, b) => compareText(a.arn, b.arn) || compareText(a.via, b.via)),
      accounts: awsAuth && readsAwsAuth(mode) ? [...new Set(awsAuth.accounts)].sort(compareText) : [],
      awsAuth,
      unsaid: [
        ...unsaidIfMissing('accessConfig.authenticationMode', mode === 'unsaid' ? undefined : mode),
        ...(awsAuth && readsAwsAuth(mode) ? unreadableKeys(awsAuth) : []),
        ...[...associated.values()].flat().flatMap(({ policy, scope }) => (scope.kind === 'unsaid' ? [unsaid('eksAssociatedAccessPolicies', `it is not said where ${policy.name} counts`)] : [])),
      ],
    };
  },
});

export function readsAwsAuth(mode: AuthenticationMode): boolean {
  return mode === 'CONFIG_MAP' || mode === 'API_AND_CONFIG_MAP';
}

export function opensEntries(mode: AuthenticationMode): boolean {
  return mode === 'API' || mode === 'API_AND_CONFIG_MAP';
}

function modeOf(mode: unknown): AuthenticationMode {
  return mode === 'API' || mode === 'API_AND_CONFIG_MAP' || mode === 'CONFIG_MAP' ? mode : 'unsaid';
}

function policiesByPrincipal(associations: readonly EksAssociatedAccessPolicies[]): ReadonlyMap<string, readonly GrantedPolicy[]> {
  const by = new Map<string, GrantedPolicy[]>();
  for (const { principalArn, associatedAccessPolicies } of objectsOf(associations)) {
    const policies = by.get(written(principalArn)) ?? [];
    by.set(written(principalArn), policies);
    for (const { policyArn, accessScope: scope } of objectsOf(associatedAccessPolicies)) policies.push({ policy: accessPolicy(written(policyArn)), scope: accessScope(scope) });
  }
  return by;
}

function ofEntry(entry: EksAccessEntry, associated: ReadonlyMap<string, readonly GrantedPolicy[]>): readonly MappedPrincipal[] {
  const arn = textOf(entry.principalArn);
  if (arn === undefined) return [];
  return [
    {
      arn,
      via: 'access-entry',
      entryType: textOf(entry.type) ?? STANDARD,
      ...(entry.createdAt === undefined ? {} : { createdAt: entry.createdAt }),
      username: textOf(entry.username) ?? '',
      groups: textsOf(entry.kubernetesGroups),
      policies: associated.get(arn) ?? [],
    },
  ];
}

/** Those that count: whom STS could say, without an access entry, the last of several. Where it is left to chance which counts, all that may. */
function ofAwsAuth(map: AwsAuthMap, entries: readonly MappedPrincipal[]): readonly MappedPrincipal[] {
  const withEntry = new Set(entries.map(({ arn }) => principalOf(arn)?.compared ?? arn.toLowerCase()));
  const { roles, users } = indexAwsAuth(map);
  const unmasked = [...users].flatMap(([arn, some]) => (roles.has(arn) ? [] : some));
  return [...[...roles.values()].map(({ rolearn, ...mapping }) => ({ arn: rolearn, ...mapping })), ...unmasked.map(({ userarn, ...mapping }) => ({ arn: userarn, ...mapping }))]
    .filter(({ arn }) => mayBeSaidBySts(arn) && !withEntry.has(arn.toLowerCase()))
    .map(({ arn, username, groups }) => ({ arn, via: 'aws-auth', username, groups, policies: [] }));
}

function unreadableKeys({ unreadable }: AwsAuthMap): readonly Unread[] {
  return [...unreadable].map(([key, reason]) => unsaid('awsAuth', `what EKS makes of ${key} in aws-auth is not known: ${reason}`));
}
