import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { DIRECTIONS } from '../../facts/network/policy.ts';
import { isSystemNamespace } from '../../facts/network/system-namespaces.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The VPC CNI enforces in standard mode on a class of nodes, where policies close a namespace by default: a pod there may talk to everybody from its start until the agent has its
 * policies. Low where other nodes are strict, so that the engine's own setting says what was meant and does not hold everywhere.
 */
export const networkPolicyStandardMode = defineCheck({
  id: 'network-policy-standard-mode',
  revision: 2,
  area: 'network',
  title: 'Pods are open until their policies have arrived',
  severity: 'info',
  worstSeverity: 'low',
  rationale: 'What a pod does in its first moments no policy limits: enough for a job to carry out what it came for, and for whoever waits to reach what starts.',
  remediation:
    'Where moments matter set NETWORK_POLICY_ENFORCING_MODE of the VPC CNI to strict, of Auto Mode networkPolicy of the NodeClass to DefaultDeny; before that see that policies let every pod, CoreDNS among them, do what it must.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html', 'https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['policyCoverage', 'policyEnforcement'],
  identity: { resource: 'the class of node', key: '`standard-mode`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ policyCoverage, policyEnforcement }) {
    const closed = [...policyCoverage.namespaces.values()].some((namespace) => !isSystemNamespace(namespace.name) && DIRECTIONS.some((direction) => namespace[direction].state === 'catch-all'));
    if (!closed) return;
    const enforcing = policyEnforcement.classes.filter(({ state, engine }) => state === 'on' && engine === VPC_CNI);
    for (const { resource, label, mode } of enforcing) {
      if (mode !== 'standard' && mode !== 'mixed') continue;
      const strict = enforcing.filter((each) => each.mode === 'strict').map((each) => each.label);
      const elsewhere = mode === 'mixed' ? 'other NodeClasses deny' : strict.length > 0 ? `${strict.join(' and ')} deny` : undefined;
      yield {
        resource,
        key: 'standard-mode',
        severity: elsewhere === undefined ? 'info' : 'low',
        message: `Pods on ${mode === 'mixed' ? 'some ' : ''}${label} may talk to everybody until their policies have arrived, though namespaces deny by default${elsewhere === undefined ? '' : ` and ${elsewhere} from the start`}`,
        cause: 'standard mode of the VPC CNI',
        evidence: { mode, strict },
      };
    }
  },
});
