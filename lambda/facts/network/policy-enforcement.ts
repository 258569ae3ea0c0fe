import type { Unread } from '../../model/derived.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import { NODE_CLASSES, nodeClassesOf, type NodeClassName } from './node-classes.ts';
import { policyEnginesOf } from './policy-engines.ts';
import type { VpcCni } from './vpc-cni.ts';

/** `half`: one of the two switches of the VPC CNI is on. `never`: no engine of EKS enforces there. */
export type EnforcementState = 'on' | 'off' | 'half' | 'never' | 'unknown';

export interface NodeClassEnforcement {
  readonly name: NodeClassName;
  readonly resource: ResourceRef;
  /** In words: `Linux nodes`. */
  readonly label: string;
  readonly state: EnforcementState;
  /** Part of a sentence: why it is not on. */
  readonly why: string;
}

export interface PolicyEnforcement {
  /** In the order of `NODE_CLASSES`. */
  readonly classes: readonly NodeClassEnforcement[];
  /** Two or more engines that enforce on the same nodes, sorted; else none. */
  readonly conflict: readonly string[];
  readonly unjudged: readonly Unread[];
}

/** Which engine enforces network policies, by class of node. https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html */
export const policyEnforcement = defineFact({
  name: 'policyEnforcement',
  revision: 1,
  needs: ['daemonSets', 'nodes', 'vpcCni', 'vpcCniConfig', 'workloads'],
  // Engines bring namespaces of their own, and workloads anywhere tell of nodes that are scaled to zero.
  reach: { daemonSets: 'all' },
  fields: {
    daemonSets: ['spec.template.spec.containers[].name', 'spec.template.spec.containers[].image'],
    nodes: ['metadata.labels["eks.amazonaws.com/compute-type"]', 'metadata.labels["kubernetes.io/os"]'],
    vpcCniConfig: ['data["enable-network-policy-controller"]'],
  },
  derive: ({ daemonSets, nodes, vpcCni, vpcCniConfig, workloads }): PolicyEnforcement => {
    const engines = policyEnginesOf(daemonSets);
    const controller = vpcCniConfig.some(({ data }) => data?.['enable-network-policy-controller'] === 'true');
    const classes = nodeClassesOf(nodes, workloads, daemonSets);
    const judged = NODE_CLASSES.filter((name) => classes.has(name)).map((name): NodeClassEnforcement => ({
      name,
      resource: { apiVersion: 'eksaminer/v1', kind: 'NodeClass', name },
      label: LABELS[name],
      ...judge(name, vpcCni, controller, name === 'ec2/windows' ? engines.windows : engines.linux),
    }));
    const enforcing = [...(vpcCni.agent && controller && !vpcCni.parked ? ['VPC CNI'] : []), ...engines.linux];
    return { classes: judged, conflict: enforcing.length > 1 ? [...enforcing].sort() : [], unjudged: unjudgedOf(judged) };
  },
});

const LABELS: { readonly [N in NodeClassName]: string } = {
  'ec2/linux': 'Linux nodes',
  'auto/linux': 'Auto Mode nodes',
  'hybrid/linux': 'hybrid nodes',
  'ec2/windows': 'Windows nodes',
  'fargate/linux': 'Fargate',
};

type Judged = Pick<NodeClassEnforcement, 'state' | 'why'>;
const ON: Judged = { state: 'on', why: '' };
const CONTROLLER_OFF = 'enable-network-policy-controller in the ConfigMap kube-system/amazon-vpc-cni is not "true"';
const AGENT_OFF = 'the agent in the DaemonSet kube-system/aws-node runs without --enable-network-policy=true';

function judge(name: NodeClassName, vpcCni: VpcCni, controller: boolean, engines: readonly string[]): Judged {
  if (name === 'fargate/linux') return { state: 'never', why: 'no engine enforces policies on Fargate' };
  if (name === 'auto/linux') return controller ? ON : { state: 'off', why: CONTROLLER_OFF };
  // Its ConfigMap says whether it enforces, and that is not read: enable-policy may be never, policy-audit-mode on.
  if (engines.includes('Cilium')) return { state: 'unknown', why: 'Cilium runs here, and its settings are not read' };
  if (engines.length > 0) return ON;
  if (name === 'ec2/windows') return { state: 'never', why: 'the VPC CNI enforces no policies on Windows' };
  if (name === 'hybrid/linux') return { state: 'off', why: 'hybrid nodes need Cilium or Calico, and neither runs' };
  if (!vpcCni.present) return { state: 'off', why: 'no network policy engine runs' };
  if (vpcCni.parked) return { state: 'unknown', why: 'a node selector may keep the DaemonSet kube-system/aws-node off these nodes' };
  if (vpcCni.agent && controller) return ON;
  if (vpcCni.agent) return { state: 'half', why: CONTROLLER_OFF };
  if (controller) return { state: 'half', why: AGENT_OFF };
  return { state: 'off', why: 'network policies are switched off in the VPC CNI' };
}

function unjudgedOf(classes: readonly NodeClassEnforcement[]): readonly Unread[] {
  return classes.filter(({ state }) => state === 'unknown').map(({ label, why }) => unsaid('daemonSets', `whether ${label} enforce policies is not known: ${why}`));
}
