import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A policy selects a workload whose pods have security groups of their own: Calico does not see them, and the VPC CNI leaves them to their security groups unless
 * POD_SECURITY_GROUP_ENFORCING_MODE is standard. High with Calico, which never does; medium with the VPC CNI.
 */
export const securityGroupPodBypassesPolicy = defineCheck({
  id: 'security-group-pod-bypasses-policy',
  revision: 1,
  area: 'network',
  title: 'Pods with their own security groups are out of reach of network policies',
  severity: 'high',
  rationale: 'The policies that select these pods are believed to hold, and only what their security groups say does.',
  remediation: 'Set POD_SECURITY_GROUP_ENFORCING_MODE of the VPC CNI to standard; under Calico, let the security groups say what the policies say.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html', 'https://docs.aws.amazon.com/eks/latest/best-practices/sgpp.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['policyEnforcement', 'policySelection', 'securityGroupPods', 'vpcCni'],
  identity: { resource: 'the workload', key: '`security-groups`' },
  unjudged: ({ policyEnforcement, securityGroupPods }) => [...policyEnforcement.unjudged, ...securityGroupPods.unjudged],
  *evaluate({ policyEnforcement, policySelection, securityGroupPods, vpcCni }) {
    const engines = enforcingEngines(policyEnforcement);
    const engine = engines.has('Calico') ? 'Calico' : engines.has(VPC_CNI) && vpcCni.present && !vpcCni.podSecurityGroupsStandard ? VPC_CNI : undefined;
    if (engine === undefined) return;
    for (const workload of securityGroupPods.of) {
      if (!policySelection.of.has(workload)) continue;
      const { resource, source } = workload;
      yield {
        resource,
        key: 'security-groups',
        severity: engine === 'Calico' ? 'high' : 'medium',
        message: `${resource.namespace}/${resource.name} has security groups of its own, and ${engine === 'Calico' ? 'Calico enforces no policy on it' : 'the VPC CNI leaves it to them alone'}`,
        cause: `security groups for pods under ${engine}`,
        evidence: { engine },
        restsOn: [source, 'networkPolicies', 'applicationNetworkPolicies', 'securityGroupPolicies', 'daemonSets'],
      };
    }
  },
});
