import { EXTRA_NETWORKS } from '../../facts/workloads/pod-fields.ts';
import { defineCheck } from '../define-check.ts';

/** A policy selects a workload whose pods are joined to further networks by annotation (Multus): engines guard the first interface alone. */
export const extraInterfaceBypassesPolicy = defineCheck({
  id: 'extra-interface-bypasses-policy',
  revision: 1,
  area: 'network',
  title: 'Pods have a second network that policies do not reach',
  severity: 'medium',
  rationale: 'What a policy closes on one interface stands open on the other, and nothing shows it.',
  remediation: 'Take the second network away, or guard it by security groups and routes.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/pod-multus.html', 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['policySelection'],
  wants: ['workloads'],
  identity: { resource: 'the workload', key: '`interfaces`' },
  *evaluate({ policySelection }) {
    for (const { resource, annotations, source } of policySelection.of.keys()) {
      if ((annotations[EXTRA_NETWORKS] ?? '') === '') continue;
      yield {
        resource,
        key: 'interfaces',
        message: `${resource.namespace}/${resource.name} is joined to another network, where no policy reaches it`,
        cause: `${resource.kind} ${resource.namespace}/${resource.name}: further networks`,
        evidence: { networks: annotations[EXTRA_NETWORKS]! },
        restsOn: [source, 'networkPolicies', 'applicationNetworkPolicies'],
      };
    }
  },
});
