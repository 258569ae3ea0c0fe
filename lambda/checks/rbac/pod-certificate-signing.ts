import { kubernetesMinor, unknownVersion } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';

/** The first version that has it on. */
const SINCE = 35;

/** update or patch on podcertificaterequests/status with sign for a signer: KEP-4317, beta since Kubernetes 1.35. */
export const podCertificateSigning = defineCheck({
  id: 'pod-certificate-signing',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may issue the certificates that pods identify themselves by',
  severity: 'medium',
  rationale:
    'Who issues a pod certificate makes a workload appear as another one to everybody who trusts that signer.',
  remediation: 'Leave sign to the controller of the signer, by resourceNames.',
  references: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/4317-pod-certificates',
    'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1649'],
  needs: ['rbacGrants', 'kubernetesVersion'],
  applies: ({ kubernetesVersion }) =>
    (kubernetesMinor(kubernetesVersion) ?? SINCE) >= SINCE || `Kubernetes ${kubernetesVersion} has no PodCertificateRequests: they came with 1.${SINCE}`,
  unjudged: ({ kubernetesVersion }) => unknownVersion(kubernetesVersion),
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants, kubernetesVersion }) {
    if (kubernetesMinor(kubernetesVersion) === undefined) return;
    for (const right of rbacGrants.byPower['pod-certificate-signing']) yield { ...right, restsOn: [...right.restsOn, 'kubernetesVersion'] };
  },
});
