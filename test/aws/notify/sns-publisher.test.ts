import { beforeAll, expect, test } from '@jest/globals';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { MESSAGE_CAP, sizeOf, type SnsMessage } from '../../../lambda/notify/sns-message.ts';
import { snsPublisher, type Publisher } from '../../../lambda/notify/sns-publisher.ts';
import { clientSettings } from '../client-settings.ts';
import { subscribeQueue } from '../subscribed-queue.ts';
import { withEmulator } from '../with-emulator.ts';

withEmulator('messages to SNS, on an emulator of AWS', { auth: true }, (emulator) => {
  let publisher: Publisher;
  let sns: SNSClient;
  let topics = 0;
  beforeAll(() => {
    sns = new SNSClient(clientSettings(emulator()));
    publisher = snsPublisher(sns);
  });

  async function topic(): Promise<string> {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `news-${++topics}` }));
    return TopicArn!;
  }

  const message = (topicArn: string, more: Partial<SnsMessage> = {}): SnsMessage => ({
    topicArn,
    subject: 'Eksaminer: 1 critical opened',
    body: JSON.stringify({ default: 'in short', email: 'in full', sqs: '{"schemaVersion":1}' }),
    structure: 'json',
    attributes: { severity: 'critical', account: ['111122223333', '444455556666'], kinds: ['opened', 'resolved'] },
    ...more,
  });

  test('a queue gets its own variant, with subject and attributes', async () => {
    const topicArn = await topic();
    const queue = await subscribeQueue(clientSettings(emulator()), 'all', topicArn);
    await publisher.publish(message(topicArn));
    expect(await queue.drain()).toMatchObject([
      {
        Subject: 'Eksaminer: 1 critical opened',
        Message: '{"schemaVersion":1}',
        MessageAttributes: { severity: { Type: 'String', Value: 'critical' }, account: { Type: 'String.Array', Value: '["111122223333","444455556666"]' } },
      },
    ]);
  });

  test('filter policies tell readers apart, by any one of several values', async () => {
    const topicArn = await topic();
    const settings = clientSettings(emulator());
    const policies = [{ kinds: ['resolved'] }, { account: ['444455556666'], severity: ['critical', 'high'] }, { severity: ['low'] }, { account: ['999999999999'] }];
    const queues = await Promise.all(policies.map((policy, index) => subscribeQueue(settings, `filtered-${index}`, topicArn, policy)));
    await publisher.publish(message(topicArn));
    expect(await Promise.all(queues.map(async ({ drain }) => (await drain()).length))).toEqual([1, 1, 0, 0]);
  });

  test('a message of the largest size that we count is taken', async () => {
    const topicArn = await topic();
    const empty = message(topicArn, { body: '' });
    const { structure: _, ...largest } = { ...empty, body: 'x'.repeat(MESSAGE_CAP - sizeOf(empty)) };
    await publisher.publish(largest);
    // SNS counts subject and attributes too; this emulator counts the body alone.
    await expect(publisher.publish({ ...largest, body: 'x'.repeat(MESSAGE_CAP + 1) })).rejects.toMatchObject({ name: expect.stringMatching(/InvalidParameter/) });
  });

  test('a topic that nobody listens to is not confirmed, one with a queue is', async () => {
    // An address of e-mail that has not answered has no ARN in AWS; this emulator answers for it at once. That case is in test/notify.
    const topicArn = await topic();
    expect(await publisher.confirmed(topicArn)).toBe(false);
    await subscribeQueue(clientSettings(emulator()), 'listens', topicArn);
    expect(await publisher.confirmed(topicArn)).toBe(true);
  });
});
