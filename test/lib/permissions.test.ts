import { describe, expect, test } from '@jest/globals';
import { LARGE, SMALL, givenStack } from './given-stack.ts';
import { definitionOf, statesOf } from './definition.ts';
import { judge, statementsOf, statementsOfRole, type Call, type Statement } from './policy-evaluator.ts';
import { ACCOUNT, REGION, resolveTemplate, type ResolvedTemplate } from './resolved-template.ts';

const small = resolveTemplate(givenStack(SMALL));
const large = resolveTemplate(givenStack(LARGE));

const PREFIXES = ['runs/', 'staged/', 'seals/', 'hints/', 'history/', 'state/', 'announced/', 'reports/'];

function roleOf(template: ResolvedTemplate, prefix: string): readonly Statement[] {
  return statementsOfRole(template, template.one('AWS::IAM::Role', prefix).id);
}

function bucketOf(template: ResolvedTemplate): string {
  return template.arnOf('AWS::S3::Bucket', 'RecordBucket');
}

/** Which of the record's prefixes these statements let a call reach. */
function reaches(template: ResolvedTemplate, statements: readonly Statement[], action: string): string[] {
  return PREFIXES.filter((prefix) => judge(statements, { action, resource: `${bucketOf(template)}/${prefix}some/key` }) === 'allowed');
}

/** Every call that the state machine makes for this definition; https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
function callsOfDefinition(template: ResolvedTemplate): Call[] {
  const machine = template.arnOf('AWS::StepFunctions::StateMachine');
  const executions = machine.replace(':stateMachine:', ':execution:');
  return statesOf(definitionOf(template)).flatMap(([, state]): Call[] => {
    if (state.Type === 'Task') return [{ action: 'lambda:InvokeFunction', resource: state.Resource! }];
    if (state.Type !== 'Map') return [];
    return [
      { action: 's3:GetObject', resource: `arn:aws:s3:::${state.ItemReader!.Parameters.Bucket}/runs/01KA0000000000000000000000/targets.jsonl` },
      ...(template.idsOf('AWS::KMS::Key').length > 0 ? [{ action: 'kms:Decrypt', resource: template.arnOf('AWS::KMS::Key') }] : []),
      { action: 'states:StartExecution', resource: machine },
      { action: 'states:DescribeExecution', resource: `${executions}:3f2a` },
      { action: 'states:StopExecution', resource: `${executions}:3f2a` },
      { action: 'states:RedriveExecution', resource: `${executions}/clusters:3f2a` },
    ];
  });
}

describe.each([
  ['small', small],
  ['large', large],
])('in a %s stack', (_, template) => {
  test('the state machine may make every call that its definition asks for', () => {
    const statements = roleOf(template, 'WorkflowStateMachineRole');
    const calls = callsOfDefinition(template);
    expect(calls.length).toBeGreaterThanOrEqual(9);
    expect(calls.filter((call) => judge(statements, call) !== 'allowed')).toEqual([]);
    expect(reaches(template, statements, 's3:GetObject')).toEqual(['runs/']);
  });

  test('the schedule may start a run and keep what it could not start, and that is all', () => {
    const { Target } = template.one('AWS::Scheduler::Schedule').Properties as { Target: { Arn: string; RoleArn: string; DeadLetterConfig: { Arn: string } } };
    const statements = statementsOfRole(template, Target.RoleArn.slice(Target.RoleArn.lastIndexOf('/') + 1));
    const calls = [
      { action: 'states:StartExecution', resource: Target.Arn },
      { action: 'sqs:SendMessage', resource: Target.DeadLetterConfig.Arn },
    ];
    expect(calls.map((call) => judge(statements, call))).toEqual(['allowed', 'allowed']);
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual(calls.map(({ action }) => action).sort());
  });

  test('the rule of failed runs may publish to operations, and keep what it could not', () => {
    const { Targets } = template.one('AWS::Events::Rule').Properties as { Targets: [{ Arn: string; RoleArn: string; DeadLetterConfig: { Arn: string } }] };
    const [target] = Targets;
    expect(target.Arn).toBe(template.arnOf('AWS::SNS::Topic', 'OperationsTopic'));
    const statements = statementsOfRole(template, target.RoleArn.slice(target.RoleArn.lastIndexOf('/') + 1));
    expect(judge(statements, { action: 'sns:Publish', resource: target.Arn })).toBe('allowed');
    const queue = template.one('AWS::SQS::QueuePolicy', 'FailedRuns');
    const send = { action: 'sqs:SendMessage', resource: target.DeadLetterConfig.Arn, principal: 'events.amazonaws.com' };
    expect(judge(statementsOf(queue.Properties['PolicyDocument']), { ...send, context: { 'aws:SourceArn': template.arnOf('AWS::Events::Rule') } })).toBe('allowed');
    expect(judge(statementsOf(queue.Properties['PolicyDocument']), { ...send, context: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:999999999999:rule/other' } })).toBe('not-allowed');
  });

  test('alarms of this account alone publish to operations', () => {
    const statements = statementsOf(template.one('AWS::SNS::TopicPolicy', 'OperationsTopic').Properties['PolicyDocument']);
    const publish = { action: 'sns:Publish', resource: template.arnOf('AWS::SNS::Topic', 'OperationsTopic'), principal: 'cloudwatch.amazonaws.com' };
    expect(judge(statements, { ...publish, context: { 'aws:SourceAccount': ACCOUNT } })).toBe('allowed');
    expect(judge(statements, { ...publish, context: { 'aws:SourceAccount': '999999999999' } })).toBe('not-allowed');
    expect(judge(statements, { ...publish, principal: 'events.amazonaws.com', context: { 'aws:SourceAccount': ACCOUNT } })).toBe('not-allowed');
  });

  test.each([
    ['RunDiscovererRole', ['runs/', 'seals/', 'hints/', 'state/', 'announced/'], ['runs/', 'announced/'], 'allowed'],
    ['RunAuditorRole', [], ['runs/'], 'not-allowed'],
    ['RunReconcileRole', ['runs/', 'staged/', 'seals/', 'hints/', 'history/', 'state/'], ['staged/', 'seals/', 'hints/', 'history/', 'state/'], 'allowed'],
    ['RunNotifyRole', ['seals/', 'hints/', 'history/', 'state/', 'announced/'], ['announced/'], 'allowed'],
  ])('%s reaches its prefixes and deletes nothing', (role, read, written, list) => {
    const statements = roleOf(template, role);
    expect(reaches(template, statements, 's3:GetObject')).toEqual(PREFIXES.filter((prefix) => (read as string[]).includes(prefix)));
    expect(reaches(template, statements, 's3:PutObject')).toEqual(PREFIXES.filter((prefix) => (written as string[]).includes(prefix)));
    expect(judge(statements, { action: 's3:ListBucket', resource: bucketOf(template) })).toBe(list);
    expect([...reaches(template, statements, 's3:DeleteObject'), ...reaches(template, statements, 's3:DeleteObjectVersion')]).toEqual([]);
  });

  test('each function writes its own log and no other', () => {
    const groups = template.idsOf('AWS::Logs::LogGroup').map((id) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`);
    for (const [role, count] of [['RunDiscovererRole', 1], ['RunAuditorRole', 1 + (template === large ? 1 : 0)], ['RunReconcileRole', 1], ['RunNotifyRole', 1]] as const) {
      const statements = roleOf(template, role);
      expect(groups.filter((resource) => judge(statements, { action: 'logs:PutLogEvents', resource }) === 'allowed')).toHaveLength(count);
    }
  });

  test('notify publishes to every route, sees who listens, and reaches no other topic', () => {
    const statements = roleOf(template, 'RunNotifyRole');
    const functionId = template.idsOf('AWS::Lambda::Function').find((id) => id.startsWith('RunNotify'))!;
    const { Environment } = template.resources[functionId]!.Properties as { Environment: { Variables: Record<string, string> } };
    const topics = (JSON.parse(Environment.Variables['EKSAMINER_ROUTES']!) as { topicArn: string }[]).map(({ topicArn }) => topicArn);
    expect(topics).toHaveLength(template.idsOf('AWS::SNS::Topic').length - 1);
    for (const action of ['sns:Publish', 'sns:ListSubscriptionsByTopic']) {
      expect(topics.filter((resource) => judge(statements, { action, resource }) !== 'allowed')).toEqual([]);
      expect(judge(statements, { action, resource: template.arnOf('AWS::SNS::Topic', 'OperationsTopic') })).toBe('not-allowed');
    }
  });

  test('no role may do anything to everything', () => {
    const wild = template.idsOf('AWS::IAM::Role').flatMap((role) =>
      statementsOfRole(template, role)
        .flatMap(({ Action }) => Action)
        .filter((action) => String(action).includes('*')),
    );
    expect(wild).toEqual([]);
  });
});

describe('the record under a key of its own', () => {
  const key = large.arnOf('AWS::KMS::Key');
  const policy = statementsOf(large.one('AWS::KMS::Key').Properties['KeyPolicy']);

  test.each([
    ['RunDiscovererRole', true, true],
    ['RunAuditorRole', false, true],
    ['RunReconcileRole', true, true],
    ['RunNotifyRole', true, true],
    ['WorkflowStateMachineRole', true, false],
    ['FailedRunsRole', true, true],
    ['ScheduleRole', false, false],
  ])('%s may decrypt: %s, and write: %s', (role, decrypt, write) => {
    const statements = roleOf(large, role);
    expect(judge(statements, { action: 'kms:Decrypt', resource: key }) === 'allowed').toBe(decrypt);
    expect(judge(statements, { action: 'kms:GenerateDataKey', resource: key }) === 'allowed').toBe(write);
  });

  test('whoever reads or writes the encrypted bucket or topics may use the key for it', () => {
    const bucket = bucketOf(large);
    for (const role of large.idsOf('AWS::IAM::Role')) {
      const statements = statementsOfRole(large, role);
      const may = (action: string, resource: string): boolean => judge(statements, { action, resource }) === 'allowed';
      const gets = PREFIXES.some((prefix) => may('s3:GetObject', `${bucket}/${prefix}key`));
      const puts = PREFIXES.some((prefix) => may('s3:PutObject', `${bucket}/${prefix}key`));
      const publishes = large.idsOf('AWS::SNS::Topic').some((topic) => may('sns:Publish', `arn:aws:sns:${REGION}:${ACCOUNT}:${topic}`));
      expect([role, may('kms:Decrypt', key)]).toEqual([role, gets || publishes]);
      expect([role, may('kms:GenerateDataKey', key)]).toEqual([role, puts || publishes]);
    }
  });

  test('alarms and logs use it as services', () => {
    const alarm = { resource: key, principal: 'cloudwatch.amazonaws.com' };
    expect(['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => judge(policy, { ...alarm, action }))).toEqual(['allowed', 'allowed']);
    const log = (account: string) => ({
      action: 'kms:GenerateDataKey',
      resource: key,
      principal: `logs.${REGION}.amazonaws.com`,
      context: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${account}:log-group:any` },
    });
    expect([judge(policy, log(ACCOUNT)), judge(policy, log('999999999999'))]).toEqual(['allowed', 'not-allowed']);
  });

  test('every log group, topic and the bucket are under it', () => {
    const keyOf = (id: string): unknown => {
      const { KmsKeyId, KmsMasterKeyId } = large.resources[id]!.Properties;
      return KmsKeyId ?? KmsMasterKeyId;
    };
    const ids = [...large.idsOf('AWS::Logs::LogGroup'), ...large.idsOf('AWS::SNS::Topic')];
    expect(ids.filter((id) => keyOf(id) !== key)).toEqual([]);
    expect(large.one('AWS::S3::Bucket', 'RecordBucket').Properties['BucketEncryption']).toEqual({
      ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: key, SSEAlgorithm: 'aws:kms' } }],
    });
  });
});

describe('other accounts', () => {
  test.each(['RunDiscovererRole', 'RunAuditorRole'])('%s assumes exactly the member role of each listed account', (role) => {
    const statements = roleOf(large, role);
    const assume = (arn: string): string => judge(statements, { action: 'sts:AssumeRole', resource: arn });
    expect(['111122223333', '444455556666'].map((account) => assume(`arn:aws:iam::${account}:role/eksaminer-member`))).toEqual(['allowed', 'allowed']);
    expect([assume('arn:aws:iam::111122223333:role/admin'), assume('arn:aws:iam::999999999999:role/eksaminer-member')]).toEqual(['not-allowed', 'not-allowed']);
  });

  test('without a list nobody assumes anything', () => {
    for (const role of small.idsOf('AWS::IAM::Role')) {
      expect(judge(statementsOfRole(small, role), { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/eksaminer-member' })).toBe('not-allowed');
    }
  });
});

test('the code in a vantage may not do what Lambda does with its role', () => {
  const statements = roleOf(large, 'RunAuditorRole');
  const make = { action: 'ec2:CreateNetworkInterface', resource: '*' };
  expect(judge(statements, make)).toBe('allowed');
  expect(judge(statements, { ...make, context: { 'lambda:SourceFunctionArn': large.arnOf('AWS::Lambda::Function', 'RunAuditFromfrankfurt') } })).toBe('denied');
  expect(judge(roleOf(small, 'RunAuditorRole'), make)).toBe('not-allowed');
});
