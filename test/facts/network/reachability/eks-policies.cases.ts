/**
 * Cases for ClusterNetworkPolicy and ApplicationNetworkPolicy of EKS (`networking.k8s.aws/v1alpha1`) and for what the VPC CNI does with policies beside them.
 * Each follows a guide or a source, which it names; none was seen on a running cluster: all of them are inferred.
 */
export interface EksCase {
  readonly name: string;
  /** What it follows. */
  readonly source: string;
  readonly inferred: true;
  readonly mode?: 'strict';
  readonly policies: readonly object[];
  readonly packets: readonly Sent[];
  /** The verdicts are those that there would be without any policy, and that is what the case says. */
  readonly changesNothing?: true;
}

/** From, to (a pod, or an address of nobody's), protocol, port, and whether it arrives. */
export type Sent = readonly [from: string, to: string, protocol: 'TCP' | 'UDP' | 'SCTP', port: number, arrives: boolean];

const GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html';
const MODES = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html';
const AUTO = 'https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html';
const CONTROLLER = 'https://github.com/aws/amazon-network-policy-controller-k8s/blob/main/pkg/resolvers';
const RESOLVER = `${CONTROLLER}/clusternetworkpolicy_resolver.go`;
const ENDPOINTS = `${CONTROLLER}/endpoints.go`;
const AGENT = 'https://github.com/aws/aws-network-policy-agent/blob/main';
const DATA_PATH = `${AGENT}/pkg/ebpf/c/tc.v4egress.bpf.c`;
const MAP_ENTRIES = `${AGENT}/pkg/fwruleprocessor/fw_rule_processor.go`;
const AGENT_CONTROLLER = `${AGENT}/controllers/clusterpolicyendpoints_controller.go`;

interface Tier {
  readonly tier?: 'Admin' | 'Baseline';
  readonly priority?: number;
  readonly name?: string;
  readonly subject?: object;
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
}

/** For the pods of the namespace shop unless it says otherwise. */
function cluster({ name = 'policy', tier = 'Admin', priority = 10, subject = { namespaces: named('shop') }, ingress, egress }: Tier): object {
  return { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ClusterNetworkPolicy', metadata: { name }, spec: { tier, priority, subject, ingress, egress } };
}

function application(spec: object): object {
  return { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ApplicationNetworkPolicy', metadata: { namespace: 'shop', name: 'application' }, spec: { podSelector: {}, ...spec } };
}

function ordinary(spec: object, name = 'ordinary'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace: 'shop', name }, spec: { podSelector: {}, ...spec } };
}

function named(namespace: string): object {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

function app(name: string): object {
  return { matchLabels: { app: name } };
}

const pay = { namespaces: named('pay') };
const everyPod = { namespaces: {} };
const everywhere = { networks: ['0.0.0.0/0'] };
const rule = (action: 'Accept' | 'Deny' | 'Pass', peers: object, ports?: readonly object[]) => (direction: 'from' | 'to') => ({ action, [direction]: [peers], ...(ports ? { ports } : {}) });
const from = (...given: Parameters<typeof rule>): object => rule(...given)('from');
const to = (...given: Parameters<typeof rule>): object => rule(...given)('to');
const port = (number: number, protocol?: string): object => ({ portNumber: { port: number, ...(protocol ? { protocol } : {}) } });
const denyIngress = ordinary({ policyTypes: ['Ingress'] });

const inferred = true as const;

export const EKS_CASES: readonly EksCase[] = [
  // The Admin tier, above NetworkPolicies.
  { name: 'an Admin Deny stands above a NetworkPolicy that lets through', source: GUIDE, inferred, policies: [cluster({ ingress: [from('Deny', pay)] }), ordinary({ ingress: [{}] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['shop/db', 'shop/web', 'TCP', 80, true]] },
  { name: 'an Admin Accept stands above a NetworkPolicy that isolates', source: GUIDE, inferred, policies: [cluster({ ingress: [from('Accept', pay)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'an Admin Pass leaves it to the NetworkPolicies, and these deny', source: GUIDE, inferred, policies: [cluster({ ingress: [from('Pass', pay)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'behind an Admin Pass no later Admin Deny is asked', source: GUIDE, inferred, policies: [cluster({ name: 'first', priority: 5, ingress: [from('Pass', pay)] }), cluster({ name: 'then', ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'behind an Admin Pass the Baseline decides where no NetworkPolicy does', source: DATA_PATH, inferred, policies: [cluster({ name: 'first', ingress: [from('Pass', pay)] }), cluster({ name: 'base', tier: 'Baseline', ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'the lower number goes first: Accept', source: GUIDE, inferred, policies: [cluster({ name: 'z', priority: 5, ingress: [from('Accept', pay)] }), cluster({ name: 'a', priority: 6, ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'the lower number goes first: Deny', source: GUIDE, inferred, policies: [cluster({ name: 'z', priority: 5, ingress: [from('Deny', pay)] }), cluster({ name: 'a', priority: 6, ingress: [from('Accept', everyPod)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['shop/db', 'shop/web', 'TCP', 80, true]] },
  { name: 'the priorities 0 and 1000 are of the Admin tier too', source: DATA_PATH, inferred, policies: [cluster({ priority: 1000, ingress: [from('Accept', pay)] }), cluster({ name: 'base', tier: 'Baseline', priority: 0, ingress: [from('Deny', everyPod)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'an Accept of some denies to nobody else', source: GUIDE, inferred, policies: [cluster({ ingress: [from('Accept', pay)] })], packets: [['shop/db', 'shop/web', 'TCP', 80, true]], changesNothing: true },
  { name: 'an Accept at one end does not undo a Deny at the other', source: GUIDE, inferred, policies: [cluster({ name: 'out', subject: { pods: { podSelector: app('web') } }, egress: [to('Accept', everyPod)] }), cluster({ name: 'in', priority: 20, subject: { pods: { podSelector: app('db') } }, ingress: [from('Deny', everyPod)] })], packets: [['shop/web', 'shop/db', 'TCP', 5432, false], ['shop/web', 'pay/api', 'TCP', 80, true]] },

  // Order within a priority.
  { name: 'in one policy Deny wins over an Accept before it', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Accept', pay), from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'in one policy Deny wins over a Pass before it', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Pass', pay), from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'in one policy Accept wins over a Pass before it', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Pass', everyPod), from('Accept', pay)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'in one policy a Deny of one port leaves an Accept the others', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Accept', pay), from('Deny', pay, [port(22)])] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 22, false], ['pay/api', 'shop/web', 'TCP', 80, true]] },
  { name: 'of two policies with one priority the Deny wins, whichever name goes first (a accepts)', source: DATA_PATH, inferred, policies: [cluster({ name: 'a', ingress: [from('Accept', pay)] }), cluster({ name: 'b', ingress: [from('Deny', pay)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'of two policies with one priority the Deny wins, whichever name goes first (a denies)', source: DATA_PATH, inferred, policies: [cluster({ name: 'a', ingress: [from('Deny', pay)] }), cluster({ name: 'b', ingress: [from('Accept', pay)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'of two policies with one priority an Accept wins over a Pass', source: DATA_PATH, inferred, policies: [cluster({ name: 'a', ingress: [from('Pass', everyPod)] }), cluster({ name: 'b', ingress: [from('Accept', pay)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'a third policy of the same priority for other pods has no say', source: AGENT_CONTROLLER, inferred, policies: [cluster({ name: 'a', ingress: [from('Accept', pay)] }), cluster({ name: 'b', subject: { namespaces: named('pay') }, ingress: [from('Deny', everyPod)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/web', 'pay/api', 'TCP', 80, false]] },
  { name: 'one number in two tiers is no tie: Admin goes first', source: MAP_ENTRIES, inferred, policies: [cluster({ name: 'z', ingress: [from('Accept', pay)] }), cluster({ name: 'a', tier: 'Baseline', ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },

  // Ports.
  { name: 'a port without a protocol is one of TCP', source: RESOLVER, inferred, policies: [cluster({ ingress: [from('Deny', everyPod, [port(53)])] })], packets: [['pay/api', 'shop/web', 'TCP', 53, false], ['pay/api', 'shop/web', 'UDP', 53, true], ['pay/api', 'shop/web', 'TCP', 54, true]] },
  { name: 'a range holds both of its ends', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Deny', everyPod, [{ portRange: { protocol: 'UDP', start: 100, end: 200 } }])] })], packets: [['pay/api', 'shop/web', 'UDP', 99, true], ['pay/api', 'shop/web', 'UDP', 100, false], ['pay/api', 'shop/web', 'UDP', 200, false], ['pay/api', 'shop/web', 'UDP', 201, true], ['pay/api', 'shop/web', 'TCP', 150, true]] },
  { name: 'SCTP is a protocol of its own', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Deny', everyPod, [port(80, 'SCTP')])] })], packets: [['pay/api', 'shop/web', 'SCTP', 80, false], ['pay/api', 'shop/web', 'TCP', 80, true]] },
  { name: 'no ports are all ports of all protocols', source: MAP_ENTRIES, inferred, policies: [cluster({ ingress: [from('Deny', pay)] })], packets: [['pay/api', 'shop/web', 'TCP', 1, false], ['pay/api', 'shop/web', 'UDP', 65_535, false], ['pay/api', 'shop/web', 'SCTP', 9, false]] },
  { name: 'several ports of one rule are each meant', source: RESOLVER, inferred, policies: [cluster({ ingress: [from('Deny', everyPod, [port(80), { portRange: { start: 8000, end: 8001, protocol: 'TCP' } }])] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['pay/api', 'shop/web', 'TCP', 8001, false], ['pay/api', 'shop/web', 'TCP', 8002, true]] },
  { name: 'the name of a port is looked up on the pods that the policy is for', source: RESOLVER, inferred, policies: [cluster({ ingress: [from('Deny', everyPod, [{ namedPort: 'http' }])] })], packets: [['pay/api', 'shop/web', 'TCP', 8080, false], ['pay/api', 'shop/web', 'TCP', 9000, true]] },
  { name: 'the name of a port of egress is looked up on each destination', source: ENDPOINTS, inferred, policies: [cluster({ subject: { pods: { podSelector: app('db') } }, egress: [to('Deny', everyPod, [{ namedPort: 'http' }])] })], packets: [['shop/db', 'shop/web', 'TCP', 8080, false], ['shop/db', 'pay/api', 'TCP', 9000, false], ['shop/db', 'pay/api', 'TCP', 8080, true]] },
  { name: 'a name means a port of TCP alone', source: RESOLVER, inferred, policies: [cluster({ egress: [to('Deny', everyPod, [{ namedPort: 'dns' }])] })], packets: [['shop/web', 'pay/dns', 'UDP', 53, true], ['shop/web', 'pay/dns', 'TCP', 53, true]], changesNothing: true },
  { name: 'a name with a port of TCP is found beside one of UDP', source: RESOLVER, inferred, policies: [cluster({ egress: [to('Deny', everyPod, [{ namedPort: 'dns-tcp' }])] })], packets: [['shop/web', 'pay/dns', 'TCP', 53, false], ['shop/web', 'pay/dns', 'UDP', 53, true]] },
  { name: 'a name means nothing for addresses', source: ENDPOINTS, inferred, policies: [cluster({ egress: [to('Deny', { networks: ['10.1.0.0/16'] }, [{ namedPort: 'http' }])] })], packets: [['shop/db', 'shop/web', 'TCP', 8080, true]], changesNothing: true },
  { name: 'a name means nothing in an egress rule for everybody', source: ENDPOINTS, inferred, policies: [ordinary({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }, { port: 5432 }] }] })], packets: [['shop/db', 'shop/web', 'TCP', 8080, false], ['shop/web', 'shop/db', 'TCP', 5432, true]] },

  // Peers and subjects.
  { name: 'networks match pods by their addresses', source: ENDPOINTS, inferred, policies: [cluster({ egress: [to('Deny', { networks: ['10.1.0.3/32'] })] })], packets: [['shop/web', 'pay/api', 'TCP', 80, false], ['shop/web', 'pay/dns', 'TCP', 80, true]] },
  { name: 'a wider block of a lower number goes before a narrower one: Accept', source: MAP_ENTRIES, inferred, policies: [cluster({ name: 'wide', priority: 5, egress: [to('Accept', { networks: ['10.1.0.0/16'] })] }), cluster({ name: 'narrow', egress: [to('Deny', { networks: ['10.1.0.3/32', '203.0.113.0/24'] })] })], packets: [['shop/web', 'pay/api', 'TCP', 80, true], ['shop/web', '203.0.113.9', 'TCP', 80, false]] },
  { name: 'a wider block of a lower number goes before a narrower one: Deny', source: MAP_ENTRIES, inferred, policies: [cluster({ name: 'wide', priority: 5, egress: [to('Deny', { networks: ['10.1.0.0/16'] })] }), cluster({ name: 'narrow', egress: [to('Accept', { networks: ['10.1.0.3/32'] })] })], packets: [['shop/web', 'pay/api', 'TCP', 80, false], ['shop/web', '203.0.113.9', 'TCP', 80, true]] },
  { name: 'a Deny of the metadata service for all pods', source: GUIDE, inferred, policies: [cluster({ subject: { namespaces: {} }, egress: [to('Deny', { networks: ['169.254.169.254/32'] })] })], packets: [['shop/web', '169.254.169.254', 'TCP', 80, false], ['pay/api', '169.254.169.254', 'TCP', 80, false], ['pay/api', '203.0.113.9', 'TCP', 80, true]] },
  { name: 'it is for the pods of its subject alone', source: RESOLVER, inferred, policies: [cluster({ subject: { pods: { namespaceSelector: named('shop'), podSelector: app('web') } }, ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['pay/api', 'shop/db', 'TCP', 80, true]] },
  { name: 'a subject by pods without a namespaceSelector is of all namespaces', source: RESOLVER, inferred, policies: [cluster({ subject: { pods: { podSelector: {} } }, egress: [to('Deny', everywhere)] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, false], ['pay/api', '203.0.113.9', 'TCP', 80, false]] },
  { name: 'a subject by labels of namespaces', source: RESOLVER, inferred, policies: [cluster({ subject: { namespaces: { matchLabels: { team: 'b' } } }, egress: [to('Deny', everywhere)] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, true], ['pay/api', '203.0.113.9', 'TCP', 80, false]] },
  { name: 'peers by pods of several namespaces', source: RESOLVER, inferred, policies: [cluster({ ingress: [from('Deny', { pods: { namespaceSelector: { matchLabels: { team: 'b' } }, podSelector: app('api') } })] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['pay/dns', 'shop/web', 'TCP', 80, true]] },
  { name: 'several peers of one rule are each meant', source: RESOLVER, inferred, policies: [cluster({ egress: [{ action: 'Deny', to: [{ networks: ['203.0.113.0/24'] }, pay] }] })], packets: [['shop/web', 'pay/api', 'TCP', 80, false], ['shop/web', '203.0.113.9', 'TCP', 80, false], ['shop/web', 'shop/db', 'TCP', 80, true]] },
  { name: 'a pod of the host network is nobody’s subject', source: AGENT_CONTROLLER, inferred, policies: [cluster({ subject: { namespaces: {} }, egress: [to('Deny', everywhere)] })], packets: [['kube-system/agent', 'shop/db', 'TCP', 80, true], ['shop/web', 'shop/db', 'TCP', 80, false]] },
  { name: 'nothing keeps a pod from its own node, nor the node from it', source: MAP_ENTRIES, inferred, policies: [cluster({ priority: 0, ingress: [from('Deny', everyPod)], egress: [to('Deny', everywhere)] })], packets: [['shop/web', '10.0.0.1', 'TCP', 10_250, true], ['shop/web', '10.0.0.2', 'TCP', 10_250, false], ['10.0.0.1', 'shop/web', 'TCP', 8080, true]] },

  // The Baseline, below NetworkPolicies.
  { name: 'a Baseline Deny decides where no NetworkPolicy isolates', source: GUIDE, inferred, policies: [cluster({ tier: 'Baseline', ingress: [from('Deny', pay)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['shop/db', 'shop/web', 'TCP', 80, true]] },
  { name: 'a NetworkPolicy that lets through stands above a Baseline Deny', source: GUIDE, inferred, policies: [cluster({ tier: 'Baseline', ingress: [from('Deny', everyPod)] }), ordinary({ podSelector: app('web'), ingress: [{ from: [{ namespaceSelector: named('pay') }] }] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['pay/api', 'shop/db', 'TCP', 80, false]] },
  { name: 'a NetworkPolicy that isolates stands above a Baseline Accept', source: GUIDE, inferred, policies: [cluster({ tier: 'Baseline', ingress: [from('Accept', everyPod)] }), denyIngress], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'in the Baseline too the lower number goes first', source: GUIDE, inferred, policies: [cluster({ name: 'z', tier: 'Baseline', priority: 1, ingress: [from('Accept', pay)] }), cluster({ name: 'a', tier: 'Baseline', priority: 2, ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'in the Baseline too Deny wins at one priority', source: DATA_PATH, inferred, policies: [cluster({ name: 'a', tier: 'Baseline', ingress: [from('Accept', pay)] }), cluster({ name: 'b', tier: 'Baseline', ingress: [from('Deny', pay)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false]] },
  { name: 'behind a Baseline Pass no later Baseline Deny is asked', source: DATA_PATH, inferred, policies: [cluster({ name: 'first', tier: 'Baseline', priority: 1, ingress: [from('Pass', pay)] }), cluster({ name: 'then', tier: 'Baseline', priority: 2, ingress: [from('Deny', everyPod)] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['shop/db', 'shop/web', 'TCP', 80, false]] },
  { name: 'a pod that a NetworkPolicy isolates in one direction is out of the Baseline in the other', source: DATA_PATH, inferred, policies: [cluster({ tier: 'Baseline', egress: [to('Deny', everywhere)] }), ordinary({ podSelector: app('web'), policyTypes: ['Ingress'] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, true], ['shop/db', '203.0.113.9', 'TCP', 80, false]] },

  // Strict mode: NETWORK_POLICY_ENFORCING_MODE=strict, and DefaultDeny of a NodeClass.
  { name: 'strict: a pod that no policy selects is closed in both directions', source: MODES, inferred, mode: 'strict', policies: [], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['shop/web', '203.0.113.9', 'TCP', 80, false]] },
  { name: 'strict: an Admin Accept opens a pod that no NetworkPolicy selects', source: DATA_PATH, inferred, mode: 'strict', policies: [cluster({ egress: [to('Accept', { networks: ['203.0.113.0/24'] })] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, true], ['shop/web', '169.254.169.254', 'TCP', 80, false]] },
  { name: 'strict: a Baseline Accept opens a pod that no NetworkPolicy selects', source: DATA_PATH, inferred, mode: 'strict', policies: [cluster({ tier: 'Baseline', egress: [to('Accept', { networks: ['203.0.113.0/24'] }, [port(443)])] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, true], ['shop/web', '203.0.113.9', 'TCP', 80, false]] },
  { name: 'strict: a Pass in both tiers opens nothing', source: DATA_PATH, inferred, mode: 'strict', policies: [cluster({ name: 'a', egress: [to('Pass', everywhere)] }), cluster({ name: 'b', tier: 'Baseline', egress: [to('Pass', everywhere)] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, false]] },
  { name: 'strict: a Baseline Deny wins over an Accept of the same priority', source: DATA_PATH, inferred, mode: 'strict', policies: [cluster({ name: 'a', tier: 'Baseline', egress: [to('Accept', everywhere)] }), cluster({ name: 'b', tier: 'Baseline', egress: [to('Deny', { networks: ['169.254.169.254/32'] })] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, true], ['shop/web', '169.254.169.254', 'TCP', 80, false]] },
  { name: 'strict: a pod that a NetworkPolicy isolates in one direction is open in the other', source: DATA_PATH, inferred, mode: 'strict', policies: [ordinary({ podSelector: app('web'), policyTypes: ['Ingress'] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, true], ['shop/db', '203.0.113.9', 'TCP', 80, false]] },

  // ApplicationNetworkPolicy, and domain names.
  { name: 'an ApplicationNetworkPolicy isolates as a NetworkPolicy does', source: AUTO, inferred, policies: [application({ podSelector: app('web'), policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: named('pay') }], ports: [{ port: 80 }] }] })], packets: [['pay/api', 'shop/web', 'TCP', 80, true], ['pay/api', 'shop/web', 'TCP', 81, false], ['shop/db', 'shop/web', 'TCP', 80, false], ['pay/api', 'shop/db', 'TCP', 80, true]] },
  { name: 'what an ApplicationNetworkPolicy and a NetworkPolicy let through adds up', source: AUTO, inferred, policies: [application({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] }), ordinary({ policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: named('pay') }] }] })], packets: [['shop/web', '203.0.113.9', 'TCP', 80, true], ['shop/web', 'pay/api', 'TCP', 80, true], ['shop/web', '169.254.169.254', 'TCP', 80, false]] },
  { name: 'without policyTypes its egress rules isolate in both directions', source: AUTO, inferred, policies: [application({ egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })], packets: [['pay/api', 'shop/web', 'TCP', 80, false], ['shop/web', '203.0.113.9', 'TCP', 80, true], ['shop/web', 'pay/api', 'TCP', 80, false]] },
  { name: 'its ranges and names of ports are those of a NetworkPolicy', source: AUTO, inferred, policies: [application({ policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'http' }, { port: 100, endPort: 102, protocol: 'UDP' }] }] })], packets: [['pay/api', 'shop/web', 'TCP', 8080, true], ['pay/api', 'shop/web', 'UDP', 102, true], ['pay/api', 'shop/web', 'UDP', 103, false]] },
  { name: 'an egress rule by domain names isolates, and no address is claimed to be theirs', source: AUTO, inferred, policies: [application({ policyTypes: ['Egress'], egress: [{ to: [{ domainNames: ['example.com'] }] }] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, false], ['shop/web', 'pay/api', 'TCP', 443, false], ['pay/api', 'shop/web', 'TCP', 443, true]] },
  { name: 'a block beside domain names lets through what it holds', source: AUTO, inferred, policies: [application({ policyTypes: ['Egress'], egress: [{ to: [{ domainNames: ['example.com'] }, { ipBlock: { cidr: '203.0.113.0/24' } }] }] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, true], ['shop/web', '169.254.169.254', 'TCP', 80, false]] },
  { name: 'a Baseline Deny is not asked about a pod that an ApplicationNetworkPolicy isolates', source: DATA_PATH, inferred, policies: [cluster({ tier: 'Baseline', egress: [to('Deny', everywhere)] }), application({ podSelector: app('web'), policyTypes: ['Egress'], egress: [{}] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, true], ['shop/db', '203.0.113.9', 'TCP', 443, false]] },
  { name: 'an Admin Accept by domain names takes no address from the Deny behind it', source: AUTO, inferred, policies: [cluster({ name: 'a', priority: 1, egress: [to('Accept', { domainNames: ['example.com'] })] }), cluster({ name: 'b', egress: [to('Deny', everywhere)] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, false]] },
  { name: 'an Admin Pass by domain names takes no address from the Deny behind it', source: RESOLVER, inferred, policies: [cluster({ name: 'a', priority: 1, egress: [to('Pass', { domainNames: ['example.com'] })] }), cluster({ name: 'b', egress: [to('Deny', everywhere)] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, false]] },
  { name: 'a Deny by domain names is not supported and denies nothing', source: RESOLVER, inferred, policies: [cluster({ egress: [to('Deny', { domainNames: ['example.com'] })] })], packets: [['shop/web', '203.0.113.9', 'TCP', 443, true]], changesNothing: true },

  // What the VPC CNI does not read.
  { name: 'a ClusterNetworkPolicy of upstream is not asked', source: GUIDE, inferred, policies: [{ apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: 'upstream' }, spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] } }], packets: [['pay/api', 'shop/web', 'TCP', 80, true]], changesNothing: true },
  { name: 'a pod reaches itself whatever its policies say', source: DATA_PATH, inferred, policies: [cluster({ ingress: [from('Deny', everyPod)], egress: [to('Deny', everywhere)] })], packets: [['shop/web', 'shop/web', 'TCP', 8080, true], ['shop/web', 'shop/db', 'TCP', 5432, false]] },
];
