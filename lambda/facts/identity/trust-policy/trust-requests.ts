import { RequestContext, type ContextValue } from './request-context.ts';
import type { TrustRequest } from './trust-decision.ts';

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY = 'pods.eks.amazonaws.com';
/** The audience that EKS asks for where a ServiceAccount says no other. https://github.com/aws/amazon-eks-pod-identity-webhook */
export const DEFAULT_AUDIENCE = 'sts.amazonaws.com';

/** A ServiceAccount's token of a cluster whose issuer is registered with IAM in the role's account. */
export interface WebIdentity {
  /** As the cluster has it, without `https://`. */
  readonly issuer: string;
  readonly partition: string;
  /** The role's. */
  readonly account: string;
  readonly audience: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** A ServiceAccount that has an association with the role. */
export interface PodIdentity {
  readonly clusterArn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** `isUnsaid`: which other keys, in lower case, the request may carry. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
export function webIdentityRequest({ issuer, partition, account, audience, namespace, serviceAccount }: WebIdentity, isUnsaid = isUsuallyUnsaid): TrustRequest {
  const provider = `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
  const values: readonly (readonly [string, ContextValue])[] = [
    [`${issuer}:sub`, [`system:serviceaccount:${namespace}:${serviceAccount}`]],
    [`${issuer}:aud`, [audience]],
    ['aws:FederatedProvider', [provider]],
  ];
  return { action: 'sts:AssumeRoleWithWebIdentity', principal: { kind: 'Federated', name: provider }, context: new RequestContext(values, isUnsaid) };
}

/**
 * EKS asks for both. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html has the tags. That source account and source ARN are those of the cluster is not
 * documented, but the example of a trust policy there compares them so.
 */
export function podIdentityRequests(asked: PodIdentity, isUnsaid = isUsuallyUnsaid): readonly TrustRequest[] {
  return podRequests(asked, { kind: 'Service', name: POD_IDENTITY }, isUnsaid);
}

/** With the first role of an association EKS takes the target role. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html */
export function targetRoleRequests(asked: PodIdentity, roleArn: string): readonly TrustRequest[] {
  return podRequests(asked, { kind: 'AWS', name: roleArn }, isUsuallyUnsaid);
}

function podRequests({ clusterArn, namespace, serviceAccount }: PodIdentity, principal: TrustRequest['principal'], isUnsaid: (key: string) => boolean): readonly TrustRequest[] {
  const [, , , , account = '', resource = ''] = clusterArn.split(':');
  const tags: readonly (readonly [string, ContextValue])[] = [
    ['eks-cluster-arn', [clusterArn]],
    ['eks-cluster-name', [resource.slice(resource.indexOf('/') + 1)]],
    ['kubernetes-namespace', [namespace]],
    ['kubernetes-service-account', [serviceAccount]],
    ['kubernetes-pod-name', 'some'],
    ['kubernetes-pod-uid', 'some'],
  ];
  const context = new RequestContext(
    [
      ...tags.map(([tag, value]) => [`aws:RequestTag/${tag}`, value] as const),
      ['aws:TagKeys', tags.map(([tag]) => tag)],
      ['aws:SourceAccount', [account]],
      ['aws:SourceArn', [clusterArn]],
    ],
    isUnsaid,
  );
  return ['sts:AssumeRole', 'sts:TagSession'].map((action) => ({ action, principal, context }));
}

/** Keys that depend on from where and when the request comes, or on what whoever sends it chooses. In lower case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const UNSAID: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:referer',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:useragent',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
  'sts:durationseconds',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
]);

function isUsuallyUnsaid(key: string): boolean {
  return UNSAID.has(key);
}
