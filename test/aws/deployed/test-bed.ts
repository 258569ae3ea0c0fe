import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3Client } from '../../../lambda/storage/s3-client.ts';
import { s3Store } from '../../../lambda/storage/s3-store.ts';
import type { ObjectStore } from '../../../lambda/storage/object-store.ts';
import type { Emulator } from '../../../scripts/emulator/start-emulator.ts';
import { clientSettings } from '../client-settings.ts';
import { CLUSTER_CA, type Entry } from '../eks/api-door.ts';
import { startLiveCluster, type LiveCluster } from '../eks/live-cluster.ts';
import { FakeAws } from '../fake/fake-aws.ts';
import type { FakeAccount, FakeEksCluster } from '../fake/fake-data.ts';
import type { Gateway } from '../gateway.ts';
import { bootstrap, deployStack, putStack, type DeployedStack, type Template } from './deploy-stack.ts';
import { executionsOf, type Executions } from './execution.ts';
import { forEmulator } from './for-emulator.ts';
import { knowFunctionKeys } from './function-keys.ts';
import { synthesise } from './synthesise.ts';

/** Where Eksaminer is deployed, and audits a cluster. */
export const HUB = '111122223333';
/** Another account, which lets it in by a role. */
export const MEMBER = '444455556666';
export const REGION = 'eu-west-1';
export const EXTERNAL_ID = 'a-long-word-of-our-own';
const MEMBER_ROLE = 'EksaminerMember';

export interface TestBed extends AsyncDisposable {
  readonly settings: ReturnType<typeof clientSettings>;
  readonly gateway: Gateway;
  readonly fake: FakeAws;
  /** `shop` of the hub, `ledger` of the member. */
  readonly shop: LiveCluster;
  readonly ledger: LiveCluster;
  readonly stack: DeployedStack;
  readonly memberStack: DeployedStack;
  /** What was changed in the template for the emulator's sake. */
  readonly changedForEmulator: readonly string[];
  readonly executions: Executions;
  /** The record, read as the account's root. */
  readonly store: ObjectStore;
  readonly bucket: string;
  /** Topic of the route `security`. */
  readonly topicArn: string;
  /** Deploys again, with these settings in place of those of `eksaminer.yaml`. */
  redeploy(changes: object): Promise<DeployedStack>;
}

/** What the emulator that a test bed is built on must be started with. */
export function emulatorOptions(gateway: Gateway): { readonly account: string; readonly region: string; readonly auth: true; readonly environment: Readonly<Record<string, string>> } {
  // Waits before retries, which are minutes, are played a hundred times as fast.
  const names = new URL('loopback-names.ts', import.meta.url);
  return { account: HUB, region: REGION, auth: true, environment: { AWS_ENDPOINT_URL: gateway.url, SFN_WAIT_SCALE: '0.01', NODE_OPTIONS: `--import=${names.href}` } };
}

/**
 * Two accounts, each with a cluster that is a real API server behind a door as EKS has it; the fake of our own for EKS, EC2 and IAM; everything else in the
 * emulator, into which the synthesised stacks are brought with their real bundles. `schedule`: of eksaminer.yaml, asked for when everything else stands.
 */
export async function buildTestBed(emulator: Emulator, gateway: Gateway, assets: string, schedule: () => string): Promise<TestBed> {
  await using made = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'eksaminer-deployed-'));
  made.defer(() => rmSync(directory, { recursive: true, force: true }));
  const settings = clientSettings(emulator);
  const hubEntries: Entry[] = [];
  const memberEntries: Entry[] = [{ principal: `arn:aws:iam::${MEMBER}:role/${MEMBER_ROLE}`, groups: ['eksaminer'] }];
  const [shop, ledger] = await Promise.all([
    startLiveCluster(assets, { cluster: 'shop', entries: hubEntries, signer: gateway.signer }),
    startLiveCluster(assets, { cluster: 'ledger', entries: memberEntries, signer: gateway.signer }),
  ]);
  made.use(shop);
  made.use(ledger);

  const fake = await FakeAws.start({
    accounts: { [HUB]: account(HUB, 'shop', shop), [MEMBER]: account(MEMBER, 'ledger', ledger) },
    pageSize: 2,
    callerOf: (key) => {
      const principal = gateway.signer(key)?.principal;
      return principal === undefined ? undefined : { account: principal.split(':')[4]!, arn: principal };
    },
  });
  made.use(fake);
  gateway.upstream = ({ service }) => (['eks', 'ec2', 'iam'].includes(service) ? fake.url : emulator.url);

  const outdir = await synthesise(directory, configuration(schedule()));
  await bootstrap(settings, HUB);
  let changedForEmulator: readonly string[] = [];
  const stack = await deployStack(settings, HUB, outdir, 'Eksaminer', (template) => {
    changedForEmulator = forEmulator(template);
  });
  const assembly = join(outdir, 'assembly-Member');
  const memberTemplate = JSON.parse(readFileSync(join(assembly, readdirSync(assembly).find((file) => file.endsWith('.template.json'))!), 'utf8')) as Template;
  changedForEmulator = [...changedForEmulator, ...forEmulator(memberTemplate)];
  const memberStack = await putStack({ ...settings, credentials: { accessKeyId: MEMBER, secretAccessKey: 'root' } }, 'EksaminerMember', { TemplateBody: JSON.stringify(memberTemplate) }, { HubAccountId: HUB });
  await knowFunctionKeys(settings, gateway);
  hubEntries.push({ principal: stack.outputs['AuditRoleArn']!, groups: ['eksaminer'] });

  const bucket = stack.outputs['RecordBucketName']!;
  const { maxAttempts: _, ...forStore } = settings;
  const client = s3Client(forStore);
  made.defer(() => client.destroy());
  const keep = made.move();
  return {
    settings,
    gateway,
    fake,
    shop,
    ledger,
    stack,
    memberStack,
    changedForEmulator,
    executions: executionsOf(settings, physicalIdOf(stack, 'AWS::StepFunctions::StateMachine')),
    store: s3Store({ client, bucket }),
    bucket,
    topicArn: physicalIdOf(stack, 'AWS::SNS::Topic', 'RoutesRoutesecurity'),
    redeploy: async (changes) => deployStack(settings, HUB, await synthesise(directory, configuration(schedule(), changes)), 'Eksaminer', forEmulator),
    [Symbol.asyncDispose]: () => keep.disposeAsync(),
  };
}

/** Of the only resource of its type whose logical id begins so. */
export function physicalIdOf({ resources }: DeployedStack, type: string, prefix = ''): string {
  const [only, ...more] = [...resources].filter(([id, each]) => each.type === type && id.startsWith(prefix));
  if (only === undefined || more.length > 0) throw new Error(`${more.length + (only ? 1 : 0)} resources of type ${type} whose id begins with "${prefix}"`);
  return only[1].physicalId;
}

function configuration(schedule: string, changes: object = {}): string {
  return JSON.stringify({
    accounts: [HUB, MEMBER],
    memberRole: { name: MEMBER_ROLE, externalId: EXTERNAL_ID },
    clusters: { exclude: ['*-sandbox'] },
    schedule: { expression: schedule },
    routes: [{ name: 'security', severity: 'medium', email: [] }],
    endpoints: { suffixes: ['.eks.test'], addresses: ['127.0.0.0/8'] },
    concurrency: 4,
    ...changes,
  });
}

/** One cluster with a bit of everything that AWS is asked about, so that each kind of call is made. */
function account(id: string, name: string, { door }: LiveCluster): FakeAccount {
  const nodeRole = `arn:aws:iam::${id}:role/nodes`;
  const cluster: FakeEksCluster = {
    ...clusterBehind(name, door.port),
    accessEntries: [{ principalArn: nodeRole, type: 'EC2_LINUX', username: 'system:node:{{EC2PrivateDNSName}}', kubernetesGroups: ['system:nodes'] }],
    addons: [{ addonName: 'vpc-cni', addonVersion: 'v1.20.0-eksbuild.1', status: 'ACTIVE' }],
    nodegroups: [{ nodegroupName: 'default', status: 'ACTIVE', nodeRole, subnets: ['subnet-1'], amiType: 'AL2023_x86_64_STANDARD' }],
    podIdentityAssociations: [{ associationId: 'a-1', namespace: 'default', serviceAccount: 'default', roleArn: `arn:aws:iam::${id}:role/app` }],
  };
  const trust = (Service: string): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] });
  const attached = 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy';
  return {
    regions: {
      [REGION]: {
        clusters: [cluster],
        securityGroups: [{ GroupId: 'sg-1', VpcId: 'vpc-1', GroupName: 'cluster', IpPermissions: [], IpPermissionsEgress: [] }],
        subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: false }],
        routeTables: [{ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Associations: [{ Main: true }], Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' }] }],
      },
    },
    roles: [
      { name: 'nodes', trust: trust('ec2.amazonaws.com'), attached: [attached] },
      { name: 'app', trust: trust('pods.eks.amazonaws.com'), inline: { reads: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::app/*' }] } } },
    ],
    policies: { [attached]: { document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'eks:DescribeCluster', Resource: '*' }] } } },
  };
}

/** What EKS says of a cluster whose door is at this port. */
export function clusterBehind(name: string, port: number): FakeEksCluster {
  return {
    name,
    describes: {
      endpoint: `https://${name}.eks.test:${port}`,
      certificateAuthority: { data: Buffer.from(CLUSTER_CA).toString('base64') },
      resourcesVpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['198.51.100.0/24'], vpcId: 'vpc-1', clusterSecurityGroupId: 'sg-1', securityGroupIds: ['sg-1'], subnetIds: ['subnet-1'] },
      accessConfig: { authenticationMode: 'API' },
    },
  };
}
