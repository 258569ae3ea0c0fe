import { principalOf, principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** An access entry or an entry of aws-auth for an IAM user or for the root user of an account, and not for a role. */
export const iamUserPrincipal = defineCheck({
  id: 'iam-user-principal',
  revision: 1,
  area: 'identity',
  title: 'An IAM user signs in with keys that never expire',
  severity: 'medium',
  rationale: 'The keys of a user are good until somebody deletes them, wherever they have been copied to; those of a role\'s session for hours.',
  remediation: 'Map a role that people or machines assume, and remove the user.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['clusterIdentities'],
  identity: { resource: 'the IAM user', key: '`iam-user`' },
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
  *evaluate({ clusterIdentities }) {
    for (const { arn, via, groups, policies } of clusterIdentities.principals) {
      const kind = principalOf(arn)?.kind;
      if (kind !== 'User' && kind !== 'Root') continue;
      yield {
        resource: principalResource(arn),
        key: 'iam-user',
        message: `${principalText(arn)} may sign in, by ${via === 'aws-auth' ? 'aws-auth' : 'an access entry'}`,
        cause: kind === 'Root' ? 'root user' : 'IAM user',
        evidence: { by: via, groups: [...groups].sort(), policies: policies.map(({ policy }) => policy.name).sort() },
      };
    }
  },
});
