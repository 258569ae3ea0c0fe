import { policyAgentsOf } from '../../facts/network/policy-agents.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The agents of an engine that enforces are not ready on every node, in two looks in a row. High where none is ready, low where it is a few of many nodes, as where
 * nodes come and go. Auto Mode's agent is built in, and nothing tells of it.
 */
export const policyAgentNotReady = defineCheck({
  id: 'policy-agent-not-ready',
  revision: 1,
  area: 'network',
  title: 'Network policies are not enforced on every node',
  severity: 'medium',
  worstSeverity: 'high',
  passing: true,
  rationale: 'Where the agent does not run, new pods get no policies: they are open, and whoever can choose the node chooses that one.',
  remediation: 'Find out by kubectl describe why the pods of the DaemonSet are not ready, and repair or drain these nodes.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/network-policies-troubleshooting.html'],
  controls: ['cis-eks-1.8.0/4.3.1', 'nsa-1.2/network-separation'],
  needs: ['daemonSets', 'policyEnforcement'],
  fields: { daemonSets: ['status.desiredNumberScheduled', 'status.numberReady'] },
  identity: { resource: 'the class of node', key: '`agents-not-ready`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ daemonSets, policyEnforcement }) {
    for (const { engine, daemonSet, windows, ready } of policyAgentsOf(daemonSets)) {
      if (ready === 'all') continue;
      const nodes = policyEnforcement.classes.find((each) => each.state === 'on' && each.engine === engine && each.name !== 'auto/linux' && (each.name === 'ec2/windows') === windows);
      if (!nodes) continue;
      yield {
        resource: nodes.resource,
        key: 'agents-not-ready',
        severity: ready === 'none' ? 'high' : ready === 'many-missing' ? 'medium' : 'low',
        message: `Pods of the DaemonSet ${daemonSet} are not ready on ${SHARE[ready]} of the ${nodes.label}, where ${engine} enforces policies`,
        cause: `agents of ${engine} not ready`,
        evidence: { engine, daemonSet, missing: SHARE[ready] },
        restsOn: ['daemonSets', 'nodes'],
      };
    }
  },
});

const SHARE = { none: 'any', 'many-missing': 'many', 'some-missing': 'some' } as const;
