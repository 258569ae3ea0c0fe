import { defineCheck } from '../define-check.ts';

/**
 * A ServiceAccount called default, or all accounts of a namespace, hold a power: every pod there that names no account has it, also one that
 * is started tomorrow. One step graver than for a particular account; the check of the power itself then says nothing of it.
 */
export const defaultServiceAccountPermissions = defineCheck({
  id: 'default-service-account-permissions',
  revision: 1,
  area: 'rbac',
  title: 'Every pod of a namespace holds a dangerous right',
  severity: 'high',
  worstSeverity: 'critical',
  rationale: 'Pods that name no account run as default: each of them, the most exposed too, carries a token with this right.',
  remediation: 'Bind a role with what is needed to an account of its own, and name that account in the pods that need it.',
  references: [
    'https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions',
  ],
  controls: ['cis-eks-1.8.0/4.1.5', 'nsa-1.2/authentication', 'attack/T1528'],
  needs: ['rbacGrants'],
  identity: { resource: 'the default ServiceAccount, or the group of all accounts of a namespace', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.ofNamespaces;
  },
});
