import type { KubeObject } from '../kube-object.ts';
import { addresses, allowDns, denyAll, pods, podsOf, policy, rule } from '../policies.ts';

/** Where the control plane's network interfaces are: who calls webhooks and metrics from there is the API server. */
const CONTROL_PLANE = [addresses('10.40.0.0/24'), addresses('10.40.1.0/24')];
/** The Service and the interfaces of the API server. */
const API_SERVER = [addresses('172.20.0.1/32'), ...CONTROL_PLANE];
/** Interface endpoints of the AWS APIs. */
const AWS_APIS = [addresses('10.40.12.0/24')];
const NODES = [addresses('10.40.64.0/18')];
const LOAD_BALANCERS = [addresses('10.40.10.0/24'), addresses('10.40.11.0/24')];
/** The EKS Pod Identity agent of the pod's own node. */
const POD_IDENTITY = [addresses('169.254.170.23/32')];

/** Every namespace begins with nothing in and nothing out; what follows is what its workloads need. */
export function hardenedPolicies(): KubeObject[] {
  const empty = ['default', 'kube-node-lease', 'kube-public'].map(denyAll);
  const applications = ['accounts', 'payments', 'reporting'].flatMap((name) => [denyAll(name), allowDns(name)]);
  return [...empty, ...applications, ...paymentPolicies(), ...accountPolicies(), ...reportingPolicies(), ...systemPolicies()];
}

const apiPods = { 'app.kubernetes.io/name': 'api' };
const workerPods = { 'app.kubernetes.io/name': 'worker' };
const journalPods = { 'app.kubernetes.io/name': 'journal' };

function paymentPolicies(): KubeObject[] {
  const toAccounts = rule('to', [podsOf('accounts', apiPods)], 8080);
  return [
    policy('payments/api', {
      for: apiPods,
      ingress: [rule('from', LOAD_BALANCERS, 8080)],
      egress: [toAccounts, rule('to', AWS_APIS, 443)],
    }),
    policy('payments/worker', { for: workerPods, egress: [toAccounts, rule('to', AWS_APIS, 443)] }),
  ];
}

function accountPolicies(): KubeObject[] {
  return [
    policy('accounts/api', {
      for: apiPods,
      ingress: [rule('from', [podsOf('payments', apiPods), podsOf('payments', workerPods), podsOf('reporting', { 'app.kubernetes.io/name': 'daily' })], 8080)],
      egress: [rule('to', [pods(journalPods)], 7001)],
    }),
    policy('accounts/journal', {
      for: journalPods,
      ingress: [rule('from', [pods(apiPods)], 7001), rule('from', [pods(journalPods)], 7000)],
      egress: [rule('to', [pods(journalPods)], 7000)],
    }),
  ];
}

function reportingPolicies(): KubeObject[] {
  return [policy('reporting/daily', { for: { 'app.kubernetes.io/name': 'daily' }, egress: [rule('to', [podsOf('accounts', apiPods)], 8080), rule('to', AWS_APIS, 443)] })];
}

function systemPolicies(): KubeObject[] {
  const dnsPorts = ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol }));
  const dnsPods = { 'k8s-app': 'kube-dns' };
  const resolver = { ports: dnsPorts, to: [addresses('10.40.0.2/32')] };
  const clients = [...['accounts', 'payments', 'reporting', 'kube-system'].map((name) => podsOf(name)), ...NODES];
  const lookup = { ports: dnsPorts, to: [pods(dnsPods)] };
  const named = (name: string): Record<string, string> => ({ 'app.kubernetes.io/name': name });
  return [
    denyAll('kube-system'),
    policy('kube-system/coredns', { for: dnsPods, ingress: [{ from: clients, ports: dnsPorts }], egress: [rule('to', API_SERVER, 443), resolver] }),
    policy('kube-system/metrics-server', {
      for: named('metrics-server'),
      ingress: [rule('from', CONTROL_PLANE, 10250)],
      egress: [rule('to', API_SERVER, 443), rule('to', NODES, 10250), lookup],
    }),
    policy('kube-system/aws-load-balancer-controller', {
      for: named('aws-load-balancer-controller'),
      ingress: [rule('from', CONTROL_PLANE, 9443)],
      egress: [rule('to', API_SERVER, 443), rule('to', AWS_APIS, 443), rule('to', POD_IDENTITY, 80), lookup],
    }),
    policy('kube-system/ebs-csi', {
      for: named('aws-ebs-csi-driver'),
      egress: [rule('to', API_SERVER, 443), rule('to', AWS_APIS, 443), rule('to', POD_IDENTITY, 80), lookup],
    }),
  ];
}
