import type { V1PodSpec } from '@kubernetes/client-node';
import { internetToSensitivePath } from '../../../lambda/checks/network/internet-to-sensitive-path.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, awsNode, CALICO, clusterPolicy, denyAll, deployment, ENFORCED, namespace, networkPolicy, node, resourceOf, service, vpcCniConfig } from './objects.ts';

const listening = (port: number, container: object = {}): Partial<V1PodSpec> => ({ containers: [{ name: 'c', ports: [{ containerPort: port }], ...container }] });
const PRIVILEGED = { securityContext: { privileged: true } };
const web = deployment('shop', 'web', listening(8443));
const agent = deployment('ops', 'agent', listening(9000, PRIVILEGED));
const names = ['shop', 'ops', 'vault', 'kube-system'].map((name) => namespace(name));
const sources = { ...ENFORCED, namespaces: names, deployments: [web, agent], services: [service('shop', 'web', { type: 'LoadBalancer' })] };
const found = { resource: resourceOf('ops', 'agent'), key: 'internet' };
const of = (app: string) => ({ podSelector: { matchLabels: { app } } });
const inNamespace = (name: string, app?: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, ...(app ? of(app) : {}) });
const letIn = (from: object, ...ports: number[]) => networkPolicy('ops', 'let', { ...of('agent'), ingress: [{ from: [from], ports: ports.map((port) => ({ port })) }] });
const admin = {
  clusterRoles: [{ metadata: { name: 'cluster-admin' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, { nonResourceURLs: ['*'], verbs: ['*'] }] }],
  clusterRoleBindings: [{ metadata: { name: 'deployer' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'ServiceAccount', namespace: 'ops', name: 'deployer' }] }],
};
const deployer = (spec: object = {}) => deployment('ops', 'agent', { ...listening(9000), serviceAccountName: 'deployer', ...spec });
/** Two steps: over `api`, which alone reaches the agent. */
const over = [
  networkPolicy('ops', 'deny', {}),
  letIn(inNamespace('shop', 'api'), 9000),
];
const middle = { ...sources, deployments: [web, deployment('shop', 'api', listening(8080)), agent] };

export const cases = {
  check: internetToSensitivePath,
  pass: [
    { name: 'the Internet reaches nothing', sources: { ...sources, services: [service('shop', 'web')] } },
    { name: 'nothing sensitive is there', sources: { ...sources, deployments: [web, deployment('ops', 'agent', listening(9000))] } },
    { name: 'policies close the ingress of what is', sources: { ...sources, networkPolicies: [denyAll('ops')] } },
    { name: 'policies close the egress of what the Internet reaches', sources: { ...sources, networkPolicies: [networkPolicy('shop', 'deny', { policyTypes: ['Egress'] })] } },
    { name: 'they let others in', sources: { ...sources, networkPolicies: [letIn(inNamespace('shop', 'api'), 9000)] } },
    { name: 'they let it in on a port that nothing listens on', sources: { ...sources, networkPolicies: [letIn(inNamespace('shop', 'web'), 9001)] } },
    { name: 'a policy above the namespaces denies', sources: { ...sources, eksClusterNetworkPolicies: [clusterPolicy('deny', { ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }], subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } } })] } },
    { name: 'strict mode, no policy', sources: { ...sources, daemonSets: [awsNode(AGENT_ON, 'strict')], services: [service('shop', 'web', { type: 'LoadBalancer' })] } },
    { name: 'it declares no port', sources: { ...sources, deployments: [web, deployment('ops', 'agent', { containers: [{ name: 'c', ...PRIVILEGED }] })] } },
    { name: 'the network of the node is not followed', sources: { ...sources, deployments: [web, deployment('ops', 'agent', { ...listening(9000, PRIVILEGED), hostNetwork: true })] } },
    { name: 'an account that may everything, and no token of it', sources: { ...sources, ...admin, deployments: [web, deployer({ automountServiceAccountToken: false })] } },
    { name: 'the same by the account', sources: { ...sources, ...admin, serviceAccounts: [{ metadata: { namespace: 'ops', name: 'deployer' }, automountServiceAccountToken: false }], deployments: [web, deployer()] } },
    { name: 'a policy closes the way from the Internet', sources: { ...sources, services: [service('shop', 'web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })], networkPolicies: [networkPolicy('shop', 'deny', {})] } },
    {
      name: 'a name server is no step',
      sources: { ...sources, deployments: [web, deployment('kube-system', 'coredns', listening(53), { 'k8s-app': 'kube-dns' }), agent], networkPolicies: [networkPolicy('ops', 'deny', {}), letIn(inNamespace('kube-system'), 9000)] },
    },
    { name: 'the step between is closed', sources: { ...middle, networkPolicies: [...over, denyAll('shop', { matchLabels: { app: 'api' } })] } },
  ],
  fail: [
    {
      name: 'no policies: one step to a privileged workload',
      sources,
      findings: [{ ...found, message: 'From shop/web, which the Internet reaches, one step leads to ops/agent, which is privileged: no policy closes the way', cause: 'Deployment shop/web on the Internet' }],
    },
    { name: 'policies that nobody enforces', sources: { ...sources, vpcCniConfig: [vpcCniConfig('false')], networkPolicies: [denyAll('ops')] }, findings: [found] },
    {
      name: 'a policy that lets it in',
      sources: { ...sources, networkPolicies: [letIn(inNamespace('shop'), 9000)] },
      findings: [{ ...found, message: 'From shop/web, which the Internet reaches, one step leads to ops/agent, which is privileged: NetworkPolicy ops/let lets it through' }],
    },
    { name: 'Calico enforces, and a policy lets it in', sources: { ...sources, vpcCniConfig: [], nodes: [node('n1')], daemonSets: [CALICO], networkPolicies: [letIn(inNamespace('shop'), 9000)] }, findings: [found] },
    {
      name: 'two steps',
      sources: { ...middle, networkPolicies: over },
      findings: [{ ...found, severity: 'high', message: 'From shop/web, which the Internet reaches, 2 steps lead to ops/agent, which is privileged: NetworkPolicy ops/let lets it through' }],
    },
    {
      name: 'an account that may everything',
      sources: { ...sources, ...admin, deployments: [web, deployer()] },
      findings: [{ ...found, message: 'From shop/web, which the Internet reaches, one step leads to ops/agent, which runs as ServiceAccount ops/deployer, which has cluster-admin in the whole cluster: no policy closes the way' }],
    },
    {
      name: 'a namespace that others trust',
      sources: { ...sources, deployments: [web, deployment('vault', 'vault', listening(8200))] },
      findings: [{ resource: resourceOf('vault', 'vault'), key: 'internet', severity: 'high', message: 'From shop/web, which the Internet reaches, one step leads to vault/vault, which stands in vault: no policy closes the way' }],
    },
    {
      name: 'the Internet reaches it itself',
      sources: { ...sources, deployments: [deployment('shop', 'web', listening(8443, PRIVILEGED))] },
      findings: [{ ...found, resource: resourceOf('shop', 'web'), message: 'The Internet reaches shop/web, which is privileged: Service shop/web (LoadBalancer without source ranges)' }],
    },
    { name: 'the way in is only inferred', sources: { ...sources, nodes: [node('n1', {}, ['InternalIP', 'ExternalIP'])], services: [service('shop', 'web', { type: 'NodePort' })] }, findings: [{ ...found, severity: 'medium', message: 'From shop/web, which the Internet may reach, one step leads to ops/agent, which is privileged: no policy closes the way' }] },
    { name: 'many of one kind are one item', sources: { ...sources, deployments: [web, ...['a', 'b', 'c'].map((name) => deployment('ops', name, listening(9000, PRIVILEGED)))] }, findings: ['a', 'b', 'c'].map((name) => ({ ...found, resource: resourceOf('ops', name), cause: 'Deployment shop/web on the Internet' })) },
    { name: 'a neighbour that policies cannot tell from it', sources: { ...sources, deployments: [web, deployment('shop', 'agent', listening(9000, PRIVILEGED))] }, findings: [{ ...found, resource: resourceOf('shop', 'agent') }] },
  ],
} satisfies CheckCases;
