import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { readEksCluster, type EksReadOptions } from '../../../lambda/collect/eks/read-eks-cluster.ts';
import type { ReadResult } from '../../../lambda/collect/kubernetes/read-cluster.ts';
import type { EksTarget } from '../../../lambda/model/cluster-target.ts';
import type { Snapshot } from '../../../lambda/model/snapshot.ts';
import { readToken } from '../../aws/eks/read-token.ts';
import { FakeAws } from '../../aws/fake/fake-aws.ts';
import type { FakeEksCluster, FakeRole, Fields } from '../../aws/fake/fake-data.ts';
import { answersOf, type FakeCluster } from '../kubernetes/fake-api-server.ts';
import { certificate, httpsServer, sendJson, statusOf, type Handler, type TestServer } from '../kubernetes/https-server.ts';
import { TestClock } from '../kubernetes/test-clock.ts';

export const ACCOUNT = '111122223333';
export const ARN = `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/shop`;
export const TARGET: EksTarget = { via: 'eks', label: 'shop', arn: ARN, account: ACCOUNT, region: 'eu-west-1', name: 'shop' };
export const STARTED = new Date('2026-11-21T06:00:00.000Z');

const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const AWS_POLICY = 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy';

/** A cluster that has at least two of everything, so that a page of one does not hold it. */
export const CLUSTER: Omit<FakeEksCluster, 'name'> = {
  addons: [{ addonName: 'coredns', addonVersion: 'v1' }, { addonName: 'vpc-cni', addonVersion: 'v1', serviceAccountRoleArn: role('cni'), createdAt: 1_780_000_000 }],
  accessEntries: [{ principalArn: role('team/admin'), type: 'STANDARD', kubernetesGroups: [] }, { principalArn: role('node'), type: 'EC2_LINUX' }],
  associatedPolicies: { [role('team/admin')]: ['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy'].map((name) => ({ policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`, accessScope: { type: 'cluster' }, associatedAt: 1_780_000_000 })) },
  nodegroups: [{ nodegroupName: 'blue', nodeRole: role('node'), launchTemplate: { id: 'lt-1', version: '3' } }, { nodegroupName: 'green', nodeRole: role('node'), launchTemplate: { id: 'lt-1', version: '4' } }],
  fargateProfiles: [{ fargateProfileName: 'a', podExecutionRoleArn: role('fargate') }, { fargateProfileName: 'b', podExecutionRoleArn: role('fargate') }],
  podIdentityAssociations: [
    { associationId: 'a-1', namespace: 'shop', serviceAccount: 'web', roleArn: role('deleted') },
    { associationId: 'a-2', namespace: 'shop', serviceAccount: 'job', roleArn: role('cni'), targetRoleArn: 'arn:aws:iam::444455556666:role/theirs' },
  ],
  oidcProviders: [{ identityProviderConfigName: 'corp', issuerUrl: 'https://id.example' }, { identityProviderConfigName: 'lab', issuerUrl: 'https://lab.example' }],
  insights: [{ id: 'i-1', name: 'old APIs', category: 'UPGRADE_READINESS', lastRefreshTime: 1_780_000_000 }, { id: 'i-2', name: 'skew', category: 'UPGRADE_READINESS' }],
};

export const ROLES: FakeRole[] = [
  { name: 'cluster', trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' }] } },
  { name: 'node', attached: [AWS_POLICY, `arn:aws:iam::${ACCOUNT}:policy/own`], inline: { logs: { Statement: [{ Action: 'logs:*' }] }, more: { Statement: [] } } },
  { name: 'cni' },
  { name: 'fargate' },
  { name: 'irsa', path: '/team/', inline: { s3: { Statement: [{ Action: 's3:*', Resource: '*' }] } } },
];

export interface Bed extends AsyncDisposable {
  readonly aws: FakeAws;
  readonly api: TestServer;
  /** `Authorization` of each request that reached the API server. */
  readonly tokens: string[];
  readonly clock: TestClock;
  readonly cluster: Record<string, unknown>;
  read(options?: Partial<EksReadOptions>, target?: EksTarget): Promise<ReadResult>;
  snapshot(options?: Partial<EksReadOptions>): Promise<Snapshot>;
}

/** AWS and the API server of one cluster on loopback. The API server takes the tokens that EKS would take for this cluster, and no others. */
export async function bed(settings: { readonly pageSize?: number; readonly kubernetes?: FakeCluster; readonly handler?: Handler; readonly describes?: Fields } = {}): Promise<Bed> {
  const { kubernetes = {}, pageSize = 100 } = settings;
  const tokens: string[] = [];
  const clock = new TestClock();
  const answers = settings.handler ?? answersOf(kubernetes);
  const api = await httpsServer((request, response) => {
    const header = request.headers.authorization ?? '';
    tokens.push(header);
    const token = readToken(header.replace(/^Bearer /, ''), 'aws', clock.date());
    if (typeof token === 'string' || !token.signedBy('fake', 'shop')) return sendJson(response, statusOf(401, 'Unauthorized'), 401);
    answers(request, response);
  });
  const cluster = {
    endpoint: `https://kubernetes.test:${api.server.port}`,
    certificateAuthority: { data: certificate('ca.crt').toString('base64') },
    roleArn: role('cluster'),
    createdAt: 1_780_000_000,
    resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'], clusterSecurityGroupId: 'sg-2', endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] },
    ...settings.describes,
  };
  const inVpc = (field: string, ids: readonly string[], VpcId = 'vpc-1'): Fields[] => ids.map((id) => ({ [field]: id, VpcId }));
  const aws = await FakeAws.start({
    pageSize,
    accounts: {
      [ACCOUNT]: {
        regions: {
          'eu-west-1': {
            clusters: [{ name: 'shop', describes: cluster, ...CLUSTER }],
            securityGroups: [...inVpc('GroupId', ['sg-1', 'sg-2', 'sg-3']), ...inVpc('GroupId', ['sg-9'], 'vpc-9')],
            subnets: inVpc('SubnetId', ['subnet-1', 'subnet-2']),
            routeTables: inVpc('RouteTableId', ['rtb-1', 'rtb-2']),
            launchTemplateVersions: [2, 3, 4].map((VersionNumber) => ({ LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: { ImageId: 'ami-1' } })),
          },
        },
        roles: ROLES,
        policies: { [AWS_POLICY]: { document: { Statement: [{ Action: 'ec2:Describe*' }] } }, [`arn:aws:iam::${ACCOUNT}:policy/own`]: { document: { Statement: [{ Action: 's3:Get*' }] } } },
      },
    },
  });
  const read: Bed['read'] = (options = {}, target = TARGET) =>
    readEksCluster(target, {
      credentials: () => Promise.resolve(FakeAws.keysOf(ACCOUNT)),
      plan: collectionPlan(),
      now: () => STARTED,
      endpoints: { suffixes: ['.test'], addresses: ['127.0.0.1/32'] },
      clock,
      random: () => 0.5,
      awsEndpoint: aws.url,
      lookup: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      ...options,
    });
  return {
    aws,
    api,
    tokens,
    clock,
    cluster,
    read,
    async snapshot(options) {
      const result = await read(options);
      if (!result.ok) throw new Error(`not read: ${result.reason.message}`);
      return result.snapshot;
    },
    async [Symbol.asyncDispose]() {
      await aws[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

/** Why a source was refused, or that it was read. */
export function stateOf({ sources }: Snapshot, source: keyof Snapshot['sources']): string {
  const read = sources[source];
  return read.ok ? 'read' : `${read.reason.code}: ${read.reason.message}`;
}
