import { defaultDenyGaps, unjudgedGaps } from '../../facts/network/default-deny-gaps.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * No policy closes the namespace for egress, whatever comes into it: an empty podSelector, or a policy above or below the namespaces that denies
 * by default. Medium where a workload is open or no policy is there at all; low where all that runs now is selected one by one.
 */
export const defaultDenyEgressMissing = defineCheck({
  id: 'default-deny-egress-missing',
  revision: 2,
  area: 'network',
  title: 'What runs here may connect to everything',
  severity: 'medium',
  rationale: 'A pod taken over sends out what it finds, loads what it needs and attacks every other pod.',
  remediation: 'Add a NetworkPolicy with an empty podSelector and the type Egress, allow DNS, then what each workload needs.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['policyCoverage', 'workloadIndex'],
  wants: ['workloads'],
  identity: { resource: 'the Namespace', key: '`egress`' },
  unjudged: ({ policyCoverage }) => unjudgedGaps(policyCoverage, 'egress'),
  *evaluate({ policyCoverage, workloadIndex, workloads }) {
    const complete = workloads.ok && workloads.unread.length === 0;
    for (const { namespace, open, begun } of defaultDenyGaps(policyCoverage, workloadIndex, 'egress', complete)) {
      yield {
        resource: { apiVersion: 'v1', kind: 'Namespace', name: namespace },
        key: 'egress',
        severity: begun ? 'low' : 'medium',
        message: begun
          ? `Policies select each workload of ${namespace}${complete ? '' : ' that could be read'} for egress, and the next one will be open`
          : open.length > 0
            ? `No policy isolates ${listed(open)} in ${namespace} for egress`
            : `No policy isolates what will run in ${namespace} for egress`,
        cause: begun ? 'no catch-all for egress' : 'no default deny for egress',
        evidence: { open },
      };
    }
  },
});
