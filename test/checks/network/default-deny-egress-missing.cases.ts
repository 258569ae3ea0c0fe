import { defaultDenyEgressMissing } from '../../../lambda/checks/network/default-deny-egress-missing.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, AUTO_NODE, awsNode, CILIUM, ciliumConfig, denyAll, deployment, namespace, networkPolicy, node, vpcCniConfig } from './objects.ts';

const shop = { namespaces: [namespace('shop')], deployments: [deployment('shop', 'web'), deployment('shop', 'db')] };
const found = { resource: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, key: 'egress' };
const closes = (name: string, app: string) => networkPolicy('shop', name, { podSelector: { matchLabels: { app } }, policyTypes: ['Egress'] });
const everybody = { to: [{ networks: ['0.0.0.0/0', '::/0'] }] };
const tier = (spec: object) => ({ metadata: { name: 'deny' }, spec: { tier: 'Baseline', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Deny', ...everybody }], ...spec } });
const admin = (spec: object, name = 'first') => ({ ...tier({ tier: 'Admin', ...spec }), metadata: { name } });
const podAt = (podIP: string) => ({ metadata: { namespace: 'kube-system', name: 'coredns' }, spec: { containers: [] }, status: { podIP } });
const without = (podIP: string, ...networks: string[]) => ({ ...shop, pods: [podAt(podIP)], eksClusterNetworkPolicies: [tier({ egress: [{ action: 'Deny', to: [{ networks }] }] })] });
const passing = (app: string) => ({ clusterNetworkPolicies: [admin({ subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app } } } }, egress: [{ action: 'Pass', ...everybody }] }), admin({ priority: 9 }, 'last')] });

const nodeClassObject = (name: string, networkPolicy: string) => ({ metadata: { name }, spec: { networkPolicy } });
const auto = (...modes: string[]) => ({ ...shop, nodes: [AUTO_NODE], vpcCniConfig: [vpcCniConfig('true')], nodeClasses: modes.map((mode, at) => nodeClassObject(`c${at}`, mode)) });
const cilium = (settings: Record<string, string>) => ({ ...shop, nodes: [node('n1')], daemonSets: [CILIUM], ciliumConfig: [ciliumConfig(settings)] });
const forWeb = (type: string) => ({ networkPolicies: [networkPolicy('shop', 'x', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: [type] })] });

export const cases = {
  check: defaultDenyEgressMissing,
  pass: [
    { name: 'default deny', sources: { ...shop, networkPolicies: [denyAll('shop')] } },
    { name: 'an empty selector with rules', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'some', { policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] })] } },
    { name: "an ApplicationNetworkPolicy of EKS's", sources: { ...shop, applicationNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Egress'] } }] } },
    { name: "namespaces of the system", sources: { namespaces: [namespace('kube-system'), namespace('kube-public'), namespace('kube-node-lease')] } },
    { name: 'namespaces that a controller keeps as it wants them', sources: { namespaces: ['amazon-guardduty', 'calico-apiserver', 'calico-system', 'tigera-operator'].map((name) => namespace(name)), deployments: [deployment('calico-system', 'goldmane'), deployment('tigera-operator', 'tigera-operator')] } },
    { name: 'baseline tier that denies everybody', sources: { ...shop, clusterNetworkPolicies: [tier({})] } },
    { name: 'all addresses of the family that pods have', sources: without('fd00::7', '::/0') },
    { name: 'all addresses of IPv4, as pods have', sources: without('10.0.0.7', '0.0.0.0/0') },
    { name: 'labels that nothing has pass a pod by what denies to all', sources: { ...shop, ...passing('agent') } },
    { name: 'one port is passed on before everybody is denied', sources: { ...shop, clusterNetworkPolicies: [admin({ egress: [{ action: 'Pass', ...everybody, protocols: [{ tcp: { destinationPort: { number: 9090 } } }] }, { action: 'Deny', ...everybody }] })] } },
    { name: "EKS's baseline tier, whatever the order of its rules", sources: { ...shop, eksClusterNetworkPolicies: [tier({ egress: [{ action: 'Pass', ...everybody }, { action: 'Deny', ...everybody }] })] } },
    { name: 'BaselineAdminNetworkPolicy for the labels of the namespace', sources: { ...shop, namespaces: [namespace('shop', { team: 'a' })], baselineAdminNetworkPolicies: [{ metadata: { name: 'default' }, spec: { subject: { namespaces: { matchLabels: { team: 'a' } } }, egress: [{ action: 'Deny', ...everybody }] } }] } },
    { name: 'strict mode without any policy', sources: { ...shop, daemonSets: [awsNode(AGENT_ON, 'strict')], vpcCniConfig: [vpcCniConfig('true')], nodes: [node('n1')] } },
    { name: 'Auto Mode whose NodeClasses all deny by default', sources: auto('DefaultDeny', 'DefaultDeny') },
    { name: 'Cilium that always enforces', sources: cilium({ 'enable-policy': 'always' }) },
    { name: 'Cilium that always enforces, and a policy for the other direction', sources: { ...cilium({ 'enable-policy': 'always' }), ...forWeb('Ingress') } },
    { name: 'Cilium that always enforces, with policies of its own', sources: { ...cilium({ 'enable-policy': 'always' }), ciliumNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'x' } }] } },
  ],
  fail: [
    { name: 'all addresses of IPv4, and pods have none', sources: without('fd00::7', '0.0.0.0/0'), findings: [found] },
    { name: 'all addresses of IPv6, and pods have none', sources: without('10.0.0.7', '::/0'), findings: [found] },
    { name: 'Auto Mode of which one NodeClass allows by default', sources: auto('DefaultDeny', 'DefaultAllow'), findings: [found] },
    { name: 'NodeClasses that deny by default, and the controller is off', sources: { ...auto('DefaultDeny'), vpcCniConfig: [vpcCniConfig('false')] }, findings: [found] },
    { name: 'NodeClasses that deny by default, beside nodes that do not', sources: { ...auto('DefaultDeny'), nodes: [AUTO_NODE, node('n1')], daemonSets: [awsNode(AGENT_ON)] }, findings: [found] },
    { name: 'NodeClasses that deny by default what no policy selects, and a policy for the other direction', sources: { ...auto('DefaultDeny'), ...forWeb('Ingress') }, findings: [{ ...found, message: 'No policy isolates Deployment web in shop for egress' }] },
    { name: 'Cilium that enforces where a policy selects', sources: cilium({ 'enable-policy': 'default' }), findings: [found] },
    { name: 'Cilium that always enforces, and only reports it', sources: cilium({ 'enable-policy': 'always', 'policy-audit-mode': 'true' }), findings: [found] },
    { name: 'Cilium that always enforces, beside Fargate', sources: { ...cilium({ 'enable-policy': 'always' }), nodes: [node('n1'), node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })] }, findings: [found] },
    {
      name: 'no policy',
      sources: shop,
      findings: [{ ...found, message: 'No policy isolates Deployment db and Deployment web in shop for egress', cause: 'no default deny for egress' }],
    },
    { name: 'an empty namespace, in which something will run', sources: { namespaces: [namespace('shop')] }, findings: [{ ...found, message: 'No policy isolates what will run in shop for egress' }] },
    { name: 'default deny in the other direction', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'deny', { policyTypes: ['Ingress'] })] }, findings: [found] },
    { name: 'default deny in another namespace', sources: { ...shop, networkPolicies: [denyAll('prod')] }, findings: [found] },
    { name: 'one of two', sources: { ...shop, networkPolicies: [closes('a', 'web')] }, findings: [{ ...found, message: 'No policy isolates Deployment db in shop for egress' }] },
    {
      name: 'each one by one, and no catch-all',
      sources: { ...shop, networkPolicies: [closes('a', 'web'), closes('b', 'db')] },
      findings: [{ ...found, severity: 'low', message: 'Policies select each workload of shop for egress, and the next one will be open', cause: 'no catch-all for egress' }],
    },
    {
      name: 'pods of the host network do not count, as no policy reaches them',
      sources: { namespaces: [namespace('shop')], deployments: [deployment('shop', 'web'), deployment('shop', 'agent', { hostNetwork: true })], networkPolicies: [closes('a', 'web')] },
      findings: [{ ...found, severity: 'low' }],
    },
    { name: 'an In that needs the label and a NotIn that does not', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'x', { podSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['back'] }] }, policyTypes: ['Egress'] })] }, findings: [found] },
    { name: 'NotIn selects what lacks the label', sources: { ...shop, networkPolicies: [networkPolicy('shop', 'x', { podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['back'] }] }, policyTypes: ['Egress'] })] }, findings: [{ ...found, severity: 'low' }] },
    { name: 'a tier policy that denies some', sources: { ...shop, clusterNetworkPolicies: [tier({ egress: [{ action: 'Deny', to: [{ namespaces: { matchLabels: { team: 'b' } } }] }] })] }, findings: [found] },
    { name: 'a tier policy that accepts everybody before it denies them', sources: { ...shop, clusterNetworkPolicies: [tier({ egress: [{ action: 'Accept', ...everybody }, { action: 'Deny', ...everybody }] })] }, findings: [found] },
    { name: 'the admin tier accepts everybody, and what stands below it never speaks', sources: { ...shop, clusterNetworkPolicies: [admin({ egress: [{ action: 'Accept', ...everybody }] }), tier({})] }, findings: [found] },
    { name: 'labels pass a pod by what denies to all', sources: { ...shop, ...passing('web') }, findings: [{ ...found, message: 'No policy isolates Deployment web in shop for egress' }] },
    { name: 'a tier policy that leaves every pod to the namespaces and denies the rest', sources: { ...shop, clusterNetworkPolicies: [admin({ egress: [{ action: 'Pass', to: [{ namespaces: {} }] }, { action: 'Deny', ...everybody }] })] }, findings: [found] },
    { name: 'a tier policy that denies one port', sources: { ...shop, clusterNetworkPolicies: [tier({ egress: [{ action: 'Deny', ...everybody, protocols: [{ tcp: { destinationPort: { number: 22 } } }] }] })] }, findings: [found] },
    { name: 'a tier policy for other namespaces', sources: { ...shop, adminNetworkPolicies: [tier({ subject: { namespaces: { matchLabels: { team: 'b' } } } })] }, findings: [found] },
    { name: 'a tier policy for some pods', sources: { ...shop, adminNetworkPolicies: [tier({ subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } } } })] }, findings: [{ ...found, message: 'No policy isolates Deployment db in shop for egress' }] },
    { name: 'strict mode, and a policy for the other direction', sources: { ...shop, daemonSets: [awsNode(AGENT_ON, 'strict')], vpcCniConfig: [vpcCniConfig('true')], nodes: [node('n1')], networkPolicies: [networkPolicy('shop', 'x', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] })] }, findings: [{ ...found, message: 'No policy isolates Deployment web in shop for egress' }] },
  ],
} satisfies CheckCases;
