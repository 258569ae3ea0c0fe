import { expect, test } from '@jest/globals';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { KUBERNETES_SOURCES } from '../../../lambda/model/kinds.ts';
import { AWS_SOURCES, SOURCE_NAMES, isAwsSource, type AwsSource } from '../../../lambda/model/sources.ts';
import { denied, repeating, throttled, vanished, when } from '../../aws/fake/otherwise.ts';
import { fault } from '../../aws/fake/call.ts';
import { ACCOUNT, ARN, STARTED, bed, stateOf } from './eks-bed.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/`;

/** Everything of the sources that no check reads much of yet. */
const WIDE = {
  ...collectionPlan(),
  eksAddons: ['addonVersion', 'createdAt'],
  eksInsights: ['lastRefreshTime'],
  eksNodegroups: ['launchTemplate'],
  ec2LaunchTemplateVersions: ['LaunchTemplateData'],
  iamRoles: ['AssumeRolePolicyDocument', 'RolePolicyList', 'AttachedManagedPolicies'],
  iamPolicies: ['PolicyVersionList'],
};

const ACCOUNTS = [
  { metadata: { name: 'web', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': `${ROLE}team/irsa`, owner: 'somebody' } } },
  { metadata: { name: 'odd', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': 'no \u001b ARN' } } },
  { metadata: { name: 'wrong-path', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': `${ROLE}irsa` } } },
];

test('both sides of a cluster in one snapshot, with pages of one thing', async () => {
  await using at = await bed({ pageSize: 1, kubernetes: { objects: { serviceAccounts: ACCOUNTS } } });
  const snapshot = await at.snapshot({ plan: WIDE });
  expect(snapshot.cluster).toEqual({ id: ARN, arn: ARN, label: 'shop', account: ACCOUNT, region: 'eu-west-1', name: 'shop', uid: 'uid-of-kube-system' });
  expect(snapshot.observedAt).toBe(STARTED.toISOString());
  expect(snapshot.problems).toEqual([]);
  expect(SOURCE_NAMES.filter((source) => !snapshot.sources[source].ok)).toEqual([]);
  const said = (source: AwsSource): unknown => (snapshot.sources[source] as { readonly value: unknown }).value;
  expect(said('eksAddons')).toEqual([{ addonName: 'coredns', addonVersion: 'v1' }, { addonName: 'vpc-cni', addonVersion: 'v1', createdAt: '2026-05-28T20:26:40.000Z' }]);
  expect(said('eksAccessEntries')).toEqual([{ principalArn: `${ROLE}team/admin`, type: 'STANDARD', kubernetesGroups: [] }, { principalArn: `${ROLE}node`, type: 'EC2_LINUX' }]);
  expect(said('eksAssociatedAccessPolicies')).toEqual([{ principalArn: `${ROLE}team/admin`, associatedAccessPolicies: ['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy'].map((name) => ({ policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`, accessScope: { type: 'cluster' } })) }]);
  expect(said('eksNodegroups')).toEqual(['3', '4'].map((version, index) => ({ nodegroupName: ['blue', 'green'][index], launchTemplate: { id: 'lt-1', version } })));
  expect(said('eksInsights')).toEqual([{ id: 'i-1', name: 'old APIs', category: 'UPGRADE_READINESS', lastRefreshTime: '2026-05-28T20:26:40.000Z' }, { id: 'i-2', name: 'skew', category: 'UPGRADE_READINESS' }]);
  expect(said('eksClusterVersions')).toHaveLength(5);
  expect(said('eksFargateProfiles')).toMatchObject([{ fargateProfileName: 'a' }, { fargateProfileName: 'b' }]);
  expect(said('eksPodIdentityAssociations')).toMatchObject([{ associationId: 'a-1' }, { associationId: 'a-2' }]);
  expect(said('eksIdentityProviderConfigs')).toMatchObject([{ oidc: { identityProviderConfigName: 'corp' } }, { oidc: { identityProviderConfigName: 'lab' } }]);
  expect(said('ec2SecurityGroups')).toMatchObject([{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }, { GroupId: 'sg-3' }]);
  expect(said('ec2Subnets')).toMatchObject([{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }]);
  expect(said('ec2RouteTables')).toMatchObject([{ RouteTableId: 'rtb-1' }, { RouteTableId: 'rtb-2' }]);
  expect(said('ec2LaunchTemplateVersions')).toEqual([3, 4].map((VersionNumber) => ({ LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: { ImageId: 'ami-1' } })));
  expect((said('iamRoles') as readonly { readonly Arn: string }[]).map(({ Arn }) => Arn)).toEqual([...['cluster', 'node', 'fargate', 'cni'].map((name) => `${ROLE}${name}`), 'arn:aws:iam::444455556666:role/theirs', `${ROLE}team/irsa`]);
  expect(said('iamRoles')).toMatchObject([
    { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'eks.amazonaws.com' } }] } },
    { RolePolicyList: [{ PolicyName: 'logs', PolicyDocument: { Statement: [{ Action: 'logs:*' }] } }, { PolicyName: 'more' }], AttachedManagedPolicies: [{ PolicyName: 'AmazonEKSWorkerNodePolicy' }, { PolicyName: 'own' }] },
    {},
    {},
    {},
    { RoleName: 'irsa', RolePolicyList: [{ PolicyName: 's3' }] },
  ]);
  expect(said('iamPolicies')).toMatchObject([{ PolicyVersionList: [{ Document: { Statement: [{ Action: 'ec2:Describe*' }] }, IsDefaultVersion: true }] }, { PolicyVersionList: [{ Document: { Statement: [{ Action: 's3:Get*' }] } }] }]);
});

test('asks AWS for nothing that the generated permissions do not name, and writes nothing', async () => {
  await using at = await bed();
  await at.snapshot();
  const named = new Set<string>(Object.values(AWS_SOURCES).flatMap(({ actions }) => [...actions]));
  expect([...at.aws.callsPerApi().keys()].filter((action) => !named.has(action))).toEqual([]);
  expect([...named].filter((action) => !at.aws.callsPerApi().has(action))).toEqual([]);
});

/** Sources that nothing can be said of when another call is refused. */
const WITH_IT: Readonly<Record<string, readonly AwsSource[]>> = {
  'eks:DescribeCluster': ['ec2RouteTables', 'ec2SecurityGroups', 'ec2Subnets'],
  'eks:ListAccessEntries': ['eksAssociatedAccessPolicies'],
  'eks:DescribeAccessEntry': ['eksAssociatedAccessPolicies'],
  'iam:GetRole': ['iamPolicies'],
  'iam:ListRolePolicies': ['iamPolicies'],
  'iam:GetRolePolicy': ['iamPolicies'],
  'iam:ListAttachedRolePolicies': ['iamPolicies'],
};

test.each(Object.entries(AWS_SOURCES).flatMap(([source, { actions }]) => actions.map((action) => [action, source as AwsSource] as const)))('%s refused: %s is, and says which action is missing', async (action, source) => {
  await using at = await bed();
  at.aws.otherwise.push(denied(action));
  const snapshot = await at.snapshot();
  const refusedOnes = SOURCE_NAMES.filter((name) => isAwsSource(name) && !snapshot.sources[name].ok);
  expect(refusedOnes).toEqual([source, ...(WITH_IT[action] ?? [])].sort());
  for (const name of refusedOnes) expect(stateOf(snapshot, name)).toBe(`forbidden: may not call ${action}`);
  // Without DescribeCluster nobody knows where the API server is.
  expect(stateOf(snapshot, 'pods')).toBe(action === 'eks:DescribeCluster' ? 'forbidden: may not call eks:DescribeCluster' : 'read');
});

// The waiting is the SDK's own, in its adaptive mode, and takes seconds.
test('throttling is waited out', async () => {
  await using at = await bed();
  at.aws.otherwise.push(throttled('eks:ListAddons', 1), throttled('ec2:DescribeSubnets', 2), throttled('iam:GetRole', 1));
  const snapshot = await at.snapshot();
  expect(SOURCE_NAMES.filter((source) => !snapshot.sources[source].ok)).toEqual([]);
  expect(at.aws.calls.filter(({ status }) => status !== 200).map(({ action, status }) => `${action} ${status}`).sort()).toEqual([
    'ec2:DescribeSubnets 503', 'ec2:DescribeSubnets 503', 'eks:ListAddons 429', 'iam:GetRole 400', 'iam:GetRole 404',
  ]);
}, 60_000);

test.each([
  ['eks:ListNodegroups', 'eksNodegroups'],
  ['ec2:DescribeSubnets', 'ec2Subnets'],
  ['iam:ListRolePolicies', 'iamRoles'],
] as const)('a list that gives the same page again and again is refused: %s', async (action, source) => {
  await using at = await bed();
  at.aws.otherwise.push(repeating(action));
  const snapshot = await at.snapshot();
  expect(stateOf(snapshot, source)).toBe(`unreadable: ${action} gives the same page again and again`);
  expect(at.aws.callsPerApi().get(action)).toBeLessThanOrEqual(4);
});

test('what is gone between list and describe is left out, if the cluster is still there', async () => {
  await using at = await bed();
  at.aws.otherwise.push(when('eks:DescribeNodegroup', {}, ({ parameters }) => (parameters.get('id') === 'blue' ? fault(404, 'ResourceNotFoundException', 'gone') : undefined)));
  const snapshot = await at.snapshot();
  expect(snapshot.sources.eksNodegroups).toMatchObject({ ok: true, value: [{ nodegroupName: 'green' }] });
  expect(at.aws.callsPerApi().get('eks:DescribeCluster')).toBe(2);
});

test('a cluster that vanishes while it is read is not a cluster with nothing in it', async () => {
  await using at = await bed();
  let described = 0;
  at.aws.otherwise.push(vanished('eks:DescribeAddon'), when('eks:DescribeCluster', {}, () => (described++ > 0 ? fault(404, 'ResourceNotFoundException', 'gone') : undefined)));
  expect(await at.read()).toMatchObject({ ok: false, reason: { code: 'unavailable', message: `EKS knows no cluster "shop" in eu-west-1 of account ${ACCOUNT}: it was deleted` }, cluster: { id: ARN } });
});

test('a cluster that EKS does not know is not read at all', async () => {
  await using at = await bed();
  at.aws.otherwise.push(vanished('eks:DescribeCluster'));
  expect(await at.read()).toMatchObject({ ok: false, reason: { message: `EKS knows no cluster "shop" in eu-west-1 of account ${ACCOUNT}: it was deleted` } });
  expect(at.tokens).toEqual([]);
  expect([...at.aws.callsPerApi()]).toEqual([['eks:DescribeCluster', 1]]);
});

test('without rights and without an API server nothing was read, and it says what is missing', async () => {
  await using at = await bed();
  at.aws.otherwise.push(denied('eks:*'), denied('ec2:*'));
  expect(await at.read()).toMatchObject({ ok: false, reason: { code: 'forbidden', message: 'may not call eks:DescribeCluster' }, cluster: { id: ARN } });
});

test('without credentials nothing is asked', async () => {
  await using at = await bed();
  const denial = Object.assign(new Error('User: x is not authorized to perform: sts:AssumeRole on resource: y'), { name: 'AccessDenied' });
  expect(await at.read({ credentials: () => Promise.reject(denial) })).toMatchObject({ ok: false, reason: { code: 'forbidden', message: 'may not call sts:AssumeRole' } });
  expect(await at.read({ credentials: () => Promise.reject(new Error('no profile\u001bhere')) })).toMatchObject({ ok: false, reason: { code: 'unauthorized', message: "no credentials for this cluster's account: no profile here" } });
  expect(at.aws.calls).toEqual([]);
});

test('when the time for a cluster is up, what is left is refused', async () => {
  await using at = await bed();
  const DEADLINE = 123_456;
  // The deadline passes while EKS is asked for the first list.
  at.aws.otherwise.push(
    when('eks:ListAddons', {}, () => {
      at.clock.expire(DEADLINE);
      return undefined;
    }),
  );
  const snapshot = await at.snapshot({ deadlineMs: DEADLINE });
  expect(stateOf(snapshot, 'eksCluster')).toBe('read');
  for (const source of ['eksAddons', 'ec2Subnets', 'iamRoles'] as const) expect(stateOf(snapshot, source)).toMatch(/^timeout: [a-z0-9]+:\w+ took too long$/);
});

test('credentials are got once for all clients and tokens', async () => {
  await using at = await bed();
  let asked = 0;
  await at.snapshot({ credentials: () => Promise.resolve({ accessKeyId: ACCOUNT, secretAccessKey: 'fake', n: asked++ }) });
  expect(asked).toBe(1);
});

test('VPCs of another account show a part, and a part is not taken for all', async () => {
  await using at = await bed({ describes: { resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-7'], securityGroupIds: [] } } });
  const snapshot = await at.snapshot();
  expect(stateOf(snapshot, 'ec2Subnets')).toBe('unavailable: ec2:DescribeSubnets does not show subnet-7, which the cluster uses; is vpc-1 a VPC of another account?');
  expect(stateOf(snapshot, 'ec2RouteTables')).toBe('read');
});

test('a thousand names in ServiceAccounts hide none of the roles that AWS names', async () => {
  const serviceAccounts = Array.from({ length: 502 }, (_, index) => ({ metadata: { name: `a-${index}`, namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': `${ROLE}r-${String(index).padStart(3, '0')}` } } }));
  await using at = await bed({ kubernetes: { objects: { serviceAccounts } } });
  const { iamRoles } = (await at.snapshot()).sources;
  if (!iamRoles.ok) throw new Error(iamRoles.reason.message);
  // What does not exist is left out; two too many were not looked up, so nobody knows.
  expect(iamRoles.value.map(({ RoleName }) => RoleName)).toEqual(['cluster', 'node', 'fargate', 'cni', 'theirs', 'r-500', 'r-501']);
  const named = ['cluster', 'node', 'cni', 'fargate', 'deleted'].length;
  expect(at.aws.callsPerApi().get('iam:GetRole')).toBe(named + 500);
}, 30_000);

test('a cluster that takes aws-auth alone has no access entries, and EKS, which would refuse to list them, is not asked', async () => {
  await using at = await bed({ describes: { accessConfig: { authenticationMode: 'CONFIG_MAP' } } });
  const { eksAccessEntries, eksAssociatedAccessPolicies } = (await at.snapshot()).sources;
  expect([eksAccessEntries, eksAssociatedAccessPolicies]).toEqual([{ ok: true, value: [] }, { ok: true, value: [] }]);
  expect([...at.aws.callsPerApi().keys()].filter((action) => action.includes('Access'))).toEqual([]);
});

test('a cluster that is being made has no API server yet', async () => {
  await using at = await bed({ describes: { status: 'CREATING', endpoint: undefined } });
  const snapshot = await at.snapshot();
  for (const source of KUBERNETES_SOURCES) expect(stateOf(snapshot, source)).toBe('unavailable: the cluster has no API server: it is CREATING');
  expect(snapshot.sources.kubernetesVersion).toEqual({ ok: true, value: '1.35' });
  expect(snapshot.cluster).not.toHaveProperty('uid');
});
