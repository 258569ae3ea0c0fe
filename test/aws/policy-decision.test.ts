import { describe, expect, test } from '@jest/globals';
import { decide, type Asked, type Statement } from './policy-decision.ts';

const put: Asked = { action: 's3:PutObject', resource: 'arn:aws:s3:::record/runs/1/a.json' };

describe('what IAM would say', () => {
  const cases: readonly [string, readonly Statement[], Asked, string][] = [
    ['nothing is allowed that nobody allows', [], put, 'implicit deny'],
    ['an action under a resource with a wildcard', [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::record/runs/*' }], put, 'allow'],
    ['a dot of a pattern is a dot', [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::record/runs/1/a?json' }, { Effect: 'Deny', Action: 's3:PutObject', Resource: 'arn:aws:s3:::record/runs/1/axjson' }], put, 'allow'],
    ['another folder', [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::record/state/*' }], put, 'implicit deny'],
    ['another action', [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }], put, 'implicit deny'],
    ['an action in another case', [{ Effect: 'Allow', Action: ['S3:put*'], Resource: '*' }], put, 'allow'],
    ['a denial wins', [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*/a.json' }], put, 'explicit deny'],
    ['everything but', [{ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }], put, 'implicit deny'],
    ['every resource but', [{ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::record/*' }, { Effect: 'Allow', Action: '*', Resource: '*' }], put, 'allow'],
    ['a condition that holds', [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'S3:Prefix': ['seals/', 'state/'] } } }], { ...put, context: { 's3:prefix': 'state/' } }, 'allow'],
    ['a condition on what is not given', [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 's3:prefix': 'state/' } } }], put, 'implicit deny'],
    ['a negative condition on what is not given', [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 's3:prefix': 'state/' } } }], put, 'explicit deny'],
    ['if it exists', [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLikeIfExists: { 's3:prefix': 'st*' } } }], put, 'allow'],
    ['two conditions, of which one holds', [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 's3:prefix': 'st*' }, Null: { 's3:if-none-match': 'false' } } }], { ...put, context: { 's3:prefix': 'state/' } }, 'implicit deny'],
  ];
  test.each(cases)('%s', (_, statements, asked, decision) => expect(decide([{ Statement: statements }], asked)).toBe(decision));

  test('an operator that nobody taught it allows nothing', () => {
    expect(() => decide([{ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } } }], { ...put, context: { 'aws:SourceIp': '10.0.0.1' } })).toThrow('IpAddress');
  });
});
