import { Aws, Stack } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { RouteConfiguration } from '../lambda/configuration/configuration.ts';
import { ENV, type RouteSetting } from '../lambda/contract.ts';
import type { BundledFunction } from './bundled-function.ts';
import type { EncryptionKey } from './encryption-key.ts';

/** An environment holds 4 KB in all. */
const ENVIRONMENT_CAP = 3500;
/** Longest name that CloudFormation makes up for a topic, with its ARN. */
const ARN_LENGTH = 150;

export interface RouteTopicsProps {
  readonly routes: readonly RouteConfiguration[];
  readonly key?: EncryptionKey;
}

/** One topic a route, and one more for a route that goes to Slack too: Amazon Q reads a schema of its own, and people get no JSON by e-mail. */
export class RouteTopics extends Construct {
  readonly routes: readonly RouteSetting[];
  readonly topics: readonly sns.Topic[];
  private readonly key: EncryptionKey | undefined;

  constructor(scope: Construct, id: string, { routes, key }: RouteTopicsProps) {
    super(scope, id);
    this.key = key;
    const made = routes.flatMap((route) => this.topicsOf(route));
    this.topics = made.map(({ topic }) => topic);
    this.routes = made.map(({ setting }) => setting);
    const size = made.reduce((sum, { setting }) => sum + JSON.stringify({ ...setting, topicArn: '' }).length + ARN_LENGTH, 0);
    if (size > ENVIRONMENT_CAP) {
      throw new Error(`routes: ${routes.length} are more than the settings of a function can hold. Keep fewer, and let filter policies of their topics tell readers apart.`);
    }
  }

  /** Lets a function know which routes there are. */
  nameTo(fn: BundledFunction): void {
    fn.setEnvironment(ENV.routes, Stack.of(this).toJsonString(this.routes));
  }

  grantAnnounce(fn: BundledFunction): void {
    this.nameTo(fn);
    if (this.topics.length === 0) return;
    iam.Grant.addToPrincipal({ grantee: fn, actions: ['sns:Publish', 'sns:ListSubscriptionsByTopic'], resourceArns: this.topics.map((topic) => topic.topicArn) });
    this.key?.grantRead(fn);
    this.key?.grantWrite(fn);
  }

  private topicsOf({ name, severity, email, slack }: RouteConfiguration): { readonly topic: sns.Topic; readonly setting: RouteSetting }[] {
    const made: { topic: sns.Topic; setting: RouteSetting }[] = [];
    // A topic that only Slack is meant for would wait for e-mail addresses that never come.
    if (!slack || email.length > 0) {
      const text = secureTopic(this, `Route-${name}`, `Eksaminer: ${name}`, this.key);
      for (const address of email) text.addSubscription(new EmailSubscription(address));
      made.push({ topic: text, setting: { name, topicArn: text.topicArn, format: 'text', severity } });
    }
    if (!slack) return made;
    const chat = secureTopic(this, `Route-${name}-chat`, `Eksaminer: ${name} (Slack)`, this.key);
    new chatbot.SlackChannelConfiguration(this, `Slack-${name}`, {
      slackChannelConfigurationName: `${Stack.of(this).stackName}-${name}`,
      slackWorkspaceId: slack.workspaceId,
      slackChannelId: slack.channelId,
      notificationTopics: [chat],
      // What a channel may do in AWS: nothing. Without guardrails it would be everything that its role allows.
      guardrailPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSDenyAll')],
    });
    return [...made, { topic: chat, setting: { name: `${name}-chat`, topicArn: chat.topicArn, format: 'chat' as const, severity } }];
  }
}

export interface OperationsTopicProps {
  readonly email: readonly string[];
  readonly key?: EncryptionKey;
}

/** Where Eksaminer says that it does not work itself. */
export class OperationsTopic extends Construct {
  readonly topic: sns.Topic;
  private readonly key: EncryptionKey | undefined;

  constructor(scope: Construct, id: string, { email, key }: OperationsTopicProps) {
    super(scope, id);
    this.key = key;
    this.topic = secureTopic(this, 'Topic', 'Eksaminer: operations', key);
    for (const address of email) this.topic.addSubscription(new EmailSubscription(address));
    // A topic with a policy of its own has lost the one that let in the account's alarms.
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    key?.grantAlarms();
  }

  /** For a rule, whose role needs no opening in the topic's policy. */
  grantPublish(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['sns:Publish'], resourceArns: [this.topic.topicArn] });
    this.key?.grantRead(grantee);
    this.key?.grantWrite(grantee);
  }
}

function secureTopic(scope: Construct, id: string, displayName: string, key: EncryptionKey | undefined): sns.Topic {
  return new sns.Topic(scope, id, { displayName, enforceSSL: true, ...(key ? { masterKey: key.key } : {}) });
}
