import { openNamespaces } from '../../facts/network/open-namespaces.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Policies isolate what runs in a namespace, and let in most of the workloads of the others all the same: by a block that holds the addresses of all pods, or by labels that nearly every namespace has. Rules
 * that say everybody or any namespace are findings of their own. As policies are written.
 */
export const crossNamespaceOpen = defineCheck({
  id: 'cross-namespace-open',
  revision: 2,
  area: 'network',
  title: 'The policies of a namespace let most of the others in',
  severity: 'low',
  rationale: 'It looks closed, and one pod taken over in whatever namespace reaches what runs there.',
  remediation: 'Name the namespaces and pods that are to come in, by labels that only they have, in the place of blocks and of labels that all have.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['declaredReach', 'policyCoverage', 'policySelection', 'workloadIndex'],
  identity: { resource: 'the Namespace', key: '`other-namespaces`' },
  unjudged: ({ policyCoverage }) => policyCoverage.unjudged,
  *evaluate({ declaredReach, policyCoverage, policySelection, workloadIndex }) {
    for (const { name, open } of openNamespaces(declaredReach, policyCoverage, policySelection, workloadIndex)) {
      // Policies of Calico or Cilium may close it.
      if (policyCoverage.namespaces.get(name)?.otherEngines === true) continue;
      yield {
        resource: { apiVersion: 'v1', kind: 'Namespace', name },
        key: 'other-namespaces',
        message: `Policies of ${name} let most workloads of other namespaces connect to ${listed(open)}`,
        cause: 'open to most namespaces',
        evidence: { open },
        restsOn: ['networkPolicies', 'applicationNetworkPolicies', 'namespaces'],
      };
    }
  },
});
