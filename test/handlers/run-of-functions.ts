import { checkWords } from '../../lambda/access/check-words.ts';
import { CHECK_WORDS_FILE, CONFIGURATION_FILE, ENV, type DiscoverResult, type RouteSetting } from '../../lambda/contract.ts';
import type { Configuration } from '../../lambda/configuration/configuration.ts';
import type { EksTarget } from '../../lambda/model/cluster-target.ts';
import { s3Client } from '../../lambda/storage/s3-client.ts';
import { s3Store } from '../../lambda/storage/s3-store.ts';
import type { Handler } from '../../lib/bundle.ts';
import { fakeS3, type FakeS3 } from '../storage/fake-s3.ts';
import { FakeAws } from '../aws/fake/fake-aws.ts';
import type { FakeAccount } from '../aws/fake/fake-data.ts';
import { FakeSns } from './fake-sns.ts';
import { FrontDoor } from './front-door.ts';
import { FunctionHost, type Invoked } from './function-host.ts';

export const HUB = '111122223333';
export const MEMBER = '444455556666';
export const BUCKET = 'record';

/** Two accounts with a cluster each. Their API servers stand at an address that no rule allows: AWS's side is all that is seen. */
export function twoAccounts(): Record<string, FakeAccount> {
  const cluster = (name: string, publicAccessCidrs: readonly string[]) => ({
    name,
    describes: { version: '1.35', endpoint: 'https://127.0.0.1:1', certificateAuthority: { data: 'none' }, resourcesVpcConfig: { vpcId: 'vpc-1', endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs } },
  });
  return {
    [HUB]: { regions: { 'eu-west-1': { clusters: [cluster('shop', ['0.0.0.0/0'])] } } },
    [MEMBER]: { regions: { 'eu-west-1': { clusters: [cluster('ledger', ['192.0.2.0/24'])] } }, roles: [{ name: 'eksaminer-member', assumedBy: [HUB], externalId: 'x-1' }] },
  };
}

export const CONFIGURATION: Configuration = {
  accounts: { kind: 'list', ids: [HUB, MEMBER] },
  memberRole: { name: 'eksaminer-member', externalId: 'x-1' },
  regions: 'all',
  clusters: { include: ['*'], exclude: [], tags: {} },
  schedule: { expression: 'rate(24 hours)', timezone: 'UTC', intervalHours: 24 },
  routes: [],
  operations: { email: [] },
  concurrency: 2,
  vantages: [],
  endpoints: { suffixes: [], addresses: [] },
  encryption: 'aws',
};

export const ROUTE: RouteSetting = { name: 'platform', topicArn: `arn:aws:sns:eu-west-1:${HUB}:platform`, format: 'text', severity: 'low' };

/** The functions beside an AWS of two accounts. */
export class Functions implements AsyncDisposable {
  readonly aws: FakeAws;
  readonly s3: FakeS3;
  readonly sns: FakeSns;
  private readonly door: FrontDoor;
  private readonly host: FunctionHost;

  private constructor(aws: FakeAws, s3: FakeS3, sns: FakeSns, door: FrontDoor) {
    [this.aws, this.s3, this.sns, this.door] = [aws, s3, sns, door];
    this.host = new FunctionHost(door, HUB);
  }

  static async start(): Promise<Functions> {
    const aws = await FakeAws.start({ accounts: twoAccounts() });
    const s3 = await fakeS3();
    const sns = await FakeSns.start();
    const door = await FrontDoor.open({ s3: s3.endpoint, sns: sns.url, eks: aws.url, ec2: aws.url, iam: aws.url, sts: aws.url });
    const functions = new Functions(aws, s3, sns, door);
    functions.host.prepare('discover', { [CONFIGURATION_FILE]: JSON.stringify(CONFIGURATION) });
    functions.host.prepare('audit');
    functions.host.prepare('reconcile');
    functions.host.prepare('notify', { [CHECK_WORDS_FILE]: JSON.stringify(checkWords()) });
    return functions;
  }

  discover(execution: string, startedAt: string, input: unknown = {}): Promise<Invoked> {
    return this.host.invoke('discover', { input, execution, startedAt }, { ...this.bucket(), [ENV.routes]: JSON.stringify([ROUTE]), [ENV.version]: '0.0.0' });
  }

  audit(run: string, target: EksTarget): Promise<Invoked> {
    return this.host.invoke('audit', { run, target }, { ...this.bucket(), [ENV.endpoints]: JSON.stringify(CONFIGURATION.endpoints) });
  }

  reconcile(run: string): Promise<Invoked> {
    return this.host.invoke('reconcile', { run }, this.bucket());
  }

  notify(run: string): Promise<Invoked> {
    return this.host.invoke('notify', { run }, { ...this.bucket(), [ENV.routes]: JSON.stringify([ROUTE]) });
  }

  directoryOf(handler: Handler): string {
    return this.host.directoryOf(handler);
  }

  /** As the state machine does it. */
  async run(execution: string, startedAt: string): Promise<string> {
    const { run } = (await this.discover(execution, startedAt)).answer as DiscoverResult;
    for (const target of this.targets(run)) await this.audit(run, target);
    await this.reconcile(run);
    await this.notify(run);
    return run;
  }

  targets(run: string): readonly EksTarget[] {
    return this.text(`runs/${run}/targets.jsonl`)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as EksTarget);
  }

  /** As a function that did not come to its end would have left it. */
  async put(key: string, text: string): Promise<void> {
    const client = s3Client({ endpoint: this.s3.endpoint, region: 'eu-west-1', forcePathStyle: true, credentials: { accessKeyId: HUB, secretAccessKey: 'fake' } });
    await s3Store({ client, bucket: BUCKET }).put(key, Buffer.from(text));
    client.destroy();
  }

  text(key: string): string {
    return Buffer.from(this.s3.buckets.get(BUCKET)!.get(key)!).toString('utf8');
  }

  keys(): string[] {
    return [...(this.s3.buckets.get(BUCKET)?.keys() ?? [])].sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.host[Symbol.dispose]();
    await this.door[Symbol.asyncDispose]();
    await this.aws[Symbol.asyncDispose]();
    await this.sns[Symbol.asyncDispose]();
    await this.s3.close();
  }

  private bucket(): Record<string, string> {
    return { [ENV.bucket]: BUCKET };
  }
}
