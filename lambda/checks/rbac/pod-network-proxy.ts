import { kubernetesMinor } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';

/** create on pods/portforward (before 1.35 get is enough, over a WebSocket), any verb on pods/proxy or services/proxy. */
export const podNetworkProxy = defineCheck({
  id: 'pod-network-proxy',
  revision: 2,
  area: 'rbac',
  title: 'Somebody may reach pods around their network policies',
  severity: 'medium',
  rationale:
    'The connection comes from the API server or the node, which network policies let in: databases and admin pages that trust the pod network answer.',
  remediation: 'Leave port forwarding and the proxies to a role that people take for the time they need it.',
  references: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1090'],
  needs: ['rbacGrants'],
  wants: ['kubernetesVersion'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants, kubernetesVersion }) {
    yield* rbacGrants.byPower['pod-network-proxy'];
    const minor = kubernetesVersion.ok ? kubernetesMinor(kubernetesVersion.value) : undefined;
    if (minor === undefined || minor >= 35) return;
    for (const right of rbacGrants.byPower['pod-port-forward-by-get']) yield { ...right, restsOn: [...right.restsOn, 'kubernetesVersion'] };
  },
});
