import { describe, expect, test } from '@jest/globals';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { PRIVATE_EKS_CLUSTER, snapshotOf, type GivenSources } from '../../snapshot-of.ts';

const IAM = 'arn:aws:iam::111122223333';
const policyArn = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;

function identities(authenticationMode: string | undefined, given: GivenSources) {
  const { accessConfig: _, ...cluster } = PRIVATE_EKS_CLUSTER;
  const eksCluster = authenticationMode === undefined ? cluster : { ...cluster, accessConfig: { authenticationMode } };
  const fact = createFactResolver(snapshotOf({ ...given, eksCluster })).fact('clusterIdentities');
  if (!fact.ok) throw new Error('refused');
  return fact;
}

function awsAuth(data: Record<string, string>): NonNullable<GivenSources['awsAuth']> {
  return [{ metadata: { namespace: 'kube-system', name: 'aws-auth' }, data }];
}

const MAPPED = awsAuth({
  mapRoles: `- {rolearn: "${IAM}:role/ops", username: ops, groups: [a]}\n- {rolearn: "${IAM}:role/dev", username: first}\n- {rolearn: "${IAM}:ROLE/Dev", username: second}\n- {rolearn: "${IAM}:role/path/lost", username: x}\n`,
  mapUsers: `- {userarn: "${IAM}:user/svc/deploy", username: deploy}\n- {userarn: "${IAM}:user/al", username: al}\n- {userarn: "${IAM}:user/AL", username: AL}\n`,
  mapAccounts: '[444455556666, 444455556666]',
});
const ENTRIES: NonNullable<GivenSources['eksAccessEntries']> = [
  { principalArn: `${IAM}:role/teams/ops`, username: 'x:{{SessionName}}', type: 'STANDARD', kubernetesGroups: ['b'] },
  { principalArn: `${IAM}:role/node`, username: 'system:node:{{EC2PrivateDNSName}}', type: 'EC2_LINUX', kubernetesGroups: ['system:nodes'] },
];

const named = ({ value }: ReturnType<typeof identities>) => value.principals.map(({ arn, via, username, groups }) => [arn.slice(IAM.length + 1), via, username, groups.join()].join(' '));

describe('the mode says which doors are open', () => {
  const given = { awsAuth: MAPPED, eksAccessEntries: ENTRIES };
  const entries = ['role/node access-entry system:node:{{EC2PrivateDNSName}} system:nodes', 'role/teams/ops access-entry x:{{SessionName}} b'];
  const users = ['user/AL aws-auth AL ', 'user/al aws-auth al ', 'user/svc/deploy aws-auth deploy '];
  test('access entries alone', () => {
    const fact = identities('API', given);
    expect(named(fact)).toEqual(entries);
    expect(fact.value.accounts).toEqual([]);
    // It is read all the same: what stands in it is dead.
    expect(fact.value.awsAuth?.roles).toHaveLength(4);
  });
  test('the ConfigMap alone: the last of a role counts, both spellings of a user may, a role with a path never does', () => {
    const fact = identities('CONFIG_MAP', given);
    expect(named(fact)).toEqual(['ROLE/Dev aws-auth second ', 'role/ops aws-auth ops a', ...users]);
    expect(fact.value.accounts).toEqual(['444455556666']);
  });
  test('both: an entry goes before the ConfigMap, whatever the path of its role', () => {
    expect(named(identities('API_AND_CONFIG_MAP', given))).toEqual(['ROLE/Dev aws-auth second ', ...entries, ...users]);
  });
  test('both, of which the entries were not read: the ConfigMap may be outdone, so nothing is said of it', () => {
    const fact = identities('API_AND_CONFIG_MAP', { ...given, eksAccessEntries: refused('forbidden', 'no') });
    expect(fact.value.principals).toEqual([]);
    expect(fact.unread.map(({ source }) => source)).toEqual(['eksAccessEntries']);
  });
  test('not said: neither is taken for open', () => {
    const fact = identities(undefined, given);
    expect([fact.value.principals, fact.value.accounts, fact.value.mode]).toEqual([[], [], 'unsaid']);
    expect(fact.value.unsaid.map(({ source }) => source)).toEqual(['eksCluster']);
  });
});

test('policies come with their scopes, and one that does not say where it counts is told', () => {
  const fact = identities('API', {
    eksAccessEntries: [{ principalArn: `${IAM}:role/ops`, type: 'STANDARD' }],
    eksAssociatedAccessPolicies: [
      {
        principalArn: `${IAM}:role/ops`,
        associatedAccessPolicies: [
          { policyArn: policyArn('AmazonEKSEditPolicy'), accessScope: { type: 'namespace', namespaces: ['dev-*'] } },
          { policyArn: policyArn('AmazonEKSNewPolicy') },
        ],
      },
    ],
  });
  expect(fact.value.principals[0]!.policies.map(({ policy, scope }) => [policy.name, policy.contents, scope])).toEqual([
    ['AmazonEKSEditPolicy', 'documented', { kind: 'namespaces', patterns: ['dev-*'] }],
    ['AmazonEKSNewPolicy', 'unknown', { kind: 'unsaid' }],
  ]);
  expect(fact.value.unsaid.map(({ reason }) => reason.message)).toEqual(['it is not said where AmazonEKSNewPolicy counts']);
});

test('a key of the ConfigMap that may be read in two ways is told', () => {
  const fact = identities('CONFIG_MAP', { awsAuth: awsAuth({ mapRoles: '- "\u0001"' }) });
  expect(fact.value.unsaid).toEqual([
    { source: 'awsAuth', reason: { code: 'not-understood', message: 'what EKS makes of mapRoles in aws-auth is not known: it holds characters that YAML parsers read differently' } },
  ]);
});
