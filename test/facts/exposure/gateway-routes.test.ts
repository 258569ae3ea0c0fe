import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import { internetExposedService } from '../../../lambda/checks/network/internet-exposed-service.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { fingerprintOf } from '../../../lambda/assess/fingerprint.ts';
import { deployment, namespace, resourceOf, service } from '../../checks/network/objects.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

const ALL = { namespaces: { from: 'All' } };
const gateway = (name: string, className: string, listeners: readonly object[], more: object = {}) => ({ metadata: { namespace: 'edge', name }, spec: { gatewayClassName: className, infrastructure: { parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name } }, listeners, ...more } });
const configuration = (name: string, spec: object) => ({ metadata: { namespace: 'edge', name }, spec });
const listener = (name: string, port: number, protocol: string, allowedRoutes: object = ALL) => ({ name, port, protocol, allowedRoutes });
const to = (...backendRefs: readonly object[]) => [{ backendRefs }];
const route = (parentRef: object = {}, rules: readonly object[] = to({ name: 'db', port: 443 }), own = 'shop') => ({ metadata: { namespace: own, name: 'r' }, spec: { parentRefs: [{ name: 'nlb', namespace: 'edge', ...parentRef }], rules } });

const LISTENERS = [listener('db', 5432, 'TCP'), listener('admin', 9000, 'TCP'), listener('dns', 53, 'UDP'), listener('tls', 8443, 'TLS')];
const base = {
  namespaces: [namespace('shop', { team: 'shop' }), namespace('edge')],
  deployments: [deployment('shop', 'db')],
  services: [service('shop', 'db')],
  gatewayClasses: [
    { metadata: { name: 'alb' }, spec: { controllerName: 'gateway.k8s.aws/alb' } },
    { metadata: { name: 'nlb' }, spec: { controllerName: 'gateway.k8s.aws/nlb' } },
  ],
  gateways: [gateway('nlb', 'nlb', LISTENERS), gateway('alb', 'alb', [listener('http', 80, 'HTTP'), listener('https', 443, 'HTTPS')])],
  loadBalancerConfigurations: [configuration('nlb', { scheme: 'internet-facing' }), configuration('alb', {})],
};
const publicAlb = { loadBalancerConfigurations: [configuration('nlb', {}), configuration('alb', { scheme: 'internet-facing' })] };

function judged(sources: GivenSources, namespaces: 'all' | readonly string[] = 'all') {
  const { outcomes, findings } = assess(snapshotOf({ ...base, ...sources }, { namespaces }), [internetExposedService]);
  return { outcome: outcomes[0]!.outcome, unread: outcomes[0]!.unread.map(({ source }) => source), findings: findings.map(({ message, severity }) => `${severity}: ${message}`) };
}

const PASS = { outcome: 'pass', unread: [], findings: [] };
const found = (ports: string, kind: string, severity = 'medium', via = 'Gateway edge/nlb (internet-facing)') => ({
  outcome: 'fail',
  unread: [],
  findings: [`${severity}: The Internet reaches shop/db on port ${ports}: ${via} > ${kind} shop/r > Service shop/db`],
});

describe('a public NLB', () => {
  test('leads where routes of its listeners lead, by protocol', () => {
    expect(judged({})).toEqual(PASS);
    expect(judged({ tcpRoutes: [route()] })).toEqual(found('5432, 8443 and 9000', 'TCPRoute', 'high'));
    expect(judged({ tlsRoutes: [route()] })).toEqual(found('8443', 'TLSRoute'));
    expect(judged({ udpRoutes: [route()] })).toEqual(found('53', 'UDPRoute'));
  });

  test('does not serve routes of HTTP', () => {
    const gateways = [gateway('nlb', 'nlb', [listener('http', 80, 'HTTP')])];
    expect(judged({ gateways, httpRoutes: [route()], grpcRoutes: [route()] })).toEqual(PASS);
    expect(judged({ gateways, ...publicAlb, httpRoutes: [route({ name: 'alb' })] })).toEqual(PASS);
  });

  test('that is internal, or for one office, leads nowhere', () => {
    for (const spec of [{}, { scheme: 'internal' }, { scheme: 'internet-facing', sourceRanges: ['198.51.100.0/24'] }]) {
      expect(judged({ loadBalancerConfigurations: [configuration('nlb', spec), configuration('alb', {})], tcpRoutes: [route()], udpRoutes: [route()] })).toEqual(PASS);
    }
  });
});

describe('a public ALB', () => {
  test('leads where GRPCRoutes lead as where HTTPRoutes do, under the same key', () => {
    const keys = (['httpRoutes', 'grpcRoutes'] as const).map((source) => {
      const { findings } = assess(snapshotOf({ ...base, ...publicAlb, [source]: [route({ name: 'alb' })] }), [internetExposedService]);
      return findings.map(({ fingerprint }) => fingerprint);
    });
    expect(keys[0]).toEqual([fingerprintOf(snapshotOf(base).cluster.id, 'internet-exposed-service', { resource: resourceOf('shop', 'db'), key: 'internet' })]);
    expect(keys[1]).toEqual(keys[0]);
    expect(judged({ ...publicAlb, grpcRoutes: [route({ name: 'alb' })] })).toEqual(found('80 and 443', 'GRPCRoute', 'info', 'Gateway edge/alb (internet-facing)'));
  });

  test('does not serve routes of other protocols', () => {
    const gateways = [gateway('alb', 'alb', LISTENERS)];
    expect(judged({ ...publicAlb, gateways, tcpRoutes: [route({ name: 'alb' })], tlsRoutes: [route({ name: 'alb' })], udpRoutes: [route({ name: 'alb' })] })).toEqual(PASS);
  });
});

describe('a route hangs on the listeners that it names and that take it', () => {
  test('by name and by port', () => {
    expect(judged({ tcpRoutes: [route({ sectionName: 'admin' })] })).toEqual(found('9000', 'TCPRoute'));
    expect(judged({ tcpRoutes: [route({ port: 5432 })] })).toEqual(found('5432', 'TCPRoute', 'high'));
    expect(judged({ tcpRoutes: [route({ sectionName: 'admin', port: 5432 })] })).toEqual(PASS);
    expect(judged({ tcpRoutes: [route({ sectionName: 'dns' })] })).toEqual(PASS);
    expect(judged({ tcpRoutes: [route({ sectionName: 'gone' })] })).toEqual(PASS);
    const parentRefs = ['db', 'admin'].map((sectionName) => ({ name: 'nlb', namespace: 'edge', sectionName }));
    expect(judged({ tcpRoutes: [{ ...route(), spec: { parentRefs, rules: route().spec.rules } }] })).toEqual(found('5432 and 9000', 'TCPRoute', 'high'));
  });

  test('by the namespaces that these allow', () => {
    const allowing = (allowedRoutes: object | undefined) => ({ gateways: [gateway('nlb', 'nlb', [{ name: 'x', port: 9000, protocol: 'TCP', ...(allowedRoutes ? { allowedRoutes } : {}) }])], tcpRoutes: [route()] });
    const bySelector = (selector?: object) => allowing({ namespaces: { from: 'Selector', ...(selector ? { selector } : {}) } });
    for (const closed of [allowing(undefined), allowing({ namespaces: { from: 'Same' } }), allowing({ namespaces: { from: 'None' } }), bySelector(), bySelector({ matchLabels: { team: 'other' } })]) expect(judged(closed)).toEqual(PASS);
    expect(judged(bySelector({ matchLabels: { team: 'shop' } }))).toEqual(found('9000', 'TCPRoute'));
    expect(judged(bySelector({}))).toEqual(found('9000', 'TCPRoute'));
    const own = { ...allowing(undefined), deployments: [deployment('edge', 'db')], services: [service('edge', 'db')], tcpRoutes: [route({ namespace: undefined }, undefined, 'edge')] };
    expect(judged(own)).toMatchObject({ outcome: 'fail', findings: ['medium: The Internet reaches edge/db on port 9000: Gateway edge/nlb (internet-facing) > TCPRoute edge/r > Service edge/db'] });
  });

  test('by the kinds that these name', () => {
    const naming = (...kinds: readonly object[]) => ({ gateways: [gateway('nlb', 'nlb', [listener('x', 9000, 'TLS', { ...ALL, kinds })])], tcpRoutes: [route()] });
    expect(judged(naming())).toEqual(found('9000', 'TCPRoute'));
    expect(judged(naming({ kind: 'TCPRoute' }))).toEqual(found('9000', 'TCPRoute'));
    expect(judged(naming({ kind: 'TLSRoute' }))).toEqual(PASS);
  });

  test('of a ListenerSet, where the Gateway takes those of its namespace', () => {
    const listenerSets = [{ metadata: { namespace: 'shop', name: 'more' }, spec: { parentRef: { name: 'nlb', namespace: 'edge' }, listeners: [{ name: 'x', port: 7777, protocol: 'TCP' }] } }];
    const allowing = (from?: string) => ({ gateways: [gateway('nlb', 'nlb', LISTENERS, from === undefined ? {} : { allowedListeners: { namespaces: { from } } })], listenerSets, tcpRoutes: [route({ kind: 'ListenerSet', name: 'more', namespace: 'shop' })] });
    for (const from of [undefined, 'None', 'Same']) expect(judged(allowing(from))).toEqual(PASS);
    expect(judged(allowing('All'))).toEqual(found('7777', 'TCPRoute', 'medium', 'Gateway edge/nlb (internet-facing) > ListenerSet shop/more'));
    // Its listeners are not the Gateway's own.
    expect(judged({ ...allowing('All'), tcpRoutes: [route({ port: 7777 })] })).toEqual(PASS);
    expect(judged({ ...allowing('All'), listenerSets: refused('forbidden', 'may not list') })).toEqual({ ...PASS, outcome: 'not-evaluated', unread: ['listenerSets'] });
    expect(judged({ ...allowing(), listenerSets: refused('forbidden', 'may not list') })).toEqual(PASS);
  });
});

describe('a route sends', () => {
  const elsewhere = { deployments: [deployment('prod', 'db')], services: [service('prod', 'db')], tcpRoutes: [route({ sectionName: 'admin' }, to({ name: 'db', namespace: 'prod', port: 443 }))] };
  const grant = (from: object = {}, target: object = {}, own = 'prod') => ({ metadata: { namespace: own, name: 'g' }, spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'TCPRoute', namespace: 'shop', ...from }], to: [{ group: '', kind: 'Service', ...target }] } });
  const reached = ['medium: The Internet reaches prod/db on port 9000: Gateway edge/nlb (internet-facing) > TCPRoute shop/r > Service prod/db'];

  test('to Services of other namespaces where a grant there lets it', () => {
    for (const referenceGrants of [[], [grant({ kind: 'HTTPRoute' })], [grant({ namespace: 'edge' })], [grant({ group: '' })], [grant({}, { name: 'other' })], [grant({}, { kind: 'Secret' })], [grant({}, {}, 'shop')]]) {
      expect(judged({ ...elsewhere, referenceGrants })).toEqual(PASS);
    }
    for (const granted of [grant(), grant({}, { name: 'db' })]) expect(judged({ ...elsewhere, referenceGrants: [granted] })).toEqual({ outcome: 'fail', unread: [], findings: reached });
  });

  test('nobody knows whether, where grants were not read', () => {
    expect(judged({ ...elsewhere, referenceGrants: refused('forbidden', 'may not list') })).toEqual({ outcome: 'fail', unread: ['referenceGrants'], findings: reached.map((message) => message.replace('reaches', 'may reach')) });
    expect(judged({ referenceGrants: refused('forbidden', 'may not list'), tcpRoutes: [route({ sectionName: 'admin' })] })).toEqual(found('9000', 'TCPRoute'));
  });

  test('to nothing that is not called a Service, and to no other port', () => {
    const sending = (ref: object) => ({ tcpRoutes: [route({ sectionName: 'admin' }, to({ name: 'db', port: 443, ...ref }))] });
    expect(judged(sending({ kind: 'ServiceImport', group: 'multicluster.x-k8s.io' }))).toEqual(PASS);
    expect(judged(sending({ name: 'gone' }))).toEqual(PASS);
    const two = { services: [service('shop', 'db', { ports: [{ name: 'a', port: 443, targetPort: 8443 }, { name: 'b', port: 80, targetPort: 6379 }] })] };
    expect(judged({ ...two, ...sending({}) })).toEqual(found('9000', 'TCPRoute'));
    expect(judged({ ...two, ...sending({ port: 80 }) })).toEqual(found('9000', 'TCPRoute', 'high'));
  });
});

describe('a public NLB that leads to an internal ALB', () => {
  const chain = (ref: object = {}) => route({ sectionName: 'admin', namespace: undefined }, to({ kind: 'Gateway', name: 'alb', port: 80, ...ref }), 'edge');
  const http = (ref: object = {}) => route({ name: 'alb', ...ref });
  const via = 'Gateway edge/nlb (internet-facing) > TCPRoute edge/r > Gateway edge/alb';

  test('opens the listener that it leads to', () => {
    expect(judged({ httpRoutes: [http()] })).toEqual(PASS);
    expect(judged({ httpRoutes: [http()], tcpRoutes: [chain()] })).toEqual(found('9000', 'HTTPRoute', 'medium', via));
    expect(judged({ httpRoutes: [http({ sectionName: 'https' })], tcpRoutes: [chain()] })).toEqual(PASS);
    expect(judged({ httpRoutes: [http()], udpRoutes: [chain()] })).toEqual(PASS);
  });

  test('over several routes to one listener, named by the first whatever their order', () => {
    const chains = ['db', 'admin'].map((sectionName) => ({ ...chain({}), metadata: { namespace: 'edge', name: sectionName }, spec: { ...chain().spec, parentRefs: [{ name: 'nlb', sectionName }] } }));
    for (const tcpRoutes of [chains, [...chains].reverse()]) expect(judged({ httpRoutes: [http()], tcpRoutes })).toEqual(found('5432 and 9000', 'HTTPRoute', 'high', via.replace('edge/r', 'edge/admin')));
  });

  test('from another namespace where a grant lets it, and unsure where grants were not read', () => {
    const gateways = base.gateways.map((each) => (each.metadata.name === 'alb' ? { ...each, metadata: { namespace: 'web', name: 'alb' } } : each));
    const sources = { gateways, loadBalancerConfigurations: [...base.loadBalancerConfigurations, { metadata: { namespace: 'web', name: 'alb' }, spec: {} }], httpRoutes: [http({ namespace: 'web' })], tcpRoutes: [chain({ namespace: 'web' })] };
    const grant = { metadata: { namespace: 'web', name: 'g' }, spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'TCPRoute', namespace: 'edge' }], to: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway' }] } };
    expect(judged(sources)).toEqual(PASS);
    const open = found('9000', 'HTTPRoute', 'medium', via.replace('edge/alb', 'web/alb'));
    expect(judged({ ...sources, referenceGrants: [grant] })).toEqual(open);
    expect(judged({ ...sources, referenceGrants: refused('forbidden', 'may not list') })).toEqual({ ...open, unread: ['referenceGrants'], findings: open.findings.map((message) => message.replace('reaches', 'may reach')) });
  });

  test('not where the ALB is for one office, and nobody knows where its security groups are its own', () => {
    const alb = (spec: object) => ({ loadBalancerConfigurations: [configuration('nlb', { scheme: 'internet-facing' }), configuration('alb', spec)], httpRoutes: [http()] });
    expect(judged({ ...alb({ sourceRanges: ['198.51.100.0/24'] }), tcpRoutes: [chain()] })).toEqual(PASS);
    expect(judged({ ...alb({ securityGroups: ['sg-1'] }), tcpRoutes: [chain()] })).toEqual({ ...PASS, outcome: 'not-evaluated', unread: ['gateways'] });
    expect(judged(alb({ securityGroups: ['sg-1'] }))).toEqual(PASS);
  });
});

describe('what was not read', () => {
  test.each(['grpcRoutes', 'httpRoutes', 'tcpRoutes', 'tlsRoutes', 'udpRoutes'] as const)('%s: nothing is said to be closed', (source) => {
    expect(judged({ [source]: refused('forbidden', 'may not list') })).toEqual({ ...PASS, outcome: 'not-evaluated', unread: [source] });
  });

  test('labels of namespaces count where a listener asks for them', () => {
    const namespaces = refused('forbidden', 'may not list');
    expect(judged({ namespaces, tcpRoutes: [route({ sectionName: 'admin' })] })).toEqual(found('9000', 'TCPRoute'));
    const gateways = [gateway('nlb', 'nlb', [listener('x', 9000, 'TCP', { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'other' } } } })])];
    const expected = found('9000', 'TCPRoute');
    expect(judged({ namespaces, gateways, tcpRoutes: [route()] })).toEqual({ ...expected, unread: ['namespaces'], findings: expected.findings.map((message) => message.replace('reaches', 'may reach')) });
  });

  test('a Gateway or a ListenerSet in a namespace that was not looked at, and listeners of an older kind', () => {
    const unclear = { ...PASS, outcome: 'not-evaluated', unread: ['tcpRoutes'] };
    for (const parent of [{ name: 'far' }, { kind: 'ListenerSet', name: 'far' }]) {
      expect(judged({ gateways: [], tcpRoutes: [route(parent)] })).toEqual(PASS);
      expect(judged({ gateways: [], tcpRoutes: [route(parent)] }, ['shop'])).toEqual(unclear);
    }
    const listenerSets = [{ metadata: { namespace: 'shop', name: 'more' }, spec: { parentRef: { name: 'far', namespace: 'edge' }, listeners: [listener('x', 7777, 'TCP')] } }];
    expect(judged({ gateways: [], listenerSets, tcpRoutes: [route({ kind: 'ListenerSet', name: 'more', namespace: 'shop' })] }, ['shop'])).toEqual(unclear);
    expect(judged({ tcpRoutes: [route({ kind: 'XListenerSet' })] })).toEqual(unclear);
    // A Service of a mesh is no way in.
    expect(judged({ tcpRoutes: [route({ kind: 'Service', group: '' })] })).toEqual(PASS);
  });
});

test('values of other types than the API gives them throw nothing', () => {
  const odd = [null, 5, 'x', [], [5, null, 'x'], {}, { from: 5, kinds: 5, name: 5 }] as const;
  for (const value of odd) {
    const sources = {
      gateways: [...base.gateways, gateway('odd', 'nlb', value as never, { allowedListeners: value }), gateway('odd2', 'nlb', [{ name: value, port: value, protocol: value, allowedRoutes: value }, { port: 1, allowedRoutes: { namespaces: value, kinds: value } }, { port: 2, allowedRoutes: { namespaces: { from: 'Selector', selector: value } } }])],
      listenerSets: [{ metadata: { namespace: 'shop', name: 'x' }, spec: { parentRef: value, listeners: value } }, { metadata: { namespace: 'shop', name: 'y' }, spec: value }],
      referenceGrants: [{ metadata: { namespace: 'prod', name: 'g' }, spec: { from: value, to: value } }, { metadata: { namespace: 'prod', name: 'h' }, spec: value }],
      tcpRoutes: [
        route({ sectionName: 'admin' }),
        ...[{ parentRefs: value }, { rules: value }, value].map((spec) => ({ metadata: { namespace: 'shop', name: 'odd' }, spec: spec === value ? value : { ...route().spec, ...(spec as object) } })),
        route({ name: value, namespace: value, sectionName: value, port: value }, to({ name: value, namespace: value, port: value, kind: value })),
        route({ name: 'odd2' }, to({ name: 'db', namespace: 'prod', port: 443 })),
      ],
    } as unknown as GivenSources;
    expect(judged(sources)).toMatchObject({ outcome: 'fail', findings: [expect.stringContaining('TCPRoute shop/r > Service shop/db')] });
  }
});
