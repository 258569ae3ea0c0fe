import { identityProviderUnprefixed } from '../../../lambda/checks/api-server/identity-provider-unprefixed.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER } from './eks-cluster.ts';

const SAFE = {
  identityProviderConfigName: 'okta',
  issuerUrl: 'https://id.example.com',
  usernameClaim: 'email',
  usernamePrefix: 'okta:',
  groupsClaim: 'groups',
  groupsPrefix: 'okta:',
};
const found = { resource: CLUSTER, key: 'okta' };
const provider = (oidc: object) => ({ eksIdentityProviderConfigs: [{ type: 'oidc', oidc }] });
const { groupsPrefix: _g, ...withoutGroupsPrefix } = SAFE;
const { usernamePrefix: _u, ...withoutUsernamePrefix } = SAFE;

export const cases = {
  check: identityProviderUnprefixed,
  pass: [
    { name: 'no provider', sources: {} },
    { name: 'both prefixes', sources: provider(SAFE) },
    { name: 'no groups claim, so no groups', sources: provider({ ...withoutGroupsPrefix, groupsClaim: '' }) },
    { name: 'no user prefix, but a claim before which EKS puts the issuer', sources: provider({ ...withoutUsernamePrefix, usernameClaim: 'sub' }) },
  ],
  fail: [
    {
      name: 'groups as they are',
      sources: provider(withoutGroupsPrefix),
      findings: [
        {
          ...found,
          message: "The identity provider okta names groups without a prefix, as if they were the cluster's own",
          cause: 'identity provider names groups without a prefix',
        },
      ],
    },
    { name: 'an empty groups prefix', sources: provider({ ...SAFE, groupsPrefix: '' }), findings: [found] },
    { name: 'the prefix that switches prefixes off', sources: provider({ ...SAFE, usernamePrefix: '-' }), findings: [found] },
    { name: 'e-mail addresses as they are', sources: provider(withoutUsernamePrefix), findings: [found] },
  ],
} satisfies CheckCases;
