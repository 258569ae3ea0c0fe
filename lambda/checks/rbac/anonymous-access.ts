import { kubernetesMinor } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';

/** EKS answers strangers with 401 everywhere but on its health pages since this version, whatever is bound to them. */
const CLOSED_SINCE = 32;

/**
 * system:anonymous or system:unauthenticated is bound to more than Kubernetes' own public pages (version, health, discovery). On EKS 1.32 and
 * later such a binding waits for the day when anonymous requests are let in again. An unknown version is taken for an old one.
 */
export const anonymousAccess = defineCheck({
  id: 'anonymous-access',
  revision: 1,
  area: 'rbac',
  title: 'Strangers hold rights in the cluster',
  severity: 'critical',
  rationale: 'Whoever reaches the API server has these rights without a credential; with a public endpoint that is the whole Internet.',
  remediation: 'Delete the binding, or bind those who are meant.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1078', 'attack/T1190'],
  needs: ['rbacGrants'],
  wants: ['kubernetesVersion', 'eksCluster'],
  fields: { eksCluster: ['version'] },
  identity: { resource: 'system:anonymous or system:unauthenticated', key: 'scope' },
  *evaluate({ rbacGrants, kubernetesVersion, eksCluster }) {
    const minor = kubernetesMinor((kubernetesVersion.ok ? kubernetesVersion.value : eksCluster.ok ? eksCluster.value.version : undefined) ?? '');
    const latent = minor !== undefined && minor >= CLOSED_SINCE && (eksCluster.ok || rbacGrants.onEks);
    for (const right of rbacGrants.anonymous) {
      const message = latent ? `${right.message}, as soon as EKS lets anonymous requests in again` : right.message;
      const restsOn = latent ? [...right.restsOn, 'kubernetesVersion' as const] : right.restsOn;
      yield { ...right, message, restsOn, severity: latent ? 'low' : right.urlsOnly ? 'medium' : 'critical' };
    }
  },
});
