import { CONSTRAINED_SINCE } from '../../facts/rbac/authorizer/constrained-impersonation.ts';
import { kubernetesMinor, unknownVersion } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';

/**
 * impersonate:user-info, serviceaccount, arbitrary-node or associated-node in authentication.k8s.io together with impersonate-on:<mode>:<verb> on
 * anything: KEP-5284, on by default since Kubernetes 1.36. Members of system:masters cannot be impersonated so. The rules of the subject in one
 * scope and cluster-wide are put together.
 */
export const constrainedImpersonation = defineCheck({
  id: 'constrained-impersonation',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may act as somebody else in some requests',
  severity: 'high',
  rationale:
    'Where classic impersonation is refused, these verbs still let the caller borrow what users, accounts or nodes may, for the verbs that it names: of a `*` that is all.',
  remediation: 'Limit these verbs by resourceNames to the identities that are meant, and impersonate-on to single verbs.',
  references: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/5284-constrained-impersonation',
    'https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/',
  ],
  controls: ['cis-eks-1.8.0/4.1.8', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants', 'kubernetesVersion'],
  applies: ({ kubernetesVersion }) =>
    (kubernetesMinor(kubernetesVersion) ?? CONSTRAINED_SINCE) >= CONSTRAINED_SINCE || `Kubernetes ${kubernetesVersion} knows no constrained impersonation that is on by default: it came with 1.${CONSTRAINED_SINCE}`,
  unjudged: ({ kubernetesVersion }) => unknownVersion(kubernetesVersion),
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants, kubernetesVersion }) {
    if (kubernetesMinor(kubernetesVersion) === undefined) return;
    for (const right of rbacGrants.byPower['constrained-impersonation']) yield { ...right, restsOn: [...right.restsOn, 'kubernetesVersion'] };
  },
});
