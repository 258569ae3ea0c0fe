import { kubernetesMinor } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';

/**
 * create on pods/exec or pods/attach, update or patch on pods/ephemeralcontainers. Before 1.35 get is enough: commands over a WebSocket are
 * a GET (KEP-4006, kubernetes/kubernetes#78741).
 */
export const podExec = defineCheck({
  id: 'pod-exec',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may run commands in running pods',
  severity: 'high',
  rationale: 'A shell in a pod has what the pod has: its ServiceAccount token, its IAM role, its Secrets, its place in the network.',
  remediation: 'Leave exec, attach and debug containers to a role that people take for the time they need it; look at pods through logs.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/', 'https://github.com/kubernetes/kubernetes/issues/78741'],
  controls: ['nsa-1.2/authentication', 'attack/T1609', 'ms-k8s/MS-TA9006'],
  needs: ['rbacGrants'],
  wants: ['kubernetesVersion'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants, kubernetesVersion }) {
    yield* rbacGrants.byPower['pod-exec'];
    const minor = kubernetesVersion.ok ? kubernetesMinor(kubernetesVersion.value) : undefined;
    if (minor === undefined || minor >= 35) return;
    for (const right of rbacGrants.byPower['pod-exec-by-get']) yield { ...right, restsOn: [...right.restsOn, 'kubernetesVersion'] };
  },
});
