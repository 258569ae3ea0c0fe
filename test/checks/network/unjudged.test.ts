import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import type { Check } from '../../../lambda/checks/define-check.ts';
import { apiServerReachable } from '../../../lambda/checks/network/api-server-reachable.ts';
import { defaultDenyIngressMissing } from '../../../lambda/checks/network/default-deny-ingress-missing.ts';
import { instanceMetadataReachable } from '../../../lambda/checks/network/instance-metadata-reachable.ts';
import { internetToSensitivePath } from '../../../lambda/checks/network/internet-to-sensitive-path.ts';
import { internetExposedService } from '../../../lambda/checks/network/internet-exposed-service.ts';
import { networkPolicyEngineAbsent } from '../../../lambda/checks/network/network-policy-engine-absent.ts';
import { networkPolicyNotEnforced } from '../../../lambda/checks/network/network-policy-not-enforced.ts';
import { networkPolicyOpenToInternet } from '../../../lambda/checks/network/network-policy-open-to-internet.ts';
import { networkPolicySelectsNothing } from '../../../lambda/checks/network/network-policy-selects-nothing.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { AGENT_ON, AUTO_NODE, awsNode, CALICO, ciliumConfig, denyAll, deployment, ENFORCED, engine, namespace, networkPolicy, node, service } from './objects.ts';

function judged(check: Check, sources: GivenSources) {
  const { outcomes, findings } = assess(snapshotOf(sources), [check]);
  return { outcome: outcomes[0]!.outcome, unread: outcomes[0]!.unread.map(({ source }) => source), findings: findings.map(({ resource, key }) => `${resource.name}:${key}`) };
}

const shop = { ...ENFORCED, namespaces: [namespace('shop'), namespace('prod')], deployments: [deployment('shop', 'web')] };
const cilium = engine('kube-system', 'cilium', 'cilium-agent', 'quay.io/cilium/cilium:v1.18.0');

describe('what is not known is neither a finding nor a pass', () => {
  test('whether Cilium enforces', () => {
    const sources = { ...shop, daemonSets: [awsNode(), cilium] };
    expect(judged(networkPolicyEngineAbsent, sources)).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
    expect(judged(networkPolicyNotEnforced, { ...sources, networkPolicies: [denyAll('shop')] })).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
  });

  test('whether Cilium enforces, where what it says of it is not all understood', () => {
    const sources = { ...shop, daemonSets: [awsNode(), cilium], ciliumConfig: [ciliumConfig({ 'enable-k8s-networkpolicy': 'false' })] };
    expect(judged(networkPolicyEngineAbsent, sources)).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
    expect(judged(networkPolicyEngineAbsent, { ...sources, ciliumConfig: refused('forbidden', 'may not get') })).toEqual({ outcome: 'not-evaluated', unread: ['ciliumConfig', 'daemonSets'], findings: [] });
  });

  test("whether Cilium reads upstream's policies of the cluster", () => {
    const sources = { ...shop, daemonSets: [cilium], ciliumConfig: [ciliumConfig({})], adminNetworkPolicies: [{ metadata: { name: 'deny' }, spec: {} }] };
    expect(judged(networkPolicyNotEnforced, sources)).toEqual({ outcome: 'not-evaluated', unread: ['adminNetworkPolicies'], findings: [] });
  });

  test("whether a policy of upstream's tiers keeps pods from the metadata service where Cilium may not read it", () => {
    const deny = { metadata: { name: 'deny' }, spec: { subject: { namespaces: {} }, priority: 1, egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }] } };
    const sources = { ...shop, daemonSets: [cilium], ciliumConfig: [ciliumConfig({})], adminNetworkPolicies: [deny] };
    expect(judged(instanceMetadataReachable, sources)).toEqual({ outcome: 'not-evaluated', unread: ['eksClusterNetworkPolicies'], findings: [] });
    expect(judged(instanceMetadataReachable, { ...sources, networkPolicies: [denyAll('shop')] }).outcome).toBe('pass');
  });

  test('whether another engine with a node selector of the owner’s runs anywhere', () => {
    const calico = { ...CALICO, spec: { ...CALICO.spec!, template: { ...CALICO.spec!.template, spec: { ...CALICO.spec!.template.spec!, nodeSelector: { pool: 'a' } } } } };
    expect(judged(networkPolicyEngineAbsent, { ...shop, daemonSets: [awsNode(), calico] })).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
  });

  test('whether an aws-node with a node selector of the owner’s runs anywhere', () => {
    const sources = { ...shop, daemonSets: [awsNode(AGENT_ON, 'standard', { 'io.cilium/aws-node-enabled': 'true' })] };
    expect(judged(networkPolicyEngineAbsent, sources)).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
  });

  test('whether Cilium, or Auto Mode, closes what no policy selects', () => {
    const withCilium = { ...shop, daemonSets: [cilium], ciliumConfig: refused('forbidden', 'may not get') };
    expect(judged(defaultDenyIngressMissing, withCilium)).toEqual({ outcome: 'not-evaluated', unread: ['ciliumConfig'], findings: [] });
    const auto = { ...shop, daemonSets: [], nodes: [AUTO_NODE], nodeClasses: refused('forbidden', 'may not list') };
    expect(judged(defaultDenyIngressMissing, auto)).toEqual({ outcome: 'not-evaluated', unread: ['nodeClasses'], findings: [] });
    // Nodes that leave it open are enough to tell.
    expect(judged(defaultDenyIngressMissing, { ...auto, daemonSets: [awsNode(AGENT_ON)] })).toEqual({ outcome: 'fail', unread: ['nodeClasses'], findings: ['prod:ingress', 'shop:ingress'] });
  });

  test('what a policy of Calico or Cilium closes: its namespace, and no other', () => {
    const calico = { calicoNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'x' } }] };
    expect(judged(defaultDenyIngressMissing, { ...shop, ...calico })).toEqual({ outcome: 'fail', unread: ['calicoNetworkPolicies'], findings: ['prod:ingress'] });
    expect(judged(defaultDenyIngressMissing, { ...shop, ...calico, networkPolicies: [denyAll('prod')] })).toEqual({ outcome: 'not-evaluated', unread: ['calicoNetworkPolicies'], findings: [] });
    expect(judged(defaultDenyIngressMissing, { ...shop, ...calico, networkPolicies: [denyAll('prod'), denyAll('shop')] })).toEqual({ outcome: 'pass', unread: [], findings: [] });
    expect(judged(instanceMetadataReachable, { ...shop, ...calico })).toEqual({ outcome: 'not-evaluated', unread: ['calicoNetworkPolicies'], findings: [] });
  });

  test('what a cluster-wide one closes: all', () => {
    expect(judged(defaultDenyIngressMissing, { ...shop, ciliumClusterwideNetworkPolicies: [{ metadata: { name: 'x' } }] })).toEqual({
      outcome: 'not-evaluated',
      unread: ['ciliumClusterwideNetworkPolicies'],
      findings: [],
    });
  });

  test('which workloads run on Fargate, where there is no metadata service', () => {
    const nodes = [node('n1'), node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })];
    expect(judged(instanceMetadataReachable, { ...shop, nodes })).toEqual({ outcome: 'not-evaluated', unread: ['nodes'], findings: [] });
  });

  test('where the API server answers, and which of two kinds of node a workload runs on', () => {
    const tokenless = { ...shop, deployments: [deployment('shop', 'web', { automountServiceAccountToken: false })], networkPolicies: [denyAll('shop')] };
    const kubernetes = { metadata: { namespace: 'default', name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } }, addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.5'] }], ports: [{ port: 443 }] };
    expect(judged(apiServerReachable, tokenless)).toEqual({ outcome: 'not-evaluated', unread: ['endpointSlices'], findings: [] });
    expect(judged(apiServerReachable, { ...tokenless, endpointSlices: [kubernetes] })).toEqual({ outcome: 'pass', unread: [], findings: [] });
    const nodes = [node('n1'), node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })];
    expect(judged(apiServerReachable, { ...tokenless, endpointSlices: [kubernetes], nodes })).toEqual({ outcome: 'not-evaluated', unread: ['nodes'], findings: [] });
    const without = { ...tokenless, endpointSlices: [kubernetes], nodes, networkPolicies: [] };
    expect(judged(apiServerReachable, without)).toEqual({ outcome: 'fail', unread: [], findings: ['web:api-server'] });
    expect(judged(apiServerReachable, { ...without, calicoNetworkPolicies: [{ metadata: { namespace: 'shop', name: 'x' } }] })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
  });

  test('where ways from the Internet lead: by nodes that enforce who knows what, policies that are not read, and the network of a node', () => {
    const containers = (privileged: boolean) => [{ name: 'c', ports: [{ containerPort: 8080 }], securityContext: { privileged } }];
    const agent = deployment('prod', 'agent', { containers: containers(true) });
    const open = { ...shop, deployments: [deployment('shop', 'web', { containers: containers(false) }), agent], services: [service('shop', 'web', { type: 'LoadBalancer' })] };
    const closed = { ...open, networkPolicies: [denyAll('prod')] };
    const found = { outcome: 'fail', findings: ['agent:internet'] };
    expect(judged(internetToSensitivePath, open)).toMatchObject({ ...found, unread: [] });
    expect(judged(internetToSensitivePath, closed)).toEqual({ outcome: 'pass', unread: [], findings: [] });
    // Fargate enforces nothing, and which workloads run there is not known: what no policy closes is open on either.
    const nodes = [node('n1'), node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })];
    expect(judged(internetToSensitivePath, { ...open, nodes })).toMatchObject(found);
    expect(judged(internetToSensitivePath, { ...closed, nodes })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
    expect(judged(internetToSensitivePath, { ...open, calicoNetworkPolicies: [{ metadata: { namespace: 'prod', name: 'x' } }] })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
    const onNode = { ...closed, nodes: [node('n1', {}, ['InternalIP', 'ExternalIP'])], deployments: [deployment('shop', 'web', { hostNetwork: true, containers: containers(false) }), agent], services: [] };
    expect(judged(internetToSensitivePath, onNode)).toMatchObject({ outcome: 'not-evaluated', unread: ['nodes'], findings: [] });
    // Rights only add: without them what is privileged is still found.
    expect(judged(internetToSensitivePath, { ...open, clusterRoleBindings: refused('forbidden', 'may not list') })).toMatchObject({ ...found, unread: ['clusterRoleBindings'] });
  });

  test('an action of a tier policy that this version does not know', () => {
    const policy = { metadata: { name: 'x' }, spec: { tier: 'Admin', subject: { namespaces: {} }, egress: [{ action: 'Log', to: [{ networks: ['0.0.0.0/0'] }] }] } };
    expect(judged(instanceMetadataReachable, { ...shop, eksClusterNetworkPolicies: [policy] })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
  });

  test('a load balancer with security groups of its own, an ALB whose class has parameters, a Gateway outside of the cluster', () => {
    const web = service('shop', 'web', { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' }, {
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
      'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1',
    });
    expect(judged(internetExposedService, { ...shop, services: [web] })).toEqual({ outcome: 'not-evaluated', unread: ['services'], findings: [] });
    const ingressClasses = [{ metadata: { name: 'alb' }, spec: { controller: 'eks.amazonaws.com/alb', parameters: { kind: 'IngressClassParams', name: 'alb' } } }];
    const ingresses = [{ metadata: { namespace: 'shop', name: 'web' }, spec: { ingressClassName: 'alb' } }];
    expect(judged(internetExposedService, { ...shop, ingressClasses, ingresses })).toEqual({ outcome: 'not-evaluated', unread: ['ingresses'], findings: [] });
    const of = (controllerName: string, name: string, spec: object = {}) => ({
      ...shop,
      gatewayClasses: [{ metadata: { name: 'aws' }, spec: { controllerName } }],
      gateways: [{ metadata: { namespace: 'shop', name: 'gw' }, spec: { gatewayClassName: 'aws', infrastructure: { parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name } } } }],
      loadBalancerConfigurations: [{ metadata: { namespace: 'shop', name: 'public' }, spec: { scheme: 'internet-facing', ...spec } }],
    });
    const unclear = { outcome: 'not-evaluated', unread: ['gateways'], findings: [] };
    expect(judged(internetExposedService, of('gateway.k8s.aws/alb', 'missing'))).toEqual(unclear);
    expect(judged(internetExposedService, of('gateway.k8s.aws/alb', 'public', { securityGroups: ['sg-1'] }))).toEqual(unclear);
    expect(judged(internetExposedService, of('example.com/gateway', 'public'))).toEqual(unclear);
    expect(judged(internetExposedService, of('gateway.k8s.aws/nlb', 'public'))).toEqual({ outcome: 'pass', unread: [], findings: [] });
    expect(judged(internetExposedService, of('gateway.k8s.aws/alb', 'public'))).toEqual({ outcome: 'pass', unread: [], findings: [] });
    const gateways = [{ metadata: { namespace: 'shop', name: 'gw' }, spec: { gatewayClassName: 'aws-alb' } }];
    expect(judged(internetExposedService, { ...shop, gateways })).toEqual({ outcome: 'not-evaluated', unread: ['gateways'], findings: [] });
  });

  test('a Service that somebody put behind a target group, and not one that a controller put there for an Ingress', () => {
    const bound = (source: string, labels: Readonly<Record<string, string>>, name: string) => ({
      ...shop,
      services: [service('shop', 'web')],
      [source]: [{ metadata: { namespace: 'shop', name: 'edge', labels }, spec: { serviceRef: { name, port: 80 } } }],
    });
    for (const source of ['targetGroupBindings', 'autoTargetGroupBindings']) {
      const outcome = assess(snapshotOf(bound(source, { team: 'edge' }, 'web')), [internetExposedService]).outcomes[0]!;
      expect(outcome).toMatchObject({
        outcome: 'not-evaluated',
        unread: [{ source, reason: { message: 'whether the Internet reaches Service shop/web is not known: TargetGroupBinding shop/edge puts it behind a load balancer that is no object of the cluster' } }],
      });
      for (const label of ['ingress.k8s.aws/stack', 'service.k8s.aws/stack-name', 'ingress.eks.amazonaws.com/stack-name']) {
        expect(judged(internetExposedService, bound(source, { [label]: 'web' }, 'web'))).toEqual({ outcome: 'pass', unread: [], findings: [] });
      }
      expect(judged(internetExposedService, bound(source, {}, 'gone'))).toEqual({ outcome: 'pass', unread: [], findings: [] });
    }
  });

  test('a block that is none', () => {
    const networkPolicies = [networkPolicy('shop', 'web', { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/O' } }] }] })];
    expect(judged(networkPolicyOpenToInternet, { ...shop, networkPolicies })).toEqual({ outcome: 'not-evaluated', unread: ['networkPolicies'], findings: [] });
  });
});

describe('what was not read', () => {
  const networkPolicies = [networkPolicy('shop', 'x', { podSelector: { matchLabels: { app: 'gone' } } })];

  test('a kind of workload: nothing is said to select nothing', () => {
    expect(judged(networkPolicySelectsNothing, { ...shop, networkPolicies, statefulSets: refused('forbidden', 'may not list') })).toEqual({ outcome: 'not-evaluated', unread: ['statefulSets'], findings: [] });
  });

  test('a kind of policy: nothing is said to be open', () => {
    expect(judged(defaultDenyIngressMissing, { ...shop, applicationNetworkPolicies: refused('forbidden', 'may not list') })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
  });

  test('Ingresses: what Services open stands', () => {
    const services = [service('shop', 'web', { type: 'LoadBalancer' })];
    expect(judged(internetExposedService, { ...shop, services, ingresses: refused('forbidden', 'may not list') })).toEqual({ outcome: 'fail', unread: ['ingresses'], findings: ['web:internet'] });
  });
});

test('who may not read policies is told of every way in, and passes where there is none', () => {
  const blind = { ...shop, networkPolicies: refused('forbidden', 'may not list'), nodes: refused('forbidden', 'may not list') };
  const open = { services: [service('shop', 'web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 22 }] })] };
  expect(judged(internetExposedService, { ...blind, nodes: [] })).toEqual({ outcome: 'pass', unread: [], findings: [] });
  expect(judged(internetExposedService, { ...blind, ...open })).toEqual({ outcome: 'fail', unread: ['nodes'], findings: ['web:internet'] });
});

test('a public load balancer before which policies stand is judged as if there were none where they could not be read, and is said to be milder if there are', () => {
  const services = [service('shop', 'web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 22 }] })];
  const severity = (sources: GivenSources) => assess(snapshotOf({ ...shop, services, networkPolicies: [denyAll('shop')], ...sources }), [internetExposedService]).findings.map((finding) => [finding.severity, finding.mildest]);
  const may = refused('forbidden', 'may not list');
  expect(severity({})).toEqual([['info', undefined]]);
  for (const sources of [{ networkPolicies: may }, { adminNetworkPolicies: may }, { namespaces: may }]) expect(severity(sources)).toEqual([['high', 'info']]);
  for (const sources of [{ nodes: may }, { vpcCniConfig: may }, { daemonSets: may }, { ciliumNetworkPolicies: may }]) expect(severity(sources)).toEqual([['low', 'info']]);
});

test('an engine that may deny what no policy opens makes it no graver that its settings could not be read', () => {
  const services = [service('shop', 'web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 22 }] })];
  const strict = { ...shop, services, daemonSets: [awsNode(AGENT_ON, 'strict')] };
  const severity = (sources: GivenSources) => assess(snapshotOf({ ...strict, ...sources }), [internetExposedService]).findings.map((finding) => [finding.severity, finding.mildest]);
  const may = refused('forbidden', 'may not list');
  expect(severity({})).toEqual([['info', undefined]]);
  for (const sources of [{ nodes: may }, { daemonSets: may }, { vpcCniConfig: may }]) expect(severity(sources)).toEqual([['high', 'info']]);
  const auto = { daemonSets: [], nodes: [AUTO_NODE], nodeClasses: [{ metadata: { name: 'default' }, spec: { networkPolicy: 'DefaultDeny' } }] };
  expect(severity(auto)).toEqual([['info', undefined]]);
  expect(severity({ ...auto, nodeClasses: may })).toEqual([['high', 'info']]);
  // What a policy lets in no default closes.
  expect(severity({ nodes: may, networkPolicies: [networkPolicy('shop', 'world', { ingress: [{}] })] })).toEqual([['high', undefined]]);
  const endpointSlices = [{ metadata: { namespace: 'default', name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } }, endpoints: [{ addresses: ['10.0.0.5'] }], ports: [{ port: 443 }] }] as never;
  const quiet = { ...shop, ...auto, endpointSlices, deployments: [deployment('shop', 'web', { automountServiceAccountToken: false })] };
  expect(judged(apiServerReachable, quiet)).toEqual({ outcome: 'pass', unread: [], findings: [] });
  expect(judged(apiServerReachable, { ...quiet, nodeClasses: may })).toEqual({ outcome: 'not-evaluated', unread: ['nodeClasses'], findings: [] });
});

test('whether Fargate takes what policies close is asked of EKS, where anybody asks it', () => {
  const closed = { ...shop, networkPolicies: [denyAll('shop')], services: [service('shop', 'web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })] };
  const unread = (code: 'forbidden' | 'not-configured') => judged(internetExposedService, { ...closed, eksFargateProfiles: refused(code, 'not read') }).unread;
  expect([unread('forbidden'), unread('not-configured')]).toEqual([['eksFargateProfiles'], []]);
});

test('that some way is open whatever policies say is certain', () => {
  const services = ['Local', 'Cluster'].map((externalTrafficPolicy, i) => service('shop', `web-${i}`, { type: 'LoadBalancer', selector: { app: 'web' }, externalTrafficPolicy, ports: [{ port: i === 0 ? 22 : 8443 }] }));
  const { findings } = assess(snapshotOf({ ...shop, services, networkPolicies: refused('forbidden', 'may not list') }), [internetExposedService]);
  expect(findings).toMatchObject([{ severity: 'high', mildest: 'medium', message: 'The Internet reaches shop/web on port 22 and 8443: Service shop/web-0 (LoadBalancer without source ranges)' }]);
});

test('who may not read load balancers claims of no policy that it lets the Internet in where nobody meant to', () => {
  const sources = { ...shop, networkPolicies: [networkPolicy('shop', 'world', { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] })] };
  expect(judged(networkPolicyOpenToInternet, sources)).toEqual({ outcome: 'fail', unread: [], findings: ['world:ingress'] });
  expect(judged(networkPolicyOpenToInternet, { ...sources, ingresses: refused('forbidden', 'may not list') })).toEqual({ outcome: 'not-evaluated', unread: ['ingresses'], findings: [] });
});

test('who may not read what a class says of its ALBs claims of none that it is public', () => {
  const web = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { namespace: 'shop', name: 'web', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internet-facing', 'kubernetes.io/ingress.class': 'alb' } }, spec: { defaultBackend: { service: { name: 'web', port: { number: 443 } } } } };
  const sources = { ...shop, services: [service('shop', 'web')], ingresses: [web] };
  expect(judged(internetExposedService, sources)).toEqual({ outcome: 'fail', unread: [], findings: ['web:internet'] });
  expect(judged(internetExposedService, { ...sources, ingressClasses: refused('forbidden', 'may not list') })).toMatchObject({ outcome: 'not-evaluated', findings: [] });
});

test('namespaces that were not asked for are not judged', () => {
  const snapshot = snapshotOf(shop, { namespaces: ['prod', 'kube-system'] });
  expect(assess(snapshot, [defaultDenyIngressMissing]).findings.map(({ resource }) => resource.name)).toEqual(['prod']);
});
