import { defaultDenyGaps, unjudgedGaps } from '../../facts/network/default-deny-gaps.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * No policy closes the namespace for ingress, whatever comes into it: an empty podSelector, or a policy above or below the namespaces that denies
 * by default. Medium where a workload is open or no policy is there at all; low where all that runs now is selected one by one.
 */
export const defaultDenyIngressMissing = defineCheck({
  id: 'default-deny-ingress-missing',
  revision: 2,
  area: 'network',
  title: 'Every pod of the cluster may connect to what runs here',
  severity: 'medium',
  rationale: 'One pod taken over anywhere reaches every port of these workloads: databases, admin ports, metrics.',
  remediation: 'Add a NetworkPolicy with an empty podSelector and the type Ingress, then allow what each workload needs.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['policyCoverage', 'workloadIndex'],
  wants: ['workloads'],
  identity: { resource: 'the Namespace', key: '`ingress`' },
  unjudged: ({ policyCoverage }) => unjudgedGaps(policyCoverage, 'ingress'),
  *evaluate({ policyCoverage, workloadIndex, workloads }) {
    const complete = workloads.ok && workloads.unread.length === 0;
    for (const { namespace, open, begun } of defaultDenyGaps(policyCoverage, workloadIndex, 'ingress', complete)) {
      yield {
        resource: { apiVersion: 'v1', kind: 'Namespace', name: namespace },
        key: 'ingress',
        severity: begun ? 'low' : 'medium',
        message: begun
          ? `Policies select each workload of ${namespace}${complete ? '' : ' that could be read'} for ingress, and the next one will be open`
          : open.length > 0
            ? `No policy isolates ${listed(open)} in ${namespace} for ingress`
            : `No policy isolates what will run in ${namespace} for ingress`,
        cause: begun ? 'no catch-all for ingress' : 'no default deny for ingress',
        evidence: { open },
      };
    }
  },
});
