import { appliesToAwsAuth } from '../../facts/identity/doors.ts';
import { defineCheck } from '../define-check.ts';

/** mapAccounts: everybody of an account may sign in under their own ARN, without groups: as whom a binding names so, and as a member of system:authenticated. */
export const awsAuthAccountMapping = defineCheck({
  id: 'aws-auth-account-mapping',
  revision: 1,
  area: 'identity',
  title: 'Everybody of an AWS account may sign in to the cluster',
  severity: 'high',
  rationale: 'Every user and role of the account, one made tomorrow included, has what everyone who is signed in has, and may take a name that a binding trusts.',
  remediation: 'Remove mapAccounts and map the roles that need access.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html', 'https://github.com/kubernetes-sigs/aws-iam-authenticator#eksconfigmap'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['eksCluster', 'clusterIdentities', 'awsAuth'],
  fields: { eksCluster: ['accessConfig.authenticationMode'] },
  identity: { resource: 'the account', key: '`mapAccounts`' },
  applies: ({ eksCluster }) => appliesToAwsAuth(eksCluster),
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
  *evaluate({ clusterIdentities: { accounts } }) {
    for (const account of accounts) {
      yield {
        resource: { apiVersion: 'iam.amazonaws.com/v1', kind: 'Account', name: account },
        key: 'mapAccounts',
        message: `Everybody of account ${account} may sign in under their own ARN, by mapAccounts of aws-auth`,
        cause: 'aws-auth: mapAccounts',
        evidence: {},
      };
    }
  },
});
