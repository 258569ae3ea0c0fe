import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../../lambda/storage/s3-client.ts';
import { s3Store } from '../../../lambda/storage/s3-store.ts';
import { objectStoreContract } from '../../storage/object-store-contract.ts';
import { clientSettings, type Keys } from '../client-settings.ts';
import { withEmulator } from '../with-emulator.ts';

withEmulator('the store in S3, on an emulator of AWS', { auth: true }, (emulator) => {
  let client: S3Client;
  let buckets = 0;

  beforeAll(() => {
    const { maxAttempts: _, ...settings } = clientSettings(emulator());
    client = s3Client(settings);
  });
  afterAll(() => client.destroy());

  async function bucket(): Promise<string> {
    const name = `record-${++buckets}`;
    await client.send(new CreateBucketCommand({ Bucket: name }));
    return name;
  }

  describe('is a store like every other', () => objectStoreContract(async () => s3Store({ client, bucket: await bucket() })));

  test('a list goes on to its last page', async () => {
    const store = s3Store({ client, bucket: await bucket() });
    const keys = Array.from({ length: 1_001 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
    for (let at = 0; at < keys.length; at += 50) await Promise.all(keys.slice(at, at + 50).map((key) => store.put(key, Buffer.from(key))));
    const listed: string[] = [];
    for await (const { key } of store.list('k/')) listed.push(key);
    expect(listed).toEqual(keys);
  }, 30_000);

  test('a role that may not read is told so, for an object that is there and for one that is not', async () => {
    const name = await bucket();
    await s3Store({ client, bucket: name }).put('there', Buffer.from('x'));
    const keys = await roleThat([{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${name}/*` }]);
    const { maxAttempts: _, ...settings } = clientSettings(emulator(), keys);
    const store = s3Store({ client: s3Client(settings), bucket: name });
    await expect(store.get('there')).rejects.toThrow(/s3:GetObject/);
    await expect(store.get('not-there')).rejects.toThrow(/s3:ListBucket/);
    await expect(store.list('')[Symbol.asyncIterator]().next()).rejects.toThrow(/s3:ListBucket/);
    await store.put('new', Buffer.from('x'), { ifNoneMatch: '*' });
  });

  async function roleThat(Statement: readonly object[]): Promise<Keys> {
    const settings = clientSettings(emulator());
    const iam = new IAMClient(settings);
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${emulator().account}:root` }, Action: 'sts:AssumeRole' }] };
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'writer', AssumeRolePolicyDocument: JSON.stringify(trust) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'writes', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    const { Credentials } = await new STSClient(settings).send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'test' }));
    return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  }
});
