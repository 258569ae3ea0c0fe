import { CREATOR_ENTRY_FIELDS, isMadeWithCluster } from '../../facts/identity/creator-entry.ts';
import { appliesToEntries } from '../../facts/identity/doors.ts';
import { policyRights } from '../../facts/identity/policy-rights.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { powerDefinition } from '../../facts/rbac/powers.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An access entry with access policies that together give a power of the catalogue in the whole cluster, or in a namespace that rules it. A policy that AWS only describes gives at
 * least what is described. That of the cluster's creator is one of them, and what tells it from others is evidence. Access policies are invisible to RBAC and to `kubectl auth can-i --list`.
 */
export const accessPolicyPrivileged = defineCheck({
  id: 'access-policy-privileged',
  revision: 1,
  area: 'identity',
  title: 'Somebody of IAM rules the cluster by an access policy',
  severity: 'critical',
  rationale: 'Whoever may take the IAM role has these rights at once, and no Role or binding in the cluster shows them.',
  remediation: 'Associate a policy that allows less, give it the scope of the namespaces that are needed, or map the principal to a group with a Role of its own.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.1', 'cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9019'],
  needs: ['eksCluster', 'clusterIdentities', 'eksAccessEntries', 'eksAssociatedAccessPolicies'],
  fields: { eksCluster: ['accessConfig.authenticationMode', ...CREATOR_ENTRY_FIELDS] },
  identity: { resource: 'the IAM principal', key: 'power and scope' },
  applies: ({ eksCluster }) => appliesToEntries(eksCluster),
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source !== 'awsAuth'),
  *evaluate({ eksCluster, clusterIdentities }) {
    for (const principal of clusterIdentities.principals) {
      const made = isMadeWithCluster(principal, eksCluster) ? { made: 'with the cluster, as the entry of its creator is' } : {};
      for (const { power, namespace, severity, policies } of policyRights(principal)) {
        const where = namespace === undefined ? 'in every namespace' : `in ${namespace}`;
        const names = policies.map(({ name }) => name);
        yield {
          resource: principalResource(principal.arn),
          key: `${power}@${namespace ?? 'cluster'}`,
          severity,
          message: `${principalText(principal.arn)} ${powerDefinition(power).says(where)}, by access policy ${names.join(' and ')}`,
          cause: `access policy ${names.join(' and ')}: ${power}`,
          evidence: { policies: names, contents: policies.some(({ contents }) => contents === 'described') ? 'at least, as AWS describes it' : 'as AWS documents it', ...made },
        };
      }
    }
  },
});
