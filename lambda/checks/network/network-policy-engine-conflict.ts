import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/** Two engines enforce on the same nodes, the VPC CNI's agent and controller counted as one. Their vendors warn of it. */
export const networkPolicyEngineConflict = defineCheck({
  id: 'network-policy-engine-conflict',
  revision: 1,
  area: 'network',
  title: 'Two engines enforce network policies on the same nodes',
  severity: 'medium',
  rationale: 'Each removes or overrides what the other sets, so that a connection is let through or cut by chance.',
  remediation: 'Keep one engine: set enableNetworkPolicy of the VPC CNI add-on to false, or take the other engine away.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['policyEnforcement'],
  identity: { resource: 'the class of node', key: '`conflict`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ policyEnforcement: { classes, conflict } }) {
    if (conflict.length === 0) return;
    for (const { name, resource, label } of classes) {
      if (name !== 'ec2/linux') continue;
      yield {
        resource,
        key: 'conflict',
        message: `${listed(conflict)} enforce policies on ${label} side by side`,
        cause: `engines: ${conflict.join(', ')}`,
        evidence: { engines: conflict },
      };
    }
  },
});
