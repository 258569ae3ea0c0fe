import { PublishCommand, type SNSClient, paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { attributeValue, type SnsMessage } from './sns-message.ts';

/** Tells people, and knows whether anybody listens. */
export interface Publisher {
  /** Resolves when the message was taken. After an error it is not known whether it was. */
  publish(message: SnsMessage): Promise<void>;
  /** Whether the topic has a subscription that somebody confirmed. */
  confirmed(topicArn: string): Promise<boolean>;
}

/** A subscription that waits for its address to confirm it has no ARN yet. */
const CONFIRMED = /^arn:/;

export function snsPublisher(client: SNSClient): Publisher {
  return {
    async publish({ topicArn, subject, body, structure, attributes }) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          Message: body,
          ...(structure ? { MessageStructure: structure } : {}),
          MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeValue(value)])),
        }),
      );
    },
    async confirmed(topicArn) {
      for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
        if (Subscriptions.some(({ SubscriptionArn = '' }) => CONFIRMED.test(SubscriptionArn))) return true;
      }
      return false;
    },
  };
}
