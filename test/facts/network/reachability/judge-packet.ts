import ipaddr from 'ipaddr.js';
import type { Conventions } from '../../../../lambda/facts/network/reachability/endpoint.ts';

/*
 * Whether one packet is let through, by asking each policy in turn as the documents of the APIs describe it:
 * https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ and https://network-policy-api.sigs.k8s.io/reference/spec/.
 * It shares no code with the engine, so that one mistake is not made twice. Longer than other files: what it knows is one subject.
 */

export interface Packet {
  readonly from: string | { readonly ip: string };
  readonly to: string | { readonly ip: string };
  readonly fromIP: string;
  readonly toIP: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
}

type Direction = 'ingress' | 'egress';
type Labels = Readonly<Record<string, string>>;

export interface SelectorManifest {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

export interface Manifest {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  // Whatever the kind's API says.
  readonly spec?: Spec;
  readonly status?: { readonly phase?: string; readonly podIPs?: readonly { readonly ip: string }[]; readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

interface Spec {
  readonly nodeName?: string;
  readonly hostNetwork?: boolean;
  readonly containers?: readonly { readonly ports?: readonly { readonly name?: string; readonly protocol?: string; readonly containerPort: number }[] }[];
  readonly podSelector?: SelectorManifest;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
  readonly tier?: string;
  readonly priority?: number;
  readonly subject?: { readonly namespaces?: SelectorManifest; readonly pods?: { readonly namespaceSelector?: SelectorManifest; readonly podSelector?: SelectorManifest } };
}

interface Rule {
  readonly action?: string;
  readonly from?: readonly Peer[] | null;
  readonly to?: readonly Peer[] | null;
  readonly ports?: readonly Port[] | null;
  readonly protocols?: readonly Port[];
}

interface Peer {
  readonly podSelector?: SelectorManifest;
  readonly namespaceSelector?: SelectorManifest;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaces?: SelectorManifest;
  readonly pods?: { readonly namespaceSelector?: SelectorManifest; readonly podSelector?: SelectorManifest };
  readonly networks?: readonly string[];
  readonly nodes?: SelectorManifest;
  readonly domainNames?: readonly string[];
}

interface Port {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
  readonly portNumber?: { readonly protocol: string; readonly port: number };
  readonly portRange?: { readonly protocol: string; readonly start: number; readonly end: number };
  readonly namedPort?: string;
  readonly destinationNamedPort?: string;
  readonly tcp?: DestinationPort;
  readonly udp?: DestinationPort;
  readonly sctp?: DestinationPort;
}

interface DestinationPort {
  readonly destinationPort?: { readonly number?: number; readonly range?: { readonly start: number; readonly end: number } };
}

/** One end of the packet as it is seen on its way. */
interface End {
  readonly pod?: Manifest;
  readonly ip: string;
}

export function judgePacket(objects: readonly Manifest[], packet: Packet, conventions: Conventions): boolean {
  const from = endOf(objects, packet.from, packet.fromIP);
  const to = endOf(objects, packet.to, packet.toIP);
  if (from.pod && from.pod === to.pod) return true;
  if (isItsNode(objects, from, to) || isItsNode(objects, to, from)) return true;
  const judge = (direction: Direction, subject: End, peer: End): boolean => isAllowed({ objects, packet, conventions, direction, subject, peer, destination: to });
  return judge('egress', from, to) && judge('ingress', to, from);
}

interface Question {
  readonly objects: readonly Manifest[];
  readonly packet: Packet;
  readonly conventions: Conventions;
  readonly direction: Direction;
  readonly subject: End;
  readonly peer: End;
  readonly destination: End;
}

function endOf(objects: readonly Manifest[], end: Packet['from'], ip: string): End {
  if (typeof end !== 'string') return { ip };
  const pod = objects.find(({ kind, metadata }) => kind === 'Pod' && `${metadata.namespace}/${metadata.name}` === end);
  if (!pod) throw new Error(`no pod ${end}`);
  return { pod, ip };
}

function isItsNode(objects: readonly Manifest[], { pod }: End, other: End): boolean {
  if (!pod || pod.spec?.hostNetwork) return false;
  const node = objects.find(({ kind, metadata }) => kind === 'Node' && metadata.name === pod.spec?.nodeName);
  return node !== undefined && hasAddress(node, other.ip);
}

function hasAddress(node: Manifest, ip: string): boolean {
  return (node.status?.addresses ?? []).some(({ type, address }) => type !== 'Hostname' && address === ip);
}

function isAllowed(question: Question): boolean {
  const { objects, subject } = question;
  const { pod } = subject;
  if (!pod || pod.spec?.hostNetwork) return true;

  const admin = tierVerdict(question, 'Admin');
  if (admin !== 'next') return admin === 'allow';

  const mine = objects.filter(({ kind, metadata, spec }) => kind === 'NetworkPolicy' && metadata.namespace === pod.metadata.namespace && matches(spec?.podSelector ?? {}, pod.metadata.labels ?? {}));
  const isolating = mine.filter((policy) => typesOf(policy).includes(question.direction));
  if (isolating.length > 0) return isolating.some((policy) => (policy.spec?.[question.direction] ?? []).some((rule) => policyRuleMatches(question, policy, rule)));

  if (!question.conventions.baselineInOtherDirection && mine.length > 0) return true;
  return tierVerdict(question, 'Baseline') !== 'deny';
}

function typesOf({ spec }: Manifest): readonly Direction[] {
  const written = spec?.policyTypes ?? [];
  if (written.length > 0) return (['ingress', 'egress'] as const).filter((direction) => written.some((type) => type.toLowerCase() === direction));
  return (spec?.egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

function policyRuleMatches(question: Question, policy: Manifest, rule: Rule): boolean {
  const peers = (question.direction === 'ingress' ? rule.from : rule.to) ?? [];
  const ports = rule.ports ?? [];
  return (peers.length === 0 || peers.some((peer) => policyPeerMatches(question, policy, peer))) && (ports.length === 0 || ports.some((port) => policyPortMatches(question, port)));
}

function policyPeerMatches({ objects, peer, conventions }: Question, policy: Manifest, { ipBlock, namespaceSelector, podSelector }: Peer): boolean {
  const isPod = peer.pod !== undefined && !peer.pod.spec?.hostNetwork;
  if (ipBlock) {
    if (isPod && !conventions.ipBlockOnPods) return false;
    return isIn(peer.ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((except) => isIn(peer.ip, except));
  }
  if (!isPod || (!namespaceSelector && !podSelector)) return false;
  const { namespace = '', labels = {} } = peer.pod!.metadata;
  const inNamespace = namespaceSelector ? matches(namespaceSelector, labelsOfNamespace(objects, namespace)) : namespace === policy.metadata.namespace;
  return inNamespace && (!podSelector || matches(podSelector, labels));
}

function policyPortMatches({ packet, destination }: Question, { protocol = 'TCP', port, endPort }: Port): boolean {
  if (protocol !== packet.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return hasNamedPort(destination, packet, port);
  return port <= packet.port && packet.port <= (endPort ?? port);
}

function hasNamedPort({ pod }: End, { protocol, port }: Packet, name: string): boolean {
  const ports = (pod?.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  return ports.some((each) => each.name === name && (each.protocol ?? 'TCP') === protocol && each.containerPort === port);
}

function tierVerdict(question: Question, tier: 'Admin' | 'Baseline'): 'allow' | 'deny' | 'next' {
  const policies = question.objects
    .filter(({ kind, spec }) => kind === (tier === 'Admin' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy') || (kind === 'ClusterNetworkPolicy' && spec?.tier === tier))
    .sort((a, b) => (a.spec?.priority ?? 0) - (b.spec?.priority ?? 0));
  for (const { spec } of policies) {
    if (!isSubject(question, spec?.subject ?? {})) continue;
    for (const rule of spec?.[question.direction] ?? []) {
      if (!tierRuleMatches(question, rule)) continue;
      if (rule.action === 'Pass') return 'next';
      return rule.action === 'Deny' ? 'deny' : 'allow';
    }
  }
  return 'next';
}

function isSubject({ objects, subject }: Question, { namespaces, pods }: NonNullable<Spec['subject']>): boolean {
  const { namespace = '', labels = {} } = subject.pod!.metadata;
  const ofNamespace = labelsOfNamespace(objects, namespace);
  if (namespaces) return matches(namespaces, ofNamespace);
  return pods !== undefined && matches(pods.namespaceSelector ?? {}, ofNamespace) && matches(pods.podSelector ?? {}, labels);
}

function tierRuleMatches(question: Question, rule: Rule): boolean {
  const peers = (question.direction === 'ingress' ? rule.from : rule.to) ?? [];
  const ports = [...(rule.ports ?? []), ...(rule.protocols ?? [])];
  return peers.some((peer) => tierPeerMatches(question, peer)) && (ports.length === 0 || ports.some((port) => tierPortMatches(question, port)));
}

function tierPeerMatches({ objects, peer }: Question, { namespaces, pods, networks, nodes }: Peer): boolean {
  if (networks) return networks.some((network) => isIn(peer.ip, network));
  if (nodes) return (!peer.pod || peer.pod.spec?.hostNetwork === true) && objects.some((node) => node.kind === 'Node' && hasAddress(node, peer.ip) && matches(nodes, node.metadata.labels ?? {}));
  if (!peer.pod || peer.pod.spec?.hostNetwork) return false;
  const { namespace = '', labels = {} } = peer.pod.metadata;
  const ofNamespace = labelsOfNamespace(objects, namespace);
  if (namespaces) return matches(namespaces, ofNamespace);
  return pods !== undefined && matches(pods.namespaceSelector ?? {}, ofNamespace) && matches(pods.podSelector ?? {}, labels);
}

function tierPortMatches({ packet, destination }: Question, port: Port): boolean {
  const name = port.namedPort ?? port.destinationNamedPort;
  if (name !== undefined) return hasNamedPort(destination, packet, name);
  if (port.portNumber) return port.portNumber.protocol === packet.protocol && port.portNumber.port === packet.port;
  if (port.portRange) return port.portRange.protocol === packet.protocol && port.portRange.start <= packet.port && packet.port <= port.portRange.end;
  const of = { TCP: port.tcp, UDP: port.udp, SCTP: port.sctp }[packet.protocol];
  if (!of) return false;
  const { number, range } = of.destinationPort ?? {};
  if (number !== undefined) return number === packet.port;
  return !range || (range.start <= packet.port && packet.port <= range.end);
}

function labelsOfNamespace(objects: readonly Manifest[], name: string): Labels {
  const namespace = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
  return { ...namespace?.metadata.labels, 'kubernetes.io/metadata.name': name };
}

function matches({ matchLabels = {}, matchExpressions = [] }: SelectorManifest, labels: Labels): boolean {
  for (const [key, value] of Object.entries(matchLabels)) if (!Object.hasOwn(labels, key) || labels[key] !== value) return false;
  for (const { key, operator, values = [] } of matchExpressions) {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    const holds =
      operator === 'In' ? value !== undefined && values.includes(value) : operator === 'NotIn' ? value === undefined || !values.includes(value) : operator === 'Exists' ? value !== undefined : value === undefined;
    if (!holds) return false;
  }
  return true;
}

function isIn(ip: string, cidr: string): boolean {
  const [address, [network, prefix]] = [ipaddr.parse(ip), ipaddr.parseCIDR(cidr)];
  return address.kind() === network.kind() && address.match(network, prefix);
}
