import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { trustVerdict } from '../../../../lambda/facts/identity/trust-policy/trust-decision.ts';
import { podIdentityRequests, webIdentityRequest } from '../../../../lambda/facts/identity/trust-policy/trust-requests.ts';
import type { PolicyDocument } from '../../../../lambda/model/eks.ts';

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const APP = { issuer: ISSUER, partition: 'aws', account: '111122223333', audience: 'sts.amazonaws.com', namespace: 'shop', serviceAccount: 'app' };
const ALLOW = { Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: 'sts:AssumeRoleWithWebIdentity' };

function irsa(...Statement: readonly object[]) {
  return trustVerdict({ Version: '2012-10-17', Statement }, [webIdentityRequest(APP)]);
}

describe('what the request would carry and nobody knows here is unknown, and named', () => {
  test('where it alone decides', () => {
    expect(irsa({ ...ALLOW, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })).toEqual({ decision: 'unknown', unknown: ['aws:SourceIp'] });
    expect(irsa({ ...ALLOW, Condition: { StringEquals: { 'sts:RoleSessionName': 'x', [`${ISSUER}:sub`]: 'system:serviceaccount:shop:app' } } })).toEqual({
      decision: 'unknown',
      unknown: ['sts:RoleSessionName'],
    });
    expect(irsa({ ...ALLOW, Condition: { StringLike: { [`${ISSUER}:sub`]: 'system:serviceaccount:${aws:SourceIp}:*' } } })).toEqual({ decision: 'unknown', unknown: [`${ISSUER}:sub`] });
  });
  test('not where something else denies', () => {
    const other = { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:shop:other' } };
    expect(irsa({ ...ALLOW, Condition: { ...other, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })).toEqual({ decision: 'implicitDeny', unknown: [] });
    expect(irsa({ ...ALLOW, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, { ...ALLOW, Effect: 'Deny' })).toEqual({ decision: 'explicitDeny', unknown: [] });
  });
  test('not where another statement allows', () => {
    expect(irsa({ ...ALLOW, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, ALLOW)).toEqual({ decision: 'allow', unknown: [] });
  });
  test('a Deny that may fit makes an Allow unknown, and nothing else', () => {
    const deny = { ...ALLOW, Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(irsa(ALLOW, deny)).toEqual({ decision: 'unknown', unknown: ['aws:SecureTransport'] });
    expect(irsa(deny)).toEqual({ decision: 'implicitDeny', unknown: [] });
  });
  test('that a pod has a name is known, the name is not', () => {
    const pods = (Condition: object) =>
      trustVerdict(
        { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: 'sts:*', Condition } },
        podIdentityRequests({ clusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod', namespace: 'shop', serviceAccount: 'app' }),
      ).decision;
    expect(pods({ Null: { 'aws:RequestTag/kubernetes-pod-name': 'false' } })).toBe('allow');
    expect(pods({ StringLike: { 'aws:RequestTag/kubernetes-pod-name': 'app-*' } })).toBe('unknown');
    expect(pods({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod', 'aws:SourceAccount': '111122223333' } })).toBe('allow');
  });
  test('everybody, where it is allowed: not documented for web identities', () => {
    expect(irsa({ ...ALLOW, Principal: '*' })).toEqual({ decision: 'unknown', unknown: ['Principal'] });
    expect(irsa({ ...ALLOW, Principal: { AWS: '*' } })).toEqual({ decision: 'unknown', unknown: ['Principal'] });
    expect(irsa({ ...ALLOW, Principal: { AWS: '111122223333' } })).toEqual({ decision: 'implicitDeny', unknown: [] });
  });
  test('operators that are not modelled, on keys that are not there', () => {
    const decision = (operator: string) => irsa({ ...ALLOW, Condition: { [operator]: { 'aws:TokenIssueTime': '2026-01-01' } } }).decision;
    expect(decision('DateGreaterThan')).toBe('implicitDeny');
    expect(decision('DateNotEquals')).toBe('allow');
    expect(decision('DateGreaterThanIfExists')).toBe('allow');
  });
});

test('a document of any shape is judged', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value = JSON.parse(json) as unknown;
      const statement = { Effect: 'Allow', Principal: value, Action: value, Condition: value };
      for (const document of [value, { Statement: value }, { Statement: [statement, { ...ALLOW, Condition: { StringLike: value } }] }]) {
        if (typeof document !== 'object' || document === null) continue;
        const { decision } = trustVerdict(document as PolicyDocument, [webIdentityRequest(APP)]);
        expect(['allow', 'implicitDeny', 'unknown']).toContain(decision);
      }
    }),
  );
});

test('a pattern of many wildcards is judged in time', () => {
  const Condition = { StringLike: { [`${ISSUER}:sub`]: `${'*a'.repeat(1000)}b` } };
  const verdict = trustVerdict({ Statement: { ...ALLOW, Condition } }, [webIdentityRequest({ ...APP, serviceAccount: 'a'.repeat(2000) })]);
  expect(verdict.decision).toBe('implicitDeny');
});
