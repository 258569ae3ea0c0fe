import { crossNamespaceOpen } from '../../../lambda/checks/network/cross-namespace-open.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterPolicy, deployment, namespace, networkPolicy } from './objects.ts';

const TEAMS = ['shop', 'pay', 'mail', 'search', 'wiki'];
const cluster = {
  namespaces: TEAMS.map((name) => namespace(name, { team: 'yes', ...(name === 'wiki' ? {} : { part: 'core' }) })),
  deployments: [...TEAMS.map((name) => deployment(name, 'web')), deployment('shop', 'db')],
  pods: TEAMS.map((name, at) => ({ metadata: { namespace: name, name: 'p', labels: { app: 'web' }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'w', controller: true }] }, spec: { containers: [{ name: 'c' }] }, status: { podIP: `10.0.0.${at + 1}`, podIPs: [{ ip: `10.0.0.${at + 1}` }] } })),
};
const deny = networkPolicy('shop', 'deny', {});
const from = (peer: object, more: object = {}) => [{ from: [peer], ...more }];
const letIn = (ingress: readonly object[], podSelector: object = {}) => ({ ...cluster, networkPolicies: [deny, networkPolicy('shop', 'let', { podSelector, ingress })] });
const found = { resource: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, key: 'other-namespaces' };
const labelled = (labels: Record<string, string>) => ({ namespaceSelector: { matchLabels: labels } });
const names = (...values: string[]) => ({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } });

export const cases = {
  check: crossNamespaceOpen,
  pass: [
    { name: 'closed', sources: { ...cluster, networkPolicies: [deny] } },
    { name: 'not isolated, which is another finding', sources: cluster },
    { name: 'any namespace by name, which is another finding', sources: letIn(from({ namespaceSelector: {} })) },
    { name: 'everybody, which is another finding', sources: letIn([{}]) },
    { name: 'one namespace of four', sources: letIn(from(names('pay'))) },
    { name: 'most, to one workload of several', sources: letIn(from(names('pay', 'mail')), { matchLabels: { app: 'db' } }) },
    { name: 'the own namespace', sources: letIn(from({ podSelector: {} })) },
    { name: 'a block in which no pods are', sources: letIn(from({ ipBlock: { cidr: '172.16.0.0/12' } })) },
    { name: 'denied above them', sources: { ...letIn(from(labelled({ team: 'yes' }))), eksClusterNetworkPolicies: [clusterPolicy('deny', { ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] })] } },
    { name: 'a cluster of few namespaces', sources: { ...letIn(from(labelled({ team: 'yes' }))), deployments: cluster.deployments.slice(0, 3), pods: [] } },
    { name: "the system's namespace serves all", sources: { ...cluster, namespaces: [...cluster.namespaces, namespace('kube-system')], deployments: [...cluster.deployments, deployment('kube-system', 'dns')], networkPolicies: [networkPolicy('kube-system', 'let', { ingress: from(labelled({ team: 'yes' })) })] } },
  ],
  fail: [
    {
      name: 'a label that every namespace has',
      sources: letIn(from(labelled({ team: 'yes' }))),
      findings: [{ ...found, message: 'Policies of shop let most workloads of other namespaces connect to Deployment db and Deployment web', cause: 'open to most namespaces' }],
    },
    { name: 'a label that most have, on one port', sources: letIn(from(labelled({ part: 'core' }), { ports: [{ port: 8080 }] })), findings: [found] },
    { name: 'half of them by name', sources: letIn(from(names('pay', 'mail'))), findings: [found] },
    { name: 'all but one', sources: letIn(from({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['wiki'] }] } })), findings: [found] },
    { name: 'the block that pods have their addresses in', sources: letIn(from({ ipBlock: { cidr: '10.0.0.0/8' } })), findings: [found] },
    {
      name: 'all of them to one of two workloads',
      sources: letIn(from(labelled({ team: 'yes' })), { matchLabels: { app: 'db' } }),
      findings: [{ ...found, message: 'Policies of shop let most workloads of other namespaces connect to Deployment db' }],
    },
    {
      name: 'by a policy above the namespaces',
      sources: { ...cluster, networkPolicies: [deny], eksClusterNetworkPolicies: [clusterPolicy('let', { subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }, ingress: [{ action: 'Accept', from: [{ namespaces: { matchLabels: { team: 'yes' } } }] }] })] },
      findings: [found],
    },
  ],
} satisfies CheckCases;
