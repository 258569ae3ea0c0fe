import { defineCheck } from '../define-check.ts';

/** update or patch on namespaces. For the namespace itself a RoleBinding in it is enough. */
export const namespaceModify = defineCheck({
  id: 'namespace-modify',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may switch off pod security for a namespace',
  severity: 'high',
  rationale:
    'Labels of a namespace decide which pod security standard holds, which webhooks look at it and which network policies let it in: whoever writes them takes these off.',
  remediation: 'Leave namespaces and their labels to those who own the cluster.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  ],
  controls: ['nsa-1.2/pod-security', 'attack/T1562'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['namespace-modify'];
  },
});
