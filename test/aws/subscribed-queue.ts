import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { clientSettings } from './client-settings.ts';

/** What SNS puts into a queue. */
export interface Delivered {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

export interface SubscribedQueue {
  /** What has come since it was asked last, in order of arrival. SNS has put it there by the time its Publish was answered: nothing is waited for. */
  drain(): Promise<readonly Delivered[]>;
}

/** A queue of somebody who wants to be told of some of what a topic says. */
export async function subscribeQueue(settings: ReturnType<typeof clientSettings>, name: string, topicArn: string, filterPolicy?: object): Promise<SubscribedQueue> {
  const sqs = new SQSClient(settings);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const QueueArn = Attributes!['QueueArn']!;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QueueArn, Condition: { ArnEquals: { 'aws:SourceArn': topicArn } } }],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await new SNSClient(settings).send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: QueueArn, Attributes: filterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(filterPolicy) } }));
  return {
    async drain() {
      const delivered: Delivered[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }));
        if (Messages.length === 0) return delivered;
        for (const { Body = '', ReceiptHandle } of Messages) {
          delivered.push(JSON.parse(Body) as Delivered);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}
