import { CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, paginateListStackResources, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { clientSettings } from '../client-settings.ts';
import { zipArchive } from '../zip-archive.ts';

type Settings = ReturnType<typeof clientSettings>;

export interface Template {
  Resources: Record<string, { readonly Type: string; Properties?: Record<string, unknown> }>;
}

export interface DeployedStack {
  readonly outputs: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, { readonly type: string; readonly physicalId: string }>;
}

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' }; readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>> }>>;
}

const DEADLINE_MS = 120_000;

/** What `cdk bootstrap` leaves in an account and a synthesised stack relies on: a bucket for assets, and the parameter that says which version did it. */
export async function bootstrap(settings: Settings, account: string): Promise<void> {
  const template: Template = {
    Resources: {
      Assets: { Type: 'AWS::S3::Bucket', Properties: { BucketName: assetBucket(account, settings.region) } },
      Version: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '30' } },
    },
  };
  await putStack(settings, 'CDKToolkit', { TemplateBody: JSON.stringify(template) });
}

/** Brings a stack that was synthesised into `outdir` up, or up to date, as `cdk deploy` does: assets to their bucket, the template from there. `change` may take out what an emulator cannot do. */
export async function deployStack(settings: Settings, account: string, outdir: string, stack: string, change: (template: Template) => void): Promise<DeployedStack> {
  const s3 = new S3Client(settings);
  const Bucket = assetBucket(account, settings.region);
  const { files } = JSON.parse(readFileSync(join(outdir, `${stack}.assets.json`), 'utf8')) as AssetManifest;
  for (const { source, destinations } of Object.values(files)) {
    if (source.packaging === 'file') continue;
    const Body = zipArchive(filesIn(join(outdir, source.path)));
    for (const { objectKey } of Object.values(destinations)) await s3.send(new PutObjectCommand({ Bucket, Key: objectKey, Body }));
  }
  const template = JSON.parse(readFileSync(join(outdir, `${stack}.template.json`), 'utf8')) as Template;
  change(template);
  await s3.send(new PutObjectCommand({ Bucket, Key: `${stack}.json`, Body: JSON.stringify(template) }));
  return putStack(settings, stack, { TemplateURL: `${settings.endpoint}/${Bucket}/${stack}.json` });
}

/** Brings a stack without assets up, or up to date. */
export async function putStack(settings: Settings, stack: string, template: { readonly TemplateBody: string } | { readonly TemplateURL: string }, parameters: Readonly<Record<string, string>> = {}): Promise<DeployedStack> {
  const cloudFormation = new CloudFormationClient(settings);
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  const request = { StackName: stack, ...template, Parameters, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] } as const;
  const isThere = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack })).then(() => true, () => false);
  await (isThere ? cloudFormation.send(new UpdateStackCommand({ ...request, Capabilities: [...request.Capabilities] })) : cloudFormation.send(new CreateStackCommand({ ...request, Capabilities: [...request.Capabilities] })));
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const [made] = (await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }))).Stacks ?? [];
    if (made?.StackStatus === 'CREATE_COMPLETE' || made?.StackStatus === 'UPDATE_COMPLETE') {
      const outputs = Object.fromEntries((made.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
      return { outputs, resources: await resourcesOf(cloudFormation, stack) };
    }
    if (!/^(CREATE|UPDATE)(_COMPLETE_CLEANUP)?_IN_PROGRESS$/.test(made?.StackStatus ?? '') || Date.now() > deadline) {
      const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: stack }));
      const reasons = StackEvents.flatMap(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) => (ResourceStatusReason === undefined ? [] : [`${LogicalResourceId} ${ResourceStatus}: ${ResourceStatusReason}`]));
      throw new Error(`the stack ${stack} is ${made?.StackStatus}: ${made?.StackStatusReason ?? ''}\n${reasons.join('\n')}`);
    }
    await wait(50);
  }
}

async function resourcesOf(client: CloudFormationClient, stack: string): Promise<DeployedStack['resources']> {
  const resources = new Map<string, { type: string; physicalId: string }>();
  for await (const { StackResourceSummaries } of paginateListStackResources({ client }, { StackName: stack })) {
    for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of StackResourceSummaries ?? []) resources.set(LogicalResourceId!, { type: ResourceType!, physicalId: PhysicalResourceId ?? '' });
  }
  return resources;
}

function assetBucket(account: string, region: string): string {
  return `cdk-hnb659fds-assets-${account}-${region}`;
}

function filesIn(directory: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return files.map((file) => ({ name: relative(directory, file).split(sep).join('/'), bytes: readFileSync(file) }));
}
