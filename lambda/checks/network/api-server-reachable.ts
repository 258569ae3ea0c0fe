import { defineCheck } from '../define-check.ts';

/**
 * A workload that takes no token of the API server, and that no enforced policy keeps from its addresses. Who has a token has business there, and its rights are findings of their own.
 */
export const apiServerReachable = defineCheck({
  id: 'api-server-reachable',
  revision: 1,
  area: 'network',
  title: 'Pods without business there may reach the API server',
  severity: 'low',
  rationale: 'Whoever takes such a pod over tries stolen tokens and the flaws of the API server from inside, past every limit of its public endpoint.',
  remediation: 'Limit the egress of the pods to what they use; let only those reach the API server that have a token.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting', 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'attack/T1613'],
  needs: ['apiServerReach'],
  identity: { resource: 'the workload', key: '`api-server`' },
  unjudged: ({ apiServerReach }) => apiServerReach.unjudged,
  *evaluate({ apiServerReach }) {
    for (const { workload, why } of apiServerReach.workloads) {
      const { resource, source } = workload;
      yield {
        resource,
        key: 'api-server',
        message: `${resource.namespace}/${resource.name} takes no token of the API server and may reach it: ${why}`,
        cause: `API server: ${why}`,
        evidence: { why },
        restsOn: [source],
      };
    }
  },
});
