import { legacyServiceAccountToken } from '../../../lambda/checks/identity/legacy-service-account-token.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { accountResource } from './identity-objects.ts';

const naming = (...secrets: readonly unknown[]): GivenSources => ({ serviceAccounts: [{ metadata: { namespace: 'shop', name: 'web' }, secrets }] }) as unknown as GivenSources;

/** Of 53 characters: five of `-token-` remain. */
const LONG = 'a-service-account-whose-name-is-as-long-as-they-can-b';

export const cases = {
  check: legacyServiceAccountToken,
  pass: [
    { name: 'no Secrets', sources: { serviceAccounts: [{ metadata: { namespace: 'shop', name: 'web' } }] } },
    { name: 'what its pods may mount', sources: naming({ name: 'web-tls' }, { name: 'web-token' }, { name: 'web-token-abcdef' }, { name: 'other-token-abcde' }) },
    { name: 'values of the wrong type', sources: naming(7, null, { name: 7 }, {}) },
    { name: 'no list', sources: { serviceAccounts: [{ metadata: { namespace: 'shop', name: 'web' }, secrets: 'web-token-abcde' }] } as unknown as GivenSources },
  ],
  fail: [
    {
      name: 'a token as Kubernetes 1.23 made it',
      sources: naming({ name: 'web-dockercfg-x2b9k' }, { name: 'web-token-x2b9k' }),
      findings: [{ resource: accountResource('shop/web'), key: 'token', message: 'ServiceAccount shop/web has a token that never expires, in Secret web-token-x2b9k', cause: 'tokens of before Kubernetes 1.24' }],
    },
    {
      name: 'of an account whose name leaves the API server no room for all of it',
      sources: { serviceAccounts: [{ metadata: { namespace: 'shop', name: LONG }, secrets: [{ name: `${LONG}-tokex2b9k` }] }] },
      findings: [{ resource: accountResource(`shop/${LONG}`), key: 'token' }],
    },
  ],
} satisfies CheckCases;
