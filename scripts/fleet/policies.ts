import { kubeObject, type Fields, type KubeObject, type Labels } from './kube-object.ts';

/** A peer or a list of ports of a NetworkPolicy rule. */
export type Peer = Fields;

export const everyPod: Fields = {};

export function pods(labels: Labels): Peer {
  return { podSelector: { matchLabels: labels } };
}

export function podsOf(namespace: string, labels?: Labels): Peer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, ...(labels ? { podSelector: { matchLabels: labels } } : {}) };
}

export function addresses(cidr: string, except?: readonly string[]): Peer {
  return { ipBlock: { cidr, ...(except ? { except } : {}) } };
}

export interface PolicyRules {
  /** Labels of the pods it is for; absent: every pod of the namespace. */
  readonly for?: Labels;
  readonly ingress?: readonly Fields[];
  readonly egress?: readonly Fields[];
}

export function rule(direction: 'from' | 'to', peers: readonly Peer[], ...ports: readonly number[]): Fields {
  return { [direction]: peers, ...(ports.length > 0 ? { ports: ports.map((port) => ({ port, protocol: 'TCP' })) } : {}) };
}

export function policy(place: string, rules: PolicyRules): KubeObject {
  const types = [...(rules.ingress ? ['Ingress'] : []), ...(rules.egress ? ['Egress'] : [])];
  const spec = {
    ...(rules.egress && rules.egress.length > 0 ? { egress: rules.egress } : {}),
    ...(rules.ingress && rules.ingress.length > 0 ? { ingress: rules.ingress } : {}),
    podSelector: rules.for ? { matchLabels: rules.for } : {},
    policyTypes: types,
  };
  return kubeObject('networking.k8s.io/v1', 'NetworkPolicy', place, { spec });
}

/** Nothing in, nothing out. */
export function denyAll(namespace: string): KubeObject {
  return policy(`${namespace}/default-deny`, { ingress: [], egress: [] });
}

/** Lookups at the cluster's own DNS, and nothing else. */
export function allowDns(namespace: string): KubeObject {
  const ports = ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol }));
  return policy(`${namespace}/allow-dns`, { egress: [{ ports, to: [podsOf('kube-system', { 'k8s-app': 'kube-dns' })] }] });
}
