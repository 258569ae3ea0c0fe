import { defineCheck } from '../define-check.ts';

/** get or create on nodes/proxy. get is not read-only: the kubelet takes commands over a WebSocket, which is a GET. */
export const nodesProxy = defineCheck({
  id: 'nodes-proxy',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may run commands in every pod through the kubelets',
  severity: 'critical',
  rationale:
    'The kubelet API runs commands in any pod of its node, past admission and past the audit log: every ServiceAccount and IAM role in the cluster is taken.',
  remediation: 'Grant nodes/metrics, nodes/stats or nodes/healthz, which monitoring needs, instead of nodes/proxy.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes',
    'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
  ],
  controls: ['cis-eks-1.8.0/4.1.10', 'nsa-1.2/authentication', 'attack/T1609', 'ms-k8s/MS-TA9030'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['nodes-proxy'];
  },
});
