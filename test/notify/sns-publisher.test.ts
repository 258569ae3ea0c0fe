import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SNSClient } from '@aws-sdk/client-sns';
import { snsPublisher } from '../../lambda/notify/sns-publisher.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:platform';
const asked: URLSearchParams[] = [];
let answers: (readonly [status: number, xml: string])[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    asked.push(new URLSearchParams(body));
    const [status, xml] = answers.shift() ?? [500, ''];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });
});
let client: SNSClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new SNSClient({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'eu-west-1', maxAttempts: 1, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
});
beforeEach(() => {
  asked.length = 0;
  answers = [];
});
afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const page = (arns: readonly string[], next?: string): readonly [number, string] => [
  200,
  `<ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsByTopicResult><Subscriptions>${arns
    .map((arn) => `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol><TopicArn>${TOPIC}</TopicArn></member>`)
    .join('')}</Subscriptions>${next === undefined ? '' : `<NextToken>${next}</NextToken>`}</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`,
];

test('a message goes out whole: subject, bodies, structure, attributes with their types', async () => {
  answers = [[200, '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>']];
  await snsPublisher(client).publish({ topicArn: TOPIC, subject: 'Eksaminer: 1 opened', body: '{"default":"text"}', structure: 'json', attributes: { severityMax: 'high', account: ['111122223333', '444455556666'] } });
  const [request] = asked as [URLSearchParams];
  const attributes = Object.fromEntries([...request].filter(([name]) => name.startsWith('MessageAttributes')));
  expect(Object.fromEntries(['Action', 'TopicArn', 'Subject', 'Message', 'MessageStructure'].map((name) => [name, request.get(name)]))).toEqual({ Action: 'Publish', TopicArn: TOPIC, Subject: 'Eksaminer: 1 opened', Message: '{"default":"text"}', MessageStructure: 'json' });
  expect(attributes).toEqual({
    'MessageAttributes.entry.1.Name': 'severityMax',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': 'high',
    'MessageAttributes.entry.2.Name': 'account',
    'MessageAttributes.entry.2.Value.DataType': 'String.Array',
    'MessageAttributes.entry.2.Value.StringValue': '["111122223333","444455556666"]',
  });
});

test('a message for a chat has no structure', async () => {
  answers = [[200, '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>']];
  await snsPublisher(client).publish({ topicArn: TOPIC, subject: 's', body: '{}', attributes: {} });
  expect(asked[0]!.has('MessageStructure')).toBe(false);
});

test('what the topic refuses is an error', async () => {
  answers = [[403, '<ErrorResponse><Error><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>']];
  await expect(snsPublisher(client).publish({ topicArn: TOPIC, subject: 's', body: 'b', attributes: {} })).rejects.toThrow('no');
});

test.each([
  ['none at all', [page([])], false],
  ['one that waits for its address', [page(['PendingConfirmation'])], false],
  ['one that was deleted', [page(['Deleted'])], false],
  ['one that is confirmed, on a later page', [page(['PendingConfirmation'], 'more'), page(['PendingConfirmation', `${TOPIC}:6b0e71bd`])], true],
])('a topic with %s: whether somebody listens', async (_, pages, expected) => {
  answers = [...pages];
  expect(await snsPublisher(client).confirmed(TOPIC)).toBe(expected);
  expect(asked.map((request) => [request.get('TopicArn'), request.get('NextToken')])).toEqual(pages.map((_page, index) => [TOPIC, index === 0 ? null : 'more']));
});
