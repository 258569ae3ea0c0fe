import { collected } from '../../model/collected.ts';
import type { Unread } from '../../model/derived.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import { defaultDenyOn, defaultSettings, isControllerOn, type DefaultDeny, type DefaultSettings } from './default-deny.ts';
import { NODE_CLASSES, dependsOnProfiles, nodeClassesOf, type NodeClassName } from './node-classes.ts';
import { fargateMatcher } from './fargate-workloads.ts';
import { CILIUM_KEYS, ciliumEnforcement, type CiliumEnforcement } from './cilium-settings.ts';
import { policyEnginesOf, type FoundEngine } from './policy-engines.ts';
import type { VpcCni } from './vpc-cni.ts';

/** `half`: an engine is there and enforces nothing, as one of its switches is off. `never`: no engine of EKS enforces there. */
export type EnforcementState = 'on' | 'off' | 'half' | 'never' | 'unknown';

export interface NodeClassEnforcement {
  readonly name: NodeClassName;
  readonly resource: ResourceRef;
  /** In words: `Linux nodes`. */
  readonly label: string;
  readonly state: EnforcementState;
  /** Part of a sentence: why it is not on. */
  readonly why: string;
  /** What enforces, where the state is `on`: `VPC CNI` in Auto Mode too. */
  readonly engine?: string;
  /** Of the VPC CNI: `strict` denies to a pod until its policies are known, `standard` lets everything through until then, `mixed`: nodes differ. Absent: not known. */
  readonly mode?: 'strict' | 'standard' | 'mixed';
  /** What is closed without any policy. Absent: nothing. */
  readonly defaultDeny?: DefaultDeny;
  /** Of Cilium: it is told that an ipBlock matches nodes. */
  readonly nodesInBlocks?: true;
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
  revision: 4,
  needs: ['daemonSets', 'nodes', 'vpcCni', 'vpcCniConfig', 'workloads'],
  wants: ['calicoInstallations', 'ciliumConfig', 'eksFargateProfiles', 'nodeClasses'],
  // Engines bring namespaces of their own, and workloads anywhere tell of nodes that are scaled to zero.
  reach: { daemonSets: 'all' },
  fields: {
    calicoInstallations: ['metadata.name'],
    ciliumConfig: CILIUM_KEYS.map((key) => `data["${key}"]`),
    daemonSets: ['spec.template.spec.nodeSelector', 'spec.template.spec.containers[].name', 'spec.template.spec.containers[].image'],
    eksFargateProfiles: ['selectors'],
    nodeClasses: ['spec.networkPolicy'],
    nodes: ['metadata.labels["eks.amazonaws.com/compute-type"]', 'metadata.labels["kubernetes.io/os"]'],
    vpcCniConfig: ['data["enable-network-policy-controller"]'],
  },
  irrelevant: ({ daemonSets, nodes }) => (dependsOnProfiles(nodes, daemonSets) ? [] : ['eksFargateProfiles']),
  derive: ({ daemonSets, nodes, vpcCni, vpcCniConfig, workloads, calicoInstallations, ciliumConfig, eksFargateProfiles, nodeClasses }): PolicyEnforcement => {
    const engines = policyEnginesOf(daemonSets);
    const defaults = defaultSettings(vpcCni, daemonSets, { ciliumConfig, nodeClasses, vpcCniConfig: collected(vpcCniConfig) });
    const cluster: Cluster = {
      vpcCni,
      controller: isControllerOn(vpcCniConfig),
      cilium: ciliumEnforcement(ciliumConfig),
      calicoDeclared: calicoInstallations.ok && calicoInstallations.value.length > 0,
      defaults,
    };
    const classes = nodeClassesOf(nodes, workloads, daemonSets, {
      autoMode: nodeClasses.ok && nodeClasses.value.length > 0,
      ...(eksFargateProfiles.ok && eksFargateProfiles.value.length > 0 ? { onFargate: fargateMatcher(eksFargateProfiles.value) } : {}),
    });
    const judged = NODE_CLASSES.filter((name) => classes.has(name)).map((name): NodeClassEnforcement => ({
      ...named(name),
      ...judge(name, cluster, name === 'ec2/windows' ? engines.windows : engines.linux),
      ...inDefault(defaultDenyOn(name, defaults)),
    }));
    const others = engines.linux.filter(({ engine }) => engine !== 'Cilium' || cluster.cilium.state !== 'off').map(({ engine }) => engine);
    const enforcing = [...(vpcCni.agent && cluster.controller && !vpcCni.parked ? [VPC_CNI] : []), ...others];
    return { classes: judged, conflict: enforcing.length > 1 ? [...enforcing].sort() : [], unjudged: unjudgedOf(judged) };
  },
});

function named(name: NodeClassName): Pick<NodeClassEnforcement, 'name' | 'resource' | 'label'> {
  return { name, resource: { apiVersion: 'eksaminer/v1', kind: 'NodeClass', name }, label: LABELS[name] };
}

function inDefault(defaultDeny: DefaultDeny | undefined): Pick<NodeClassEnforcement, 'defaultDeny'> {
  return defaultDeny === undefined ? {} : { defaultDeny };
}

/** What decides, beside the engines' DaemonSets. */
interface Cluster {
  readonly vpcCni: VpcCni;
  readonly controller: boolean;
  readonly cilium: CiliumEnforcement;
  /** An Installation asks the operator for Calico. */
  readonly calicoDeclared: boolean;
  readonly defaults: DefaultSettings;
}

const LABELS: { readonly [N in NodeClassName]: string } = {
  'ec2/linux': 'Linux nodes',
  'auto/linux': 'Auto Mode nodes',
  'hybrid/linux': 'hybrid nodes',
  'ec2/windows': 'Windows nodes',
  'fargate/linux': 'Fargate',
};

type Judged = Pick<NodeClassEnforcement, 'state' | 'why' | 'engine' | 'mode' | 'nodesInBlocks'>;
export const VPC_CNI = 'VPC CNI';
const ON_FARGATE: Judged = { state: 'never', why: 'no engine enforces policies on Fargate' };
/** Fargate, whether pods run there now or not: its nodes come and go with them. */
export const FARGATE: NodeClassEnforcement = { ...named('fargate/linux'), ...ON_FARGATE };
const CONTROLLER_OFF = 'enable-network-policy-controller in the ConfigMap kube-system/amazon-vpc-cni is not "true"';
const AGENT_OFF = 'the agent in the DaemonSet kube-system/aws-node runs without --enable-network-policy=true';

function judge(name: NodeClassName, cluster: Cluster, engines: readonly FoundEngine[]): Judged {
  if (name === 'fargate/linux') return ON_FARGATE;
  if (name === 'auto/linux') return judgeAutoMode(cluster);
  const others = engines.map((found) => judgeEngine(found, cluster.cilium));
  const own = name === 'ec2/linux' ? judgeVpcCni(cluster) : undefined;
  const all = own ? [...others, own] : others;
  for (const state of ['on', 'unknown', 'half'] as const) {
    const first = all.find((each) => each.state === state);
    if (first) return first;
  }
  if (name === 'ec2/windows') return { state: 'never', why: 'the VPC CNI enforces no policies on Windows' };
  if (cluster.calicoDeclared) return { state: 'half', why: 'an Installation asks for Calico, and its DaemonSet calico-node is not there' };
  if (name === 'hybrid/linux') return { state: 'off', why: 'hybrid nodes need Cilium or Calico, and neither runs' };
  return own ?? { state: 'off', why: 'no network policy engine runs' };
}

function judgeAutoMode({ controller, defaults: { auto } }: Cluster): Judged {
  if (!controller) return { state: 'off', why: CONTROLLER_OFF };
  return { state: 'on', why: '', engine: VPC_CNI, ...(auto === 'none' || auto === 'unknown' ? {} : { mode: auto }) };
}

function judgeEngine({ engine, parked }: FoundEngine, cilium: CiliumEnforcement): Judged {
  if (parked) return { state: 'unknown', why: `a node selector may keep ${engine} off these nodes` };
  if (engine === 'Cilium' && cilium.state !== 'on') return { state: cilium.state === 'off' ? 'half' : 'unknown', why: cilium.why };
  return { state: 'on', why: '', engine, ...(engine === 'Cilium' && cilium.state === 'on' && cilium.nodesInBlocks ? { nodesInBlocks: true } : {}) };
}

function judgeVpcCni({ vpcCni, controller }: Cluster): Judged {
  if (!vpcCni.present) return { state: 'off', why: 'no network policy engine runs' };
  if (vpcCni.parked) return { state: 'unknown', why: 'a node selector may keep the DaemonSet kube-system/aws-node off these nodes' };
  if (vpcCni.agent && controller) return { state: 'on', why: '', engine: VPC_CNI, mode: vpcCni.strict ? 'strict' : 'standard' };
  if (vpcCni.agent) return { state: 'half', why: CONTROLLER_OFF };
  if (controller) return { state: 'half', why: AGENT_OFF };
  return { state: 'off', why: 'network policies are switched off in the VPC CNI' };
}

function unjudgedOf(classes: readonly NodeClassEnforcement[]): readonly Unread[] {
  return classes.filter(({ state }) => state === 'unknown').map(({ label, why }) => unsaid('daemonSets', `whether ${label} enforce policies is not known: ${why}`));
}
