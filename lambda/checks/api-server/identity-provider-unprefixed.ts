import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { defineCheck } from '../define-check.ts';
import { written } from '../../facts/as-read.ts';

/**
 * An associated OIDC provider whose group or user names enter the cluster as they are: a groups claim without groupsPrefix; or usernamePrefix
 * `-`, or none with the claim `email` (for every other claim EKS then puts the issuer before the name).
 */
export const identityProviderUnprefixed = defineCheck({
  id: 'identity-provider-unprefixed',
  revision: 1,
  area: 'api-server',
  title: 'An identity provider can hand out the names of your users and groups',
  severity: 'medium',
  rationale: 'Whoever administers the provider, or may name a group in it, can take the name of any group that a binding trusts.',
  remediation: 'Associate the provider again with a usernamePrefix and a groupsPrefix of its own, and rename the subjects of its bindings.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html'],
  controls: ['nsa-1.2/authentication', 'attack/T1078'],
  needs: ['eksCluster', 'eksIdentityProviderConfigs'],
  fields: {
    eksCluster: ['name'],
    eksIdentityProviderConfigs: [
      'oidc.identityProviderConfigName',
      'oidc.usernameClaim',
      'oidc.usernamePrefix',
      'oidc.groupsClaim',
      'oidc.groupsPrefix',
    ],
  },
  identity: { resource: 'the cluster', key: 'name of the provider configuration' },
  *evaluate({ eksCluster, eksIdentityProviderConfigs }) {
    for (const { oidc } of eksIdentityProviderConfigs) {
      if (!oidc) continue;
      const groups = Boolean(oidc.groupsClaim) && !oidc.groupsPrefix;
      const users = oidc.usernamePrefix === '-' || (!oidc.usernamePrefix && oidc.usernameClaim === 'email');
      if (!groups && !users) continue;
      const name = written(oidc.identityProviderConfigName ?? '');
      const what = groups && users ? 'users and groups' : groups ? 'groups' : 'users';
      yield {
        resource: clusterResource(eksCluster),
        key: name,
        message: `The identity provider ${name} names ${what} without a prefix, as if they were the cluster's own`,
        cause: `identity provider names ${what} without a prefix`,
        evidence: { groups, users, usernameClaim: written(oidc.usernameClaim ?? ''), groupsClaim: written(oidc.groupsClaim ?? '') },
      };
    }
  },
});
