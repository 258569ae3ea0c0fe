import { exposedDashboard } from '../../../lambda/checks/network/exposed-dashboard.ts';
import type { CheckCases } from '../check-cases.ts';
import { CILIUM, ciliumConfig, denyAll, deployment, ENFORCED, namespace, node, resourceOf, service } from './objects.ts';

const runs = (image: string, ports: number[] = [8443], labels: Record<string, string> = { app: 'ui' }) =>
  deployment('ops', 'ui', { serviceAccountName: 'admin', containers: [{ name: 'c', image, ports: ports.map((containerPort) => ({ containerPort })) }] }, labels);
const open = (image: string, ports?: number[], labels?: Record<string, string>) => ({
  deployments: [runs(image, ports, labels)],
  services: [service('ops', 'ui', { type: 'LoadBalancer', selector: labels ?? { app: 'ui' } })],
});
const found = { resource: resourceOf('ops', 'ui'), key: 'internet' };

const closed = { namespaces: [namespace('ops')], deployments: [runs('jenkins/jenkins:lts')], networkPolicies: [denyAll('ops')] };

export const cases = {
  check: exposedDashboard,
  pass: [
    { name: 'the dashboard inside the cluster', sources: { deployments: [runs('kubernetesui/dashboard:v2.7.0')], services: [service('ops', 'ui')] } },
    { name: 'the dashboard for one office', sources: { ...open('kubernetesui/dashboard:v2.7.0'), services: [service('ops', 'ui', { type: 'LoadBalancer', loadBalancerSourceRanges: ['198.51.100.0/24'] })] } },
    { name: 'another application called dashboard', sources: open('registry.example.com/shop/dashboard:1') },
    { name: 'an application that only is called grafana', sources: open('registry.example.com/shop/ui:1', [8443], { app: 'grafana' }) },
    { name: 'an exporter of a console', sources: open('prom/mysqld-exporter:v1') },
  ],
  fail: [
    {
      name: 'the dashboard',
      sources: open('docker.io/kubernetesui/dashboard:v2.7.0'),
      findings: [
        {
          ...found,
          message: 'The Internet reaches the Kubernetes dashboard at ops/ui, which runs as ServiceAccount admin: Service ops/ui (LoadBalancer without source ranges)',
          cause: 'Service ops/ui (LoadBalancer without source ranges)',
        },
      ],
    },
    { name: 'its newer images', sources: open('kubernetesui/dashboard-web:1.6'), findings: [found] },
    { name: 'from a mirror with a port and a digest', sources: open('registry.example.com:5000/mirror/grafana@sha256:0000'), findings: [found] },
    { name: 'by label and port', sources: open('registry.example.com/ours:1', [3000], { 'app.kubernetes.io/name': 'grafana' }), findings: [found] },
    { name: 'Argo CD', sources: open('quay.io/argoproj/argocd:v3'), findings: [found] },
    { name: 'Ray', sources: open('rayproject/ray:2.9'), findings: [found] },
    {
      name: 'that policies close',
      sources: { ...closed, ...ENFORCED, services: [service('ops', 'ui', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })] },
      findings: [{ ...found, severity: 'low', message: 'Only NetworkPolicy ops/deny-all keeps the Internet from Jenkins at ops/ui: Service ops/ui (LoadBalancer without source ranges)' }],
    },
    {
      name: 'that policies would close',
      sources: { ...closed, ...ENFORCED, daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({ 'enable-k8s-networkpolicy': 'false' })], services: [service('ops', 'ui', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })] },
      findings: [{ ...found, severity: 'medium' }],
    },
    { name: 'that policies close, and nobody enforces', sources: { ...closed, services: [service('ops', 'ui', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })], nodes: [node('n1')] }, findings: [found] },
    {
      name: 'by a node port, which is inferred',
      sources: { deployments: [runs('jenkins/jenkins:lts')], services: [service('ops', 'ui', { type: 'NodePort' })], nodes: [node('n1', {}, ['ExternalIP'])] },
      findings: [{ ...found, severity: 'medium' }],
    },
  ],
} satisfies CheckCases;
