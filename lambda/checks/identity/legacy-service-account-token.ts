import { LEGACY_TOKEN_FIELDS, legacyTokens } from '../../facts/rbac/legacy-tokens.ts';
import { defineCheck } from '../define-check.ts';

/** A ServiceAccount names a Secret with a token of it, as Kubernetes made one for each before 1.24. Secrets themselves are not read. */
export const legacyServiceAccountToken = defineCheck({
  id: 'legacy-service-account-token',
  revision: 1,
  area: 'identity',
  title: 'A ServiceAccount has a token that never expires',
  severity: 'medium',
  rationale: 'Whoever once read the Secret, out of a backup, a log or by a right to read Secrets, is that account from anywhere and for good; tokens of pods end within the hour.',
  remediation: 'See in the label kubernetes.io/legacy-token-last-used of the Secret whether anybody still uses it, give whoever does a token by the TokenRequest API, then delete the Secret.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#legacy-serviceaccount-token-cleaner',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1528', 'ms-k8s/MS-TA9016'],
  needs: ['serviceAccounts'],
  fields: { serviceAccounts: LEGACY_TOKEN_FIELDS },
  identity: { resource: 'the ServiceAccount', key: 'always `token`' },
  *evaluate({ serviceAccounts }) {
    for (const account of serviceAccounts) {
      const secrets = [...legacyTokens(account)].sort();
      if (secrets.length === 0) continue;
      const { apiVersion = '', kind = '', metadata } = account;
      const { namespace = '', name = '' } = metadata ?? {};
      yield {
        resource: { apiVersion, kind, namespace, name },
        key: 'token',
        message: `ServiceAccount ${namespace}/${name} has a token that never expires, in Secret ${secrets[0]!}`,
        cause: 'tokens of before Kubernetes 1.24',
        evidence: { secrets },
      };
    }
  },
});
