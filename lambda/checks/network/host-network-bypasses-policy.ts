import { isSystemNamespace } from '../../facts/network/system-namespaces.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A workload with hostNetwork in a namespace that has policies: no engine filters its pods. High where a policy selects it by name, so that
 * somebody believes it isolated. The system's namespaces and components of EKS and its add-ons are left out.
 */
export const hostNetworkBypassesPolicy = defineCheck({
  id: 'host-network-bypasses-policy',
  revision: 2,
  area: 'network',
  title: 'A workload stands outside its namespace’s network policies',
  severity: 'medium',
  worstSeverity: 'high',
  rationale: 'On the network of its node a pod is filtered by no policy: it reaches what its neighbours may not, and the metadata service with the node’s credentials.',
  remediation: 'Take hostNetwork away, or run the workload in a namespace of its own.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods'],
  controls: ['cis-eks-1.8.0/4.2.4', 'nsa-1.2/network-separation', 'attack/T1611'],
  needs: ['policySelection', 'workloads'],
  identity: { resource: 'the workload', key: '`host-network`' },
  *evaluate({ policySelection, workloads }) {
    for (const workload of workloads.filter(({ spec }) => spec.hostNetwork === true)) {
      const { resource, component, source } = workload;
      if (component !== undefined || isSystemNamespace(resource.namespace)) continue;
      if (!policySelection.groups.has(resource.namespace)) continue;
      // A policy for all pods of the namespace does not mean this one in particular.
      const place = `${resource.namespace}/${resource.name}`;
      const meant = policySelection.of.get(workload)?.named === true;
      yield {
        resource,
        key: 'host-network',
        severity: meant ? 'high' : 'medium',
        message: `${place} uses its node's network, where no policy of ${resource.namespace} reaches it${meant ? ', though one selects it' : ''}`,
        cause: `${resource.kind} ${place}: hostNetwork beside policies`,
        evidence: { selected: meant },
        restsOn: [source, 'networkPolicies', 'applicationNetworkPolicies'],
      };
    }
  },
});
