import type { EksPodIdentityAssociation, IamRole } from '../../model/eks.ts';
import { compareText } from '../../model/compare-text.ts';
import type { Sources } from '../../model/sources.ts';
import { objectsOf, textOf, written } from '../as-read.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import { openTo } from './open-roles.ts';
import { principalOf, principalText } from './principal-arn.ts';
import type { AwaitedAccount, OpenRole, ServiceAccountRole, ServiceAccountRoles, TrustedAccount } from './service-account-role.ts';
import { statementsOf } from './trust-policy/statements.ts';
import { trustVerdict, type TrustRequest } from './trust-policy/trust-decision.ts';
import { DEFAULT_AUDIENCE, podIdentityRequests, targetRoleRequests, webIdentityRequest, type WebIdentity } from './trust-policy/trust-requests.ts';

const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';
const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';
const NAMED_ACCOUNT = /^system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)$/;

type Base = Omit<WebIdentity, 'namespace' | 'serviceAccount' | 'audience'>;

/**
 * IAM roles for ServiceAccounts by annotation and by the trust policies of roles, and Pod Identity. The role that pods may take of their node is no account's: see
 * `metadataReach`. https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 */
export const serviceAccountRoles = defineFact({
  name: 'serviceAccountRoles',
  revision: 2,
  needs: ['eksCluster'],
  wants: ['serviceAccounts', 'eksPodIdentityAssociations', 'iamRoles'],
  reach: { serviceAccounts: 'all' },
  fields: {
    eksCluster: ['arn', 'identity.oidc.issuer'],
    serviceAccounts: [`metadata.annotations["${ROLE_ANNOTATION}"]`, `metadata.annotations["${AUDIENCE_ANNOTATION}"]`],
    eksPodIdentityAssociations: ['namespace', 'serviceAccount', 'roleArn', 'targetRoleArn'],
    iamRoles: ['Arn', 'AssumeRolePolicyDocument'],
  },
  derive({ eksCluster, serviceAccounts, eksPodIdentityAssociations, iamRoles }) {
    const clusterArn = written(eksCluster.arn ?? '');
    const issuer = (textOf(eksCluster.identity?.oidc?.issuer) ?? '').replace(/^https:\/\//, '');
    const [, partition = ''] = clusterArn.split(':');
    const iam = iamRoles.ok ? new Map(objectsOf(iamRoles.value).map((role) => [written(role.Arn), role])) : undefined;
    const annotated = serviceAccounts.ok ? objectsOf(serviceAccounts.value).flatMap(annotatedRole) : [];
    const baseOf = (arn: string): Base => ({ issuer, partition, account: principalOf(arn)?.account ?? '' });

    const irsa = annotated.map(({ audience, ...named }): ServiceAccountRole => {
      const document = documentOf(iam, named.roleArn);
      const trust = typeof document === 'string' ? document : trustVerdict(document, [webIdentityRequest({ ...baseOf(named.roleArn), ...named, audience })]);
      return { ...named, via: 'annotation', trust };
    });
    const associations = eksPodIdentityAssociations.ok ? objectsOf(eksPodIdentityAssociations.value).flatMap(associatedRole) : [];
    const pods = associations.map(({ targetRoleArn, ...named }): ServiceAccountRole => {
      const trustOf = (roleArn: string, requests: readonly TrustRequest[]): ServiceAccountRole['trust'] => {
        const document = documentOf(iam, roleArn);
        return typeof document === 'string' ? document : trustVerdict(document, requests);
      };
      const asked = { clusterArn, ...named };
      const target = targetRoleArn === undefined ? {} : { target: { roleArn: targetRoleArn, trust: trustOf(targetRoleArn, targetRoleRequests(asked, named.roleArn)) } };
      return { ...named, via: 'pod-identity', trust: trustOf(named.roleArn, podIdentityRequests(asked)), ...target };
    });

    const byRole = Map.groupBy(annotated, ({ roleArn }) => roleArn);
    const open: OpenRole[] = [];
    const unknown: string[] = [];
    for (const [roleArn, { AssumeRolePolicyDocument: document }] of iam ?? []) {
      if (!document || issuer === '') continue;
      const openness = openTo({ document, base: { ...baseOf(roleArn), audience: DEFAULT_AUDIENCE }, accounts: byRole.get(roleArn) ?? [] });
      open.push(...openness.open.map((to) => ({ roleArn, to })));
      if (openness.unknown.size > 0) unknown.push(`whom ${principalText(roleArn)} lets in depends on ${[...openness.unknown].sort().join(', ')}, which nobody knows beforehand`);
    }
    const roles = [...irsa, ...pods].sort((a, b) => compareText(placeOf(a), placeOf(b)) || compareText(a.roleArn, b.roleArn) || compareText(a.via, b.via));
    return {
      roles,
      ...(serviceAccounts.ok ? namedBy(serviceAccounts.value, associations, iam, issuer, baseOf) : { awaited: [], trusted: [] }),
      open: open.sort((a, b) => compareText(a.roleArn, b.roleArn)),
      unsaid: [
        ...(issuer === '' ? [unsaid('eksCluster', 'the description of the cluster does not say identity.oidc.issuer; take the whole answer of aws eks describe-cluster')] : []),
        ...unknown.sort(compareText).map((message) => unsaid('iamRoles', message)),
        ...(iam ? notRead(roles) : []),
      ],
    };
  },
});

function placeOf({ namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string }): string {
  return `${namespace}/${serviceAccount}`;
}

function annotatedRole({ metadata }: Sources['serviceAccounts'][number]) {
  const annotations = metadata?.annotations;
  const roleArn = textOf(annotations?.[ROLE_ANNOTATION]);
  if (roleArn === undefined) return [];
  return [{ namespace: written(metadata?.namespace ?? ''), serviceAccount: written(metadata?.name ?? ''), roleArn, audience: textOf(annotations?.[AUDIENCE_ANNOTATION]) ?? DEFAULT_AUDIENCE }];
}

function associatedRole({ namespace, serviceAccount, roleArn, targetRoleArn }: EksPodIdentityAssociation) {
  const arn = textOf(roleArn);
  return arn === undefined ? [] : [{ namespace: written(namespace), serviceAccount: written(serviceAccount), roleArn: arn, targetRoleArn: textOf(targetRoleArn) }];
}

/** A role of another account is there without its documents. */
function documentOf(iam: ReadonlyMap<string, IamRole> | undefined, arn: string): NonNullable<IamRole['AssumeRolePolicyDocument']> | 'absent' | 'not-read' {
  const role = iam?.get(arn);
  if (iam && !role) return 'absent';
  return role?.AssumeRolePolicyDocument ?? 'not-read';
}

/** Accounts that associations and trust policies name: those that are not there, and of trust policies those that are. */
function namedBy(
  serviceAccounts: Sources['serviceAccounts'],
  associations: readonly { readonly namespace: string; readonly serviceAccount: string; readonly roleArn: string }[],
  iam: ReadonlyMap<string, IamRole> | undefined,
  issuer: string,
  baseOf: (arn: string) => Base,
): Pick<ServiceAccountRoles, 'awaited' | 'trusted'> {
  const there = new Set(objectsOf(serviceAccounts).map(({ metadata }) => `${written(metadata?.namespace ?? '')}/${written(metadata?.name ?? '')}`));
  const trusted: TrustedAccount[] = [];
  const waiting: AwaitedAccount[] = associations.filter((each) => !there.has(placeOf(each))).map(({ namespace, serviceAccount, roleArn }) => ({ namespace, serviceAccount, roleArn, via: 'pod-identity' }));
  for (const [roleArn, { AssumeRolePolicyDocument: document }] of iam ?? []) {
    if (!document || issuer === '') continue;
    for (const [, namespace = '', serviceAccount = ''] of namedAccounts(document, issuer)) {
      const { decision } = trustVerdict(document, [webIdentityRequest({ ...baseOf(roleArn), audience: DEFAULT_AUDIENCE, namespace, serviceAccount })]);
      if (decision !== 'allow') continue;
      if (there.has(`${namespace}/${serviceAccount}`)) trusted.push({ namespace, serviceAccount, roleArn });
      else waiting.push({ namespace, serviceAccount, roleArn, via: 'trust-policy' });
    }
  }
  return {
    awaited: waiting.sort((a, b) => compareText(placeOf(a), placeOf(b)) || compareText(a.roleArn, b.roleArn) || compareText(a.via, b.via)),
    trusted: trusted.sort((a, b) => compareText(placeOf(a), placeOf(b)) || compareText(a.roleArn, b.roleArn)),
  };
}

/** Accounts that a trust policy names in full, each once. */
function namedAccounts(document: NonNullable<IamRole['AssumeRolePolicyDocument']>, issuer: string): readonly (readonly string[])[] {
  const key = `${issuer}:sub`.toLowerCase();
  const conditions = statementsOf(document).flatMap((statement) => statement.conditions);
  const values = conditions.filter((condition) => condition.key.toLowerCase() === key && !/Not/i.test(condition.operator)).flatMap((condition) => condition.values);
  return [...new Set(values)].map((value) => NAMED_ACCOUNT.exec(value)).filter((match) => match !== null);
}

function notRead(roles: readonly ServiceAccountRole[]) {
  const arns = [...new Set(roles.filter(({ trust }) => trust === 'not-read').map(({ roleArn }) => roleArn))].sort(compareText);
  return arns.length === 0 ? [] : [unsaid('iamRoles', `${arns.length === 1 ? 'a role that a ServiceAccount has is' : `${arns.length} roles that ServiceAccounts have are`} of another account or beyond what is read (${arns.slice(0, 3).join(', ')})`)];
}
