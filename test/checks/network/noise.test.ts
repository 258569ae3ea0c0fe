import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../../lambda/assess/assess.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { snapshotOf } from '../../snapshot-of.ts';
import { AGENT_ON, awsNode, denyAll, deployment, engine, namespace, networkPolicy, node, service, vpcCniConfig } from './objects.ts';

const checks = CHECKS.filter(({ area }) => area === 'network' || area === 'api-server');
const alb = { 'alb.ingress.kubernetes.io/scheme': 'internet-facing', 'alb.ingress.kubernetes.io/group.name': 'g' };
const toWeb = { rules: [{ http: { paths: [{ backend: { service: { name: 'web', port: { number: 443 } } }, path: '/', pathType: 'Prefix' }] } }] };

/** A cluster that fires many of the checks, with several ways to the same places. */
const sources = {
  namespaces: ['shop', 'prod', 'kube-system', 'edge'].map((name) => namespace(name)),
  nodes: [node('n1', {}, ['InternalIP', 'ExternalIP']), node('w1', { 'kubernetes.io/os': 'windows' })],
  daemonSets: [awsNode(AGENT_ON), engine('calico-system', 'calico-node', 'calico-node', 'quay.io/calico/node:v3')],
  vpcCniConfig: [vpcCniConfig('true')],
  deployments: [
    deployment('shop', 'web'),
    deployment('shop', 'db'),
    deployment('prod', 'iis', { os: { name: 'windows' } }),
    deployment('prod', 'agent', { hostNetwork: true }),
    ...['a', 'b'].map((name) => deployment('edge', name, { containers: [{ name: 'c', image: 'registry.k8s.io/ingress-nginx/controller:v1' }] })),
    deployment('prod', 'ui', { containers: [{ name: 'c', image: 'grafana/grafana:12' }] }),
  ],
  services: [
    service('shop', 'web', { type: 'NodePort' }),
    service('shop', 'db', { type: 'LoadBalancer', ports: [{ port: 5432 }, { port: 443 }], externalIPs: ['198.51.100.2', '198.51.100.1'] }),
    service('edge', 'a', { type: 'LoadBalancer' }),
    service('edge', 'b', { type: 'LoadBalancer' }),
    service('prod', 'ui', { type: 'LoadBalancer' }),
  ],
  ingressClasses: [
    { metadata: { name: 'alb' }, spec: { controller: 'ingress.k8s.aws/alb' } },
    { metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } },
  ],
  ingresses: [
    { metadata: { namespace: 'shop', name: 'x', annotations: alb }, spec: { ingressClassName: 'alb', ...toWeb } },
    { metadata: { namespace: 'shop', name: 'y', annotations: alb }, spec: { ingressClassName: 'alb', ...toWeb } },
    { metadata: { namespace: 'shop', name: 'z' }, spec: { ingressClassName: 'nginx', ...toWeb } },
  ],
  gateways: [
    { metadata: { namespace: 'shop', name: 'g2' }, spec: { gatewayClassName: 'x' } },
    { metadata: { namespace: 'shop', name: 'g1' }, spec: { gatewayClassName: 'x' } },
  ],
  networkPolicies: [
    denyAll('prod'),
    networkPolicy('shop', 'a', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{}] }),
    networkPolicy('shop', 'b', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
  ],
};

function shuffled<T>(list: readonly T[], order: readonly number[]): T[] {
  return list.map((item, at) => ({ item, rank: order[at % order.length]! * 31 + ((at * 7) % 13) })).sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

test('the order of lists, new nodes and new uids change nothing at all', () => {
  const before = assess(snapshotOf(sources), checks);
  expect(before.findings.length).toBeGreaterThan(15);
  expect(before.outcomes.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 5, maxLength: 9 }), fc.integer({ min: 1, max: 5 }), (order, nodes) => {
      const mixed = Object.fromEntries(
        Object.entries(sources).map(([name, list]) => [name, shuffled(list as { metadata?: object }[], order).map((object) => ({ ...object, metadata: { ...object.metadata, uid: `u${order[0]}`, resourceVersion: `${order[1]}` } }))]),
      );
      const more = Array.from({ length: nodes }, (_, at) => node(`new${at}`));
      const { outcomes, findings } = assess(snapshotOf({ ...mixed, nodes: [...sources.nodes, ...more] }), checks);
      expect(findings).toEqual(before.findings);
      expect(outcomes).toEqual(before.outcomes);
    }),
  );
});

test('names that JavaScript knows are names like others', () => {
  const evil = '__proto__';
  const { outcomes, findings } = assess(
    snapshotOf({
      namespaces: [namespace(evil), namespace('constructor')],
      deployments: [deployment(evil, evil, {}, JSON.parse('{"__proto__": "x"}') as Record<string, string>)],
      services: [service(evil, evil, { type: 'LoadBalancer', selector: JSON.parse('{"__proto__": "x"}') as Record<string, string>, ports: [{ port: 22 }] })],
      networkPolicies: [networkPolicy('constructor', 'toString', { podSelector: { matchLabels: JSON.parse('{"__proto__": "y"}') as Record<string, string> } })],
    }),
    checks,
  );
  expect(outcomes.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  const found = findings.map(({ check, resource }) => `${check} ${resource.namespace ?? ''}/${resource.name}`);
  expect(found).toContain('internet-exposed-service __proto__/__proto__');
  expect(found).toContain('network-policy-selects-nothing constructor/toString');
  expect(found).toContain('default-deny-ingress-missing /__proto__');
});

test('what is not shaped as the API shapes it takes no other check with it', () => {
  const broken = { metadata: { namespace: 'shop', name: 'x' }, spec: null } as object;
  const { outcomes } = assess(
    snapshotOf({
      namespaces: [namespace('shop')],
      networkPolicies: [broken],
      services: [broken],
      ingresses: [broken],
      gateways: [broken],
      listenerSets: [broken],
      httpRoutes: [broken],
      tcpRoutes: [broken],
      referenceGrants: [broken],
      adminNetworkPolicies: [broken],
      deployments: [broken],
    }),
    checks,
  );
  expect(outcomes.filter(({ outcome }) => outcome === 'error').map(({ check, reason }) => `${check}: ${reason ?? ''}`)).toEqual([]);
});
