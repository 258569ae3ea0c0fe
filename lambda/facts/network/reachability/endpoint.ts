import type { Labels } from '../label-selector.ts';

/** An end of a connection: a pod, or an address that is no pod's. */
export interface Endpoint {
  /** Absent: an address alone. */
  readonly pod?: PodEnd;
  /** Of several of a family any may be its, as of a pod that is to come; none: it is not known, and it is judged by its labels. */
  readonly addresses: readonly string[];
  /** Name of the node that the pod runs on, or whose address this is. */
  readonly node?: string;
  /** Of a node: pods of the host network that have the same address, itself among them. Absent: not looked for. */
  readonly hosted?: readonly HostedPod[];
}

export type HostedPod = Pick<PodEnd, 'namespace' | 'labels'>;

export interface PodEnd {
  readonly namespace: string;
  readonly labels: Labels;
  /** Policies neither select it nor match it by labels: on the wire it is its node. */
  readonly hostNetwork: boolean;
  /** Ports of its containers that have a name. */
  readonly namedPorts: readonly ContainerPort[];
}

export interface ContainerPort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

export interface NodeEnd {
  readonly name: string;
  readonly labels: Labels;
  readonly addresses: readonly string[];
}

/** Where engines differ. */
export interface Conventions {
  /** An ipBlock matches the address of a pod like any other: so the upstream tests, the VPC CNI and Calico; not Cilium. */
  readonly ipBlockOnPods: boolean;
  /**
   * A pod that NetworkPolicies select in one direction only is subject to the Baseline tier in the other: so the API's documents; not
   * kube-network-policies, nor, by its source, the VPC CNI.
   */
  readonly baselineInOtherDirection: boolean;
  /**
   * A pod that no NetworkPolicy selects may talk to those alone whom a tier accepts: the strict mode of the VPC CNI. One that is selected in one
   * direction is open in the other.
   */
  readonly denyUnselected?: boolean;
  /** The same for each direction in which no NetworkPolicy isolates, whatever it does in the other: Cilium's enable-policy "always". */
  readonly denyUnisolated?: boolean;
  /** False: no ipBlock matches an address of a node either: Cilium, unless it is told otherwise. */
  readonly ipBlockOnNodes?: false;
  /** Labels of a pod of the host network mean the address of its node, and so whatever has that: the VPC CNI, by its source. */
  readonly hostNetworkPeers?: true;
  /** False: in an egress rule for address blocks, or for everybody, the name of a port means nothing: so the VPC CNI. Absent: it is looked up on the pod that is there. */
  readonly egressNamesOfAddresses?: boolean;
}

export const DOCUMENTED: Conventions = { ipBlockOnPods: true, baselineInOtherDirection: true };
