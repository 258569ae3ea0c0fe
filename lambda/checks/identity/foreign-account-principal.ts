import { principalOf, principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** Somebody of another AWS account than the cluster's may sign in, by an access entry, by aws-auth, or by mapAccounts. Which accounts belong to the same owner nobody says here. */
export const foreignAccountPrincipal = defineCheck({
  id: 'foreign-account-principal',
  revision: 1,
  area: 'identity',
  title: 'Another AWS account may sign in to the cluster',
  severity: 'high',
  rationale: 'Who may take that role, and whether it still is what it was, is decided in another account, by people and rules that nobody here sees.',
  remediation: 'Let the other account assume a role of the cluster\'s own account, or remove the entry.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html', 'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['clusterIdentities'],
  identity: { resource: 'the IAM principal, or the account', key: '`foreign-account`' },
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
  *evaluate({ clusterIdentities: { account: own, principals, accounts } }) {
    for (const { arn, via, groups, policies } of principals) {
      const account = principalOf(arn)?.account;
      if (account === undefined || account === own) continue;
      yield {
        resource: principalResource(arn),
        key: 'foreign-account',
        message: `${principalText(arn)} may sign in, by ${via === 'aws-auth' ? 'aws-auth' : 'an access entry'}; the cluster is of account ${own}`,
        cause: `account ${account}`,
        evidence: { by: via, groups: [...groups].sort(), policies: policies.map(({ policy }) => policy.name).sort() },
      };
    }
    for (const account of accounts) {
      if (account === own) continue;
      yield {
        resource: { apiVersion: 'iam.amazonaws.com/v1', kind: 'Account', name: account },
        key: 'foreign-account',
        message: `Everybody of account ${account} may sign in, by mapAccounts of aws-auth; the cluster is of account ${own}`,
        cause: `account ${account}`,
        evidence: { by: 'mapAccounts' },
      };
    }
  },
});
