import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from './client-settings.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { withEmulator } from './with-emulator.ts';

withEmulator('the gateway before the emulators', { auth: true }, (emulator) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway();
    gateway.upstream = () => emulator().url;
  });
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
  });
  const settings = (): ReturnType<typeof clientSettings> => clientSettings({ ...emulator(), url: gateway.url });
  const since = (from: number): unknown[] => gateway.calls.slice(from).map(({ action, resource, context, status }) => [action, resource, context, status]);

  test('passes calls to S3 whole, and says what IAM would be asked', async () => {
    const s3 = new S3Client(settings());
    await s3.send(new CreateBucketCommand({ Bucket: 'record' }));
    const from = gateway.calls.length;
    const Body = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    await s3.send(new PutObjectCommand({ Bucket: 'record', Key: 'a b/ä', Body, IfNoneMatch: '*' }));
    await expect(s3.send(new PutObjectCommand({ Bucket: 'record', Key: 'a b/ä', Body, IfNoneMatch: '*' }))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const { Body: back } = await s3.send(new GetObjectCommand({ Bucket: 'record', Key: 'a b/ä' }));
    expect(Buffer.compare(await back!.transformToByteArray(), Body)).toBe(0);
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'record', Key: 'a b/ä' }))).ContentLength).toBe(Body.length);
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'record', Prefix: 'a b/' }))).Contents?.map(({ Key }) => Key)).toEqual(['a b/ä']);
    const object = 'arn:aws:s3:::record/a b/ä';
    const create = { 's3:if-none-match': '*' };
    expect(since(from)).toEqual([
      ['s3:PutObject', object, create, 200],
      ['s3:PutObject', object, create, 412],
      ['s3:GetObject', object, {}, 200],
      ['s3:GetObject', object, {}, 200],
      ['s3:ListBucket', 'arn:aws:s3:::record', { 's3:prefix': 'a b/' }, 200],
    ]);
  });

  test('knows whom STS gave which keys', async () => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${emulator().account}:root` }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }] };
    const { Role } = await new IAMClient(settings()).send(new CreateRoleCommand({ RoleName: 'reader', Path: '/audit/', AssumeRolePolicyDocument: JSON.stringify(trust) }));
    const sts = new STSClient(settings());
    await expect(sts.send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 's' }))).rejects.toMatchObject({ name: 'AccessDenied' });
    const from = gateway.calls.length;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 's-1', ExternalId: 'x-1' }));
    expect(gateway.signer(Credentials!.AccessKeyId!)).toEqual({
      secretAccessKey: Credentials!.SecretAccessKey,
      sessionToken: Credentials!.SessionToken,
      principal: `arn:aws:iam::${emulator().account}:role/reader`,
      session: 's-1',
    });
    expect(since(from)).toEqual([['sts:AssumeRole', Role!.Arn, { 'sts:ExternalId': 'x-1' }, 200]]);
  });

  test('a fault comes in place of the answer', async () => {
    const sns = new SNSClient(settings());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    gateway.fault = ({ action }) => (action === 'sns:Publish' ? { status: 503, contentType: 'text/plain', body: 'down' } : undefined);
    const from = gateway.calls.length;
    await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    gateway.fault = undefined;
    await sns.send(new PublishCommand({ TopicArn, Message: 'x' }));
    expect(since(from)).toEqual([['sns:Publish', TopicArn, {}, 503], ['sns:Publish', TopicArn, {}, 200]]);
  });
});
