import { describe, expect, test } from '@jest/globals';
import { auditActions, discoverActions } from '../../lambda/access/aws-actions.ts';
import { AWS_SOURCES } from '../../lambda/model/sources.ts';
import type { Configuration } from '../../lambda/configuration/configuration.ts';
import { MemberRoleStack } from '../../lib/member-role-stack.ts';
import { LARGE, SMALL, givenApp, givenStack } from './given-stack.ts';
import { judge, statementsOf, statementsOfRole, type Verdict } from './policy-evaluator.ts';
import { ACCOUNT, resolveTemplate } from './resolved-template.ts';

const HUB = '777788889999';

function memberRole(configuration: Configuration) {
  return resolveTemplate(new MemberRoleStack(givenApp(), 'Role', configuration), { HubAccountId: HUB });
}

const template = memberRole(LARGE);
const role = template.one('AWS::IAM::Role');

function assume(principal: string, externalId: string | undefined): Verdict {
  const context = { 'aws:PrincipalArn': principal, ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }) };
  const trust = statementsOf(role.Properties['AssumeRolePolicyDocument']).map((statement) => ({ ...statement, Resource: '*' }));
  return judge(trust, { action: 'sts:AssumeRole', resource: template.arnOf('AWS::IAM::Role'), principal, context });
}

describe('the role in another account', () => {
  test('lets in the roles of the hub that look at clusters, and nobody else', () => {
    const auditor = `arn:aws:iam::${HUB}:role/eksaminer/Auditor`;
    expect(assume(auditor, 'eksaminer-7f31')).toBe('allowed');
    expect(assume(auditor, 'another')).toBe('not-allowed');
    expect(assume(auditor, undefined)).toBe('not-allowed');
    expect(assume(`arn:aws:iam::${HUB}:role/admin`, 'eksaminer-7f31')).toBe('not-allowed');
    expect(assume('arn:aws:iam::999999999999:role/eksaminer/Auditor', 'eksaminer-7f31')).toBe('not-allowed');
  });

  test('exactly the two roles of the hub that need it have the path that it lets in', () => {
    const hub = resolveTemplate(givenStack(LARGE));
    const inPath = hub.idsOf('AWS::IAM::Role').filter((id) => hub.resources[id]!.Properties['Path'] === '/eksaminer/');
    expect(inPath.map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['RunDiscovererRole', 'RunAuditorRole']);
  });

  test('may read what audits and discovery read, in its own account, and nothing else', () => {
    const statements = statementsOfRole(template, role.id);
    const granted = statements.flatMap(({ Action }) => Action).sort();
    expect(granted).toEqual([...new Set([...auditActions(), ...discoverActions(LARGE)])].sort());
    const cluster = `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/prod`;
    expect(judge(statements, { action: 'eks:DescribeCluster', resource: cluster })).toBe('allowed');
    expect(judge(statements, { action: 'eks:DescribeCluster', resource: cluster.replace(ACCOUNT, HUB) })).toBe('not-allowed');
  });

  test('asks for regions only where all are wanted', () => {
    const actions = statementsOfRole(memberRole({ ...LARGE, regions: ['eu-west-1'] }), role.id).flatMap(({ Action }) => Action);
    expect(actions).not.toContain('ec2:DescribeRegions');
  });

  test('needs no external id where none is configured', () => {
    const plain = memberRole(SMALL);
    const [trust] = statementsOf(plain.one('AWS::IAM::Role').Properties['AssumeRolePolicyDocument']);
    expect(Object.keys(trust!.Condition!)).toEqual(['ArnLike']);
  });

  test('is a template without assets, bootstrap or anything but the role', () => {
    expect(Object.values(template.resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::Role', 'AWS::IAM::Policy']);
  });
});

test('every action reads', () => {
  const actions = [...auditActions(), ...discoverActions(LARGE)];
  expect(actions.filter((action) => !/^(ec2|eks|iam):(Describe|List|Get)[A-Z]\w+$/.test(action))).toEqual([]);
  expect(auditActions()).toEqual([...new Set(Object.values(AWS_SOURCES).flatMap(({ actions: each }) => each))].sort());
});
