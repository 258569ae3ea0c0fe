import { expect, test } from '@jest/globals';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { clientSettings } from './client-settings.ts';
import { withEmulator } from './with-emulator.ts';

withEmulator('the emulator of AWS', { auth: true, account: '111122223333', region: 'eu-north-1' }, (emulator) => {
  test('listens on loopback alone', async () => {
    const port = Number(new URL(emulator().url).port);
    const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).filter(({ internal }) => !internal);
    const elsewhere = ['127.0.0.2', ...others.map(({ address }) => address)];
    const answers = await Promise.all(['127.0.0.1', ...elsewhere].map(async (address) => [address, await accepts(address, port)]));
    expect(answers).toEqual([['127.0.0.1', true], ...elsewhere.map((address) => [address, false])]);
  });

  test('the account is the one that was asked for', async () => {
    const identity = await new STSClient(clientSettings(emulator())).send(new GetCallerIdentityCommand({}));
    expect([identity.Account, identity.Arn]).toEqual(['111122223333', 'arn:aws:iam::111122223333:root']);
  });

  test('a key that nobody was given may do nothing', async () => {
    const stranger = clientSettings(emulator(), { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' });
    await expect(new S3Client(stranger).send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    await expect(new STSClient(stranger).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/none', RoleSessionName: 'x' }))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test('is empty after a reset', async () => {
    const s3 = new S3Client(clientSettings(emulator()));
    await s3.send(new CreateBucketCommand({ Bucket: 'there' }));
    await emulator().reset();
    expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });
});

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      done(answer);
    };
    socket.on('connect', () => finish(true)).on('error', () => finish(false)).on('timeout', () => finish(false));
  });
}
