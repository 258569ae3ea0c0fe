import { mayBecome } from '../../facts/identity/aws-auth/fill-template.ts';
import { appliesToAwsAuth } from '../../facts/identity/doors.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

const MASTERS = 'system:masters';

/** An entry of aws-auth that counts maps to system:masters, or to a template that whoever names the session makes so. */
export const awsAuthSystemMasters = defineCheck({
  id: 'aws-auth-system-masters',
  revision: 1,
  area: 'identity',
  title: 'aws-auth makes somebody of IAM a member of system:masters',
  severity: 'critical',
  rationale: 'Members of system:masters may do everything, asked by no authorizer; no change of RBAC takes it from them, and no binding shows it.',
  remediation: 'Make an access entry with an access policy, or map the principal to a group of its own; then remove it from aws-auth.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html', 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],
  controls: ['cis-eks-1.8.0/4.1.1', 'cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9019'],
  needs: ['eksCluster', 'clusterIdentities', 'awsAuth'],
  wants: ['eksAccessEntries'],
  fields: { eksCluster: ['accessConfig.authenticationMode'] },
  identity: { resource: 'the IAM principal', key: '`system:masters`' },
  applies: ({ eksCluster }) => appliesToAwsAuth(eksCluster),
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
  *evaluate({ clusterIdentities }) {
    for (const { arn, via, username, groups } of clusterIdentities.principals) {
      if (via !== 'aws-auth') continue;
      const group = groups.find((each) => each === MASTERS) ?? groups.find((each) => mayBecome(each, MASTERS));
      if (group === undefined) continue;
      yield {
        resource: principalResource(arn),
        key: MASTERS,
        message: `${principalText(arn)} is a member of system:masters, by aws-auth${group === MASTERS ? '' : `, if its session is named so that ${group} becomes that`}`,
        cause: 'aws-auth: system:masters',
        evidence: { username, groups: [...groups].sort() },
      };
    }
  },
});
