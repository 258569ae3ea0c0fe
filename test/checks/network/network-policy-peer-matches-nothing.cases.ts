import { networkPolicyPeerMatchesNothing } from '../../../lambda/checks/network/network-policy-peer-matches-nothing.ts';
import type { CheckCases } from '../check-cases.ts';
import { deployment, namespace, networkPolicy, policyResource } from './objects.ts';

const cluster = { namespaces: [namespace('shop'), namespace('edge', { team: 'edge' })], deployments: [deployment('shop', 'web'), deployment('edge', 'proxy'), deployment('shop', 'agent', { hostNetwork: true })] };
const ingress = (...from: object[]) => ({ ...cluster, networkPolicies: [networkPolicy('shop', 'web', { ingress: [{ from, ports: [{ port: 80 }] }] })] });
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyPeerMatchesNothing,
  pass: [
    { name: 'a workload of the own namespace', sources: ingress(app('web')) },
    { name: 'one of another', sources: ingress({ namespaceSelector: { matchLabels: { team: 'edge' } }, ...app('proxy') }) },
    { name: 'one of two', sources: ingress(app('gone'), app('web')) },
    { name: 'an address beside it', sources: ingress(app('gone'), { ipBlock: { cidr: '10.0.0.0/24' } }) },
    { name: 'one of the host network', sources: ingress(app('agent')) },
    { name: 'all pods of an empty namespace of its own', sources: { namespaces: [namespace('new')], networkPolicies: [networkPolicy('new', 'in', { ingress: [{ from: [{ podSelector: {} }] }] })] } },
    { name: 'a suspended CronJob', sources: { ...ingress(app('nightly')), cronJobs: [{ metadata: { namespace: 'shop', name: 'nightly' }, spec: { suspend: true, schedule: '@daily', jobTemplate: { spec: { template: { metadata: { labels: { app: 'nightly' } }, spec: { containers: [] } } } } } }] } },
    { name: 'one pod, by a label that its controller puts on it', sources: ingress({ podSelector: { matchLabels: { 'apps.kubernetes.io/pod-index': '0' } } }) },
  ],
  fail: [
    { name: 'a label that nothing has', sources: ingress(app('gone')), findings: [{ ...found, message: 'NetworkPolicy shop/web has ingress rules for pods that no workload makes', cause: 'NetworkPolicy shop/web: ingress peers match nothing' }] },
    { name: 'the label in another namespace alone', sources: ingress(app('proxy')), findings: [found] },
    { name: 'a namespace that is not there', sources: ingress({ namespaceSelector: { matchLabels: { team: 'gone' } } }), findings: [found] },
  ],
} satisfies CheckCases;
