import { DescribeLaunchTemplateVersionsCommand, DescribeRegionsCommand, DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeAccessEntryCommand, DescribeClusterCommand, EKSClient, paginateListAddons, paginateListClusters, paginateListInsights } from '@aws-sdk/client-eks';
import { GetPolicyVersionCommand, GetRoleCommand, IAMClient, paginateListAttachedRolePolicies } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from '@jest/globals';
import { FakeAws } from './fake-aws.ts';
import type { FakeAccount } from './fake-data.ts';
import { denied, throttled } from './otherwise.ts';

const HUB = '111122223333';
const MEMBER = '444455556666';
const PRINCIPAL = `arn:aws:iam::${HUB}:role/team/admin`;

const ACCOUNTS: Record<string, FakeAccount> = {
  [HUB]: {
    regions: {
      'eu-west-1': {
        clusters: [
          { name: 'shop', describes: { endpoint: 'https://x', createdAt: 1_780_000_000 }, addons: [{ addonName: 'coredns' }, { addonName: 'vpc-cni' }, { addonName: 'kube-proxy' }], accessEntries: [{ principalArn: PRINCIPAL, type: 'STANDARD' }], insights: [{ id: 'i-1', name: 'old APIs' }, { id: 'i-2', name: 'skew' }] },
          { name: 'blog' },
        ],
        securityGroups: [
          { GroupId: 'sg-1', VpcId: 'vpc-1', IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }], UserIdGroupPairs: [{ GroupId: 'sg-2' }] }] },
          { GroupId: 'sg-2', VpcId: 'vpc-2' },
        ],
        launchTemplateVersions: [{ LaunchTemplateId: 'lt-1', VersionNumber: 3, LaunchTemplateData: { SecurityGroupIds: ['sg-1'], MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } }],
      },
      'us-east-1': {},
    },
    roles: [{ name: 'node', trust: { Version: '2012-10-17' }, attached: ['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'] }],
    policies: { 'arn:aws:iam::aws:policy/A': { document: { Statement: [] } } },
  },
  [MEMBER]: { regions: { 'eu-west-1': {} }, roles: [{ name: 'eksaminer', assumedBy: [HUB], externalId: 'x-1' }] },
};

let fake: FakeAws | undefined;
afterEach(async () => {
  await fake?.[Symbol.asyncDispose]();
  fake = undefined;
});

async function clientOptions(pageSize?: number) {
  fake = await FakeAws.start({ accounts: ACCOUNTS, ...(pageSize === undefined ? {} : { pageSize }) });
  return { endpoint: fake.url, region: 'eu-west-1', credentials: FakeAws.keysOf(HUB), maxAttempts: 1 };
}

test('gives lists of EKS in pages, and things one by one', async () => {
  const client = new EKSClient(await clientOptions(1));
  const clusters: string[] = [];
  for await (const { clusters: names } of paginateListClusters({ client }, {})) clusters.push(...(names ?? []));
  expect(clusters).toEqual(['shop', 'blog']);
  const pages: (string[] | undefined)[] = [];
  for await (const { addons } of paginateListAddons({ client }, { clusterName: 'shop' })) pages.push(addons);
  expect(pages).toEqual([['coredns'], ['vpc-cni'], ['kube-proxy']]);
  const insights: unknown[] = [];
  for await (const page of paginateListInsights({ client }, { clusterName: 'shop' })) insights.push(...(page.insights ?? []).map(({ id }) => id));
  expect(insights).toEqual(['i-1', 'i-2']);
  expect((await client.send(new DescribeClusterCommand({ name: 'shop' }))).cluster).toMatchObject({ arn: `arn:aws:eks:eu-west-1:${HUB}:cluster/shop`, status: 'ACTIVE', createdAt: new Date('2026-05-28T20:26:40.000Z') });
  expect((await client.send(new DescribeAccessEntryCommand({ clusterName: 'shop', principalArn: PRINCIPAL }))).accessEntry).toMatchObject({ principalArn: PRINCIPAL, clusterName: 'shop' });
  await expect(client.send(new DescribeClusterCommand({ name: 'gone' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect([...fake!.callsPerApi()]).toEqual([['eks:DescribeAccessEntry', 1], ['eks:DescribeCluster', 2], ['eks:ListAddons', 3], ['eks:ListClusters', 2], ['eks:ListInsights', 2]]);
});

test('speaks the words of EC2', async () => {
  const client = new EC2Client(await clientOptions());
  const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }], MaxResults: 5 }));
  expect(SecurityGroups).toMatchObject([{ GroupId: 'sg-1', IpPermissions: [{ FromPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }], UserIdGroupPairs: [{ GroupId: 'sg-2' }] }] }]);
  expect((await client.send(new DescribeRegionsCommand({}))).Regions?.map(({ RegionName }) => RegionName)).toEqual(['eu-west-1', 'us-east-1']);
  const { LaunchTemplateVersions } = await client.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: 'lt-1', Versions: ['3'] }));
  expect(LaunchTemplateVersions).toMatchObject([{ VersionNumber: 3, LaunchTemplateData: { SecurityGroupIds: ['sg-1'], MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } }]);
  await expect(client.send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-9'] }))).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
});

test('speaks the words of IAM', async () => {
  const client = new IAMClient(await clientOptions(1));
  const { Role } = await client.send(new GetRoleCommand({ RoleName: 'node' }));
  expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toEqual({ Version: '2012-10-17' });
  const attached: unknown[] = [];
  for await (const { AttachedPolicies } of paginateListAttachedRolePolicies({ client }, { RoleName: 'node' })) attached.push(...(AttachedPolicies ?? []));
  expect(attached).toEqual([{ PolicyName: 'A', PolicyArn: 'arn:aws:iam::aws:policy/A' }, { PolicyName: 'B', PolicyArn: 'arn:aws:iam::aws:policy/B' }]);
  expect((await client.send(new GetPolicyVersionCommand({ PolicyArn: 'arn:aws:iam::aws:policy/A', VersionId: 'v3' }))).PolicyVersion?.IsDefaultVersion).toBe(true);
  await expect(client.send(new GetRoleCommand({ RoleName: 'gone' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('knows accounts by their keys, and gives a role away to whom it trusts', async () => {
  const options = await clientOptions();
  const client = new STSClient(options);
  const RoleArn = `arn:aws:iam::${MEMBER}:role/eksaminer`;
  await expect(client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's', ExternalId: 'x-1' }));
  const credentials = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  const assumed = await new STSClient({ ...options, credentials }).send(new GetCallerIdentityCommand({}));
  expect(assumed).toMatchObject({ Account: MEMBER, Arn: `arn:aws:sts::${MEMBER}:assumed-role/eksaminer/s` });
  await expect(new EKSClient({ ...options, credentials, region: 'us-east-1' }).send(new DescribeClusterCommand({ name: 'x' }))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('refuses and throttles as it is told, and only there', async () => {
  const options = await clientOptions();
  fake!.otherwise.push(denied('eks:DescribeCluster', { cluster: 'shop' }), throttled('ec2:DescribeRegions', 1));
  const client = new EKSClient(options);
  await expect(client.send(new DescribeClusterCommand({ name: 'shop' }))).rejects.toMatchObject({ name: 'AccessDeniedException', message: `User: arn:aws:iam::${HUB}:root is not authorized to perform: eks:DescribeCluster` });
  await expect(client.send(new DescribeClusterCommand({ name: 'blog' }))).resolves.toBeDefined();
  const regions = new EC2Client(options);
  await expect(regions.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
  await expect(regions.send(new DescribeRegionsCommand({}))).resolves.toBeDefined();
  expect(fake!.calls.map(({ status }) => status)).toEqual([403, 200, 503, 200]);
});
