import { awsAuthSlips } from '../../facts/identity/aws-auth/aws-auth-slips.ts';
import { appliesToAwsAuth } from '../../facts/identity/doors.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Parts of aws-auth that do not count, read as the authenticator reads them: no YAML, values of the wrong type, entries without an ARN, roles with their path, ARNs that stand twice,
 * entries for permission sets.
 */
export const awsAuthMalformed = defineCheck({
  id: 'aws-auth-malformed',
  revision: 1,
  area: 'identity',
  title: 'Entries of aws-auth do not do what they seem to',
  severity: 'medium',
  rationale: 'A slip in the YAML locks out everybody of that list, nodes included, without an error anywhere; and what seems to be limited or removed may not be.',
  remediation: 'Correct the entry, or better: make access entries and set the authentication mode to API.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html', 'https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication'],
  needs: ['eksCluster', 'clusterIdentities', 'awsAuth'],
  fields: { eksCluster: ['accessConfig.authenticationMode'] },
  identity: { resource: 'the ConfigMap', key: 'list and fault' },
  applies: ({ eksCluster }) => appliesToAwsAuth(eksCluster),
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
  *evaluate({ clusterIdentities: { awsAuth, mode } }) {
    if (!awsAuth || mode === 'unsaid') return;
    for (const { key, message, cause } of awsAuthSlips(awsAuth)) {
      yield { resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' }, key, message, cause, evidence: {} };
    }
  },
});
