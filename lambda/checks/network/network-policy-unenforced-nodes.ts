import { wantsWindows } from '../../facts/network/node-classes.ts';
import { FARGATE } from '../../facts/network/policy-enforcement.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Policies are enforced on some classes of node and not on others: on Windows and Fargate where workloads run that a policy selects, on
 * the rest as soon as there are policies. Components of EKS and its add-ons do not count.
 */
export const networkPolicyUnenforcedNodes = defineCheck({
  id: 'network-policy-unenforced-nodes',
  revision: 2,
  area: 'network',
  title: 'Network policies stop at some kinds of node',
  severity: 'high',
  rationale: 'A workload that runs there is open whatever its policies say, and nothing shows it.',
  remediation: 'Run what must be isolated on nodes that enforce policies, and isolate the rest by security groups.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['cis-eks-1.8.0/4.3.1', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['namespacedPolicies', 'policyEnforcement', 'policySelection', 'workloads'],
  wants: ['fargateWorkloads'],
  identity: { resource: 'the class of node', key: '`unenforced`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ namespacedPolicies, policyEnforcement, policySelection, workloads, fargateWorkloads }) {
    if (namespacedPolicies.length === 0 || !policyEnforcement.classes.some(({ state }) => state === 'on' || state === 'unknown')) return;
    const runningOn = (nodes: string) => {
      if (nodes === 'ec2/windows') return workloads.filter(({ spec }) => wantsWindows(spec));
      return nodes === 'fargate/linux' && fargateWorkloads.ok ? fargateWorkloads.value : [];
    };
    // Nodes of Fargate are there while pods run on them: what a profile takes counts without.
    const classes = [...policyEnforcement.classes.filter(({ name }) => name !== FARGATE.name), FARGATE];
    for (const { name, resource, label, state, why } of classes) {
      if (state === 'on' || state === 'unknown') continue;
      const selected = runningOn(name)
        .filter((workload) => workload.component === undefined && policySelection.of.has(workload))
        .map(({ resource }) => `${resource.namespace}/${resource.name}`);
      if (state === 'never' && selected.length === 0) continue;
      yield {
        resource,
        key: 'unenforced',
        message: `Policies have no effect on ${label}: ${why}${selected.length > 0 ? `; they select ${listed(selected)} there` : ''}`,
        cause: `not enforced: ${why}`,
        evidence: { state, why, selected },
      };
    }
  },
});
