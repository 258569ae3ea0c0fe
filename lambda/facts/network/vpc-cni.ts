import type { V1DaemonSet } from '@kubernetes/client-node';
import { defineFact } from '../define-fact.ts';
import { isKeptOffNodes } from './kept-off-nodes.ts';

/** The network policy agent of the VPC CNI, as the DaemonSet kube-system/aws-node declares it. */
export interface VpcCni {
  readonly present: boolean;
  /** Its node agent is told to enforce. */
  readonly agent: boolean;
  /** NETWORK_POLICY_ENFORCING_MODE=strict: a pod that no policy selects may talk to nobody. */
  readonly strict: boolean;
  /**
   * POD_SECURITY_GROUP_ENFORCING_MODE=standard: policies reach pods with security groups of their own too. Otherwise (strict, the default) these
   * stand under their security groups alone.
   */
  readonly podSecurityGroupsStandard: boolean;
  /** A node selector of the owner's may keep it off all nodes, as the guides of other engines advise. */
  readonly parked: boolean;
}

const FLAG = '--enable-network-policy';

/**
 * Present with the argument false is how EKS installs it. https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html,
 * https://github.com/aws/aws-network-policy-agent
 */
export const vpcCni = defineFact({
  name: 'vpcCni',
  revision: 1,
  needs: ['daemonSets'],
  reach: { daemonSets: 'kube-system' },
  fields: {
    daemonSets: [
      'spec.template.spec.nodeSelector',
      `spec.template.spec.containers[name=aws-eks-nodeagent].args[^${FLAG}]`,
      'spec.template.spec.containers[name=aws-node].env[name=NETWORK_POLICY_ENFORCING_MODE].value',
      'spec.template.spec.containers[name=aws-node].env[name=POD_SECURITY_GROUP_ENFORCING_MODE].value',
    ],
  },
  derive: ({ daemonSets }): VpcCni => {
    const daemonSet = daemonSets.find(({ metadata }) => metadata?.namespace === 'kube-system' && metadata.name === 'aws-node');
    if (!daemonSet) return { present: false, agent: false, strict: false, podSecurityGroupsStandard: false, parked: false };
    const agent = agentEnabled(daemonSet);
    return {
      present: true,
      agent,
      strict: agent && envOf(daemonSet, 'NETWORK_POLICY_ENFORCING_MODE') === 'strict',
      podSecurityGroupsStandard: envOf(daemonSet, 'POD_SECURITY_GROUP_ENFORCING_MODE') === 'standard',
      parked: isKeptOffNodes(daemonSet),
    };
  },
});

function containerOf({ spec }: V1DaemonSet, name: string) {
  return spec?.template?.spec?.containers?.find((container) => container.name === name);
}

function agentEnabled(daemonSet: V1DaemonSet): boolean {
  const flags = (containerOf(daemonSet, 'aws-eks-nodeagent')?.args ?? []).filter((arg) => arg === FLAG || arg.startsWith(`${FLAG}=`));
  // The last one counts, and a bare flag means true: so Go reads them.
  const last = flags.at(-1);
  return last === FLAG || (last !== undefined && /^(1|t|true)$/i.test(last.slice(FLAG.length + 1)));
}

function envOf(daemonSet: V1DaemonSet, variable: string): string | undefined {
  return containerOf(daemonSet, 'aws-node')?.env?.find(({ name }) => name === variable)?.value;
}
