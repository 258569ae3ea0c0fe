import { defineCheck } from '../define-check.ts';

/** create, update, patch or delete on NetworkPolicies, or on the policies of EKS, Cilium and Calico. */
export const networkPolicyWrite = defineCheck({
  id: 'network-policy-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may open what network policies close',
  severity: 'high',
  rationale: 'One added policy lets traffic in, one deleted policy ends the isolation: a compromised identity opens the way that it needs.',
  remediation: 'Let the pipeline that deploys policies write them, and nobody else.',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1562.007'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['network-policy-write'];
  },
});
