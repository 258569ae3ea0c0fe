import { appliesToEntries } from '../../facts/identity/doors.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** What AWS's own node role of Auto Mode has, by https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html. */
const AUTO_MODE = { type: 'EC2', policy: 'AmazonEKSAutoNodePolicy' } as const;

/** An associated access policy whose contents AWS does not publish, or that this version does not know: it may allow anything. Auto Mode's nodes have such a one by design. */
export const accessPolicyUnknown = defineCheck({
  id: 'access-policy-unknown',
  revision: 1,
  area: 'identity',
  title: 'An access policy gives rights that nobody can look up',
  severity: 'medium',
  rationale: 'No API says what an access policy allows. Of this one nothing is published that could be judged, so nobody can say what its holder may do.',
  remediation: 'Look up in the documentation what the policy is for, and keep it only for whom it is meant.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication'],
  needs: ['eksCluster', 'clusterIdentities', 'eksAccessEntries', 'eksAssociatedAccessPolicies'],
  fields: { eksCluster: ['accessConfig.authenticationMode'] },
  identity: { resource: 'the IAM principal', key: 'name of the policy' },
  applies: ({ eksCluster }) => appliesToEntries(eksCluster),
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source === 'eksCluster'),
  *evaluate({ clusterIdentities }) {
    for (const { arn, entryType, policies } of clusterIdentities.principals) {
      for (const { policy, scope } of policies) {
        if (policy.contents !== 'unknown' || (entryType === AUTO_MODE.type && policy.name === AUTO_MODE.policy)) continue;
        const where = scope.kind === 'cluster' ? 'in the whole cluster' : scope.kind === 'namespaces' ? `in ${scope.patterns.join(', ')}` : 'in a scope that is not said';
        yield {
          resource: principalResource(arn),
          key: policy.name,
          message: `${principalText(arn)} has access policy ${policy.name} ${where}, and nothing is known of what it allows`,
          cause: `access policy ${policy.name}`,
          evidence: { scope: scope.kind, ...(scope.kind === 'namespaces' ? { namespaces: scope.patterns } : {}) },
        };
      }
    }
  },
});
