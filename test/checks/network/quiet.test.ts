import { expect, test } from '@jest/globals';
import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { assess } from '../../../lambda/assess/assess.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { AGENT_ON, awsNode, deployment, endpointsOf, namespace, networkPolicy, node, service, vpcCniConfig } from './objects.ts';

const checks = CHECKS.filter(({ area }) => area === 'network');
const NAMESPACES = Array.from({ length: 20 }, (_, at) => `team-${at}`);
const APPS = Array.from({ length: 8 }, (_, at) => `app-${at}`);
const toDns = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }];
const DNS = { policyTypes: ['Egress'], egress: [{ to: toDns, ports: [{ port: 53, protocol: 'UDP' }] }] };

/** Ten policies a namespace: a default deny, DNS, and one for each app, which the app before it may reach. */
function policiesOf(name: string): V1NetworkPolicy[] {
  const own = APPS.map((app, at) =>
    networkPolicy(name, app, { podSelector: { matchLabels: { app } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: APPS[Math.max(0, at - 1)]! } } }], ports: [{ port: 8080 }, { port: 'metrics' }] }] }),
  );
  return [networkPolicy(name, 'default-deny', { policyTypes: ['Ingress', 'Egress'] }), networkPolicy(name, 'dns', DNS), ...own];
}

/** What people wrote and checks find: a namespace that lets most of the others in, egress without DNS, rules that say twice, an exception that cuts. One who may ask name servers in one zone alone is not: names can be asked for. */
const FOUND: readonly V1NetworkPolicy[] = [
  networkPolicy('tools', 'default-deny', { policyTypes: ['Ingress', 'Egress'] }),
  networkPolicy('tools', 'panel', { podSelector: { matchLabels: { app: 'panel' } }, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 9000 }] }, { from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 9000 }] }] }),
  networkPolicy('tools', 'panel-out', { podSelector: { matchLabels: { app: 'panel' } }, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }], ports: [{ port: 9000 }] }] }),
  networkPolicy('zonal', 'default-deny', { policyTypes: ['Ingress'] }),
  networkPolicy('zonal', 'asked-out', { podSelector: { matchLabels: { app: 'asked' } }, policyTypes: ['Egress'] }),
  networkPolicy('zonal', 'ask-out', { podSelector: { matchLabels: { app: 'ask' } }, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }], ports: [{ port: 9000 }] }, { to: [{ ipBlock: { cidr: '10.0.32.0/19' } }] }] }),
  networkPolicy('tools', 'fetch-out', { podSelector: { matchLabels: { app: 'fetch' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443 }] }, { ports: [{ port: 8080 }] }] }),
];

const POLICIES = [...NAMESPACES.flatMap(policiesOf), ...FOUND];

/** Of one of three zones, each of which has a subnet. */
function addressIn(zone: number, day: number, at: number): string {
  return `10.0.${32 * zone + day}.${at}`;
}

/** What a day's work leaves: new names, uids, hashes, counts, nodes and jobs; and what people declared as it was. */
function clusterOn(day: number, networkPolicies: readonly V1NetworkPolicy[] = POLICIES): GivenSources {
  const containers = [{ name: 'main', image: `registry.example.com/app:1.${day}`, ports: [{ name: 'metrics', containerPort: 9090 }] }];
  const deployments = NAMESPACES.flatMap((name) => APPS.map((app) => ({ ...deployment(name, app, { containers }), status: { readyReplicas: day % 3 } })));
  const replicaSet = (app: string) => `${app}-${(day * 7919 + app.length).toString(36)}`;
  const owner = (apiVersion: string, kind: string, name: string) => [{ apiVersion, kind, name, uid: `${name}-${day}`, controller: true }];
  const replicaSets = NAMESPACES.flatMap((name) =>
    APPS.map((app) => ({ metadata: { namespace: name, name: replicaSet(app), ownerReferences: owner('apps/v1', 'Deployment', app) }, spec: { selector: {}, template: { metadata: { labels: { app, 'pod-template-hash': `${day}` } }, spec: { containers } } } })),
  );
  const pods = NAMESPACES.flatMap((name) =>
    APPS.flatMap((app, at) =>
      Array.from({ length: 1 + ((day + at) % 3) }, (_, replica) => ({
        metadata: { namespace: name, name: `${replicaSet(app)}-${replica}`, labels: { app, 'pod-template-hash': `${day}` }, ownerReferences: owner('apps/v1', 'ReplicaSet', replicaSet(app)) },
        spec: { nodeName: `node-${day}-${at % 4}`, containers },
        status: { phase: replica === 2 ? 'Pending' : 'Running', podIP: addressIn((at + replica + day * 7) % 3, day, at) },
      })),
    ),
  );
  const servers = [53, 54].map((at) => ({ metadata: { namespace: 'kube-system', name: `coredns-${day}-${at}`, labels: { 'k8s-app': 'kube-dns' }, ownerReferences: owner('apps/v1', 'ReplicaSet', 'coredns') }, status: { podIP: addressIn(0, day, at) } }));
  const tools = [
    deployment('tools', 'panel', { containers: [{ name: 'main', image: `registry.example.com/panel:1.${day}`, ports: [{ containerPort: 9000 }], securityContext: { privileged: true } }] }),
    deployment('zonal', 'ask'),
    deployment('zonal', 'asked'),
    deployment('tools', 'fetch'),
  ];
  const template = { metadata: { labels: { app: 'nightly' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'main' }] } };
  const jobs = [{ metadata: { namespace: 'team-1', name: `nightly-${29_000_000 + day}`, ownerReferences: owner('batch/v1', 'CronJob', 'nightly') }, spec: { template } }];
  return {
    namespaces: [...NAMESPACES, 'kube-system', 'legacy', 'tools', 'zonal'].map((name) => namespace(name)),
    nodes: Array.from({ length: 3 + (day % 4) }, (_, at) => node(`node-${day}-${at}`)),
    daemonSets: [awsNode(AGENT_ON)],
    vpcCniConfig: [vpcCniConfig('true')],
    deployments: [...deployments, deployment('legacy', 'shop', { automountServiceAccountToken: false }), ...tools, deployment('kube-system', 'coredns', {}, { 'k8s-app': 'kube-dns' })],
    replicaSets,
    pods: [...pods, ...servers],
    cronJobs: [{ metadata: { namespace: 'team-1', name: 'nightly' }, spec: { schedule: '@daily', jobTemplate: { spec: { template } } } }],
    jobs,
    services: [service('team-1', 'app-1', { type: 'LoadBalancer' }), service('legacy', 'shop', { type: 'LoadBalancer' })],
    endpointSlices: [{ metadata: { namespace: 'default', name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } }, addressType: 'IPv4', endpoints: [{ addresses: ['10.200.0.5'] }], ports: [{ port: 443 }] }],
    networkPolicies: day % 2 === 0 ? networkPolicies : [...networkPolicies].reverse(),
    policyEndpoints: endpointsOf(networkPolicies),
  };
}

function findingsOf(sources: GivenSources) {
  const { outcomes, findings } = assess(snapshotOf(sources), checks);
  expect(outcomes.filter(({ outcome }) => outcome === 'error' || outcome === 'not-evaluated')).toEqual([]);
  return findings;
}

const place = ({ check, resource, key }: ReturnType<typeof findingsOf>[number]): string => [check, resource.kind, resource.namespace ?? '', resource.name, key].join(' ');
const before = findingsOf(clusterOn(0));

/** Findings of a cluster with one policy in the place of another (none: taken away) that were not there before, and those that are gone. */
function differenceWith(name: string, policy: string, instead?: (was: V1NetworkPolicy) => V1NetworkPolicy) {
  const changed = POLICIES.flatMap((each) => (each.metadata?.namespace === name && each.metadata.name === policy ? (instead ? [instead(each)] : []) : [each]));
  expect(changed).not.toEqual(POLICIES);
  const after = findingsOf(clusterOn(0, changed));
  const [old, now] = [before.map(place), after.map(place)];
  return { opened: now.filter((each) => !old.includes(each)), resolved: old.filter((each) => !now.includes(each)), items: new Set(after.filter((each) => !old.includes(place(each))).map(({ item }) => item)).size };
}

test('there are 200 policies and four with faults, and those are found', () => {
  expect(POLICIES).toHaveLength(207);
  const found = before.map(place);
  expect(found).toContain('default-deny-ingress-missing Namespace  legacy ingress');
  expect(found).toEqual(
    expect.arrayContaining([
      'api-server-reachable Deployment legacy shop api-server',
      'cross-namespace-open Namespace  tools other-namespaces',
      'dns-egress-missing Deployment tools panel egress',
      'internet-to-sensitive-path Deployment tools panel internet',
      'network-policy-exception-leak NetworkPolicy tools fetch-out egress',
      'network-policy-redundant NetworkPolicy tools panel ingress',
      'network-policy-standard-mode NodeClass  ec2/linux standard-mode',
    ]),
  );
});

test('a month of rollouts, scaling, new nodes and jobs changes nothing at all', () => {
  for (let day = 1; day <= 30; day++) expect(findingsOf(clusterOn(day))).toEqual(before);
});

test('a default deny that is deleted is one item', () => {
  const { opened, resolved, items } = differenceWith('team-3', 'default-deny');
  expect({ opened, resolved, items }).toEqual({ opened: ['default-deny-ingress-missing Namespace  team-3 ingress'], resolved: [], items: 1 });
});

const NOTHING_TOLD = { opened: [], resolved: [], items: 0 };

test('rules in another order, one more port, another selector that selects: nothing opens, nothing is resolved', () => {
  const inOrder = (was: V1NetworkPolicy): V1NetworkPolicy => ({ ...was, spec: { ...was.spec!, ingress: was.spec!.ingress!.map((rule) => ({ ...rule, ports: [...rule.ports!].reverse() })) } });
  const onePort = (was: V1NetworkPolicy): V1NetworkPolicy => ({ ...was, spec: { ...was.spec!, ingress: [...was.spec!.ingress!, { ports: [{ port: 9443 }], _from: [], from: [{ podSelector: { matchLabels: { app: 'app-2' } } }] } as never] } });
  const written = (was: V1NetworkPolicy): V1NetworkPolicy => ({ ...was, spec: { ...was.spec!, podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['app-5'] }] } } });
  for (const change of [inOrder, onePort, written]) expect(differenceWith('team-7', 'app-5', change)).toEqual(NOTHING_TOLD);
});

test('what is found of rules and paths stays the same finding when selectors, orders and ports change, and follows the name of its policy', () => {
  const changes: Readonly<Record<string, (was: V1NetworkPolicy) => V1NetworkPolicy>> = {
    panel: (was) => ({ ...was, spec: { ...was.spec!, podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['panel'] }] }, ingress: [...was.spec!.ingress!].reverse().map((rule) => ({ ...rule, ports: [{ port: 9001 }, ...rule.ports!] })) } }),
    'panel-out': (was) => ({ ...was, spec: { ...was.spec!, egress: was.spec!.egress!.map((rule) => ({ ...rule, ports: [...rule.ports!, { port: 9443 }] })) } }),
    'fetch-out': (was) => ({ ...was, spec: { ...was.spec!, egress: [...was.spec!.egress!].reverse() } }),
  };
  for (const [policy, change] of Object.entries(changes)) expect(differenceWith('tools', policy, change)).toEqual(NOTHING_TOLD);
  const renamed = differenceWith('tools', 'fetch-out', (was) => ({ ...was, metadata: { ...was.metadata, name: 'fetch-on' } }));
  const about = (name: string): string[] => ['exception-leak', 'open-to-internet'].map((check) => `network-policy-${check} NetworkPolicy tools ${name} egress`);
  expect({ opened: renamed.opened, resolved: renamed.resolved }).toEqual({ opened: about('fetch-on'), resolved: about('fetch-out') });
});

test('a fault stays the same finding whatever else of the policy changes; another name changes what is about that policy alone', () => {
  const open = networkPolicy('team-4', 'open', { podSelector: { matchLabels: { app: 'app-1' } }, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }] });
  const with_ = (...policies: V1NetworkPolicy[]) => findingsOf(clusterOn(0, [...POLICIES, ...policies])).map(place);
  const found = with_(open);
  const news = found.filter((each) => !before.map(place).includes(each));
  expect(news).toEqual(['network-policy-allows-any-namespace NetworkPolicy team-4 open ingress']);
  const moved = networkPolicy('team-4', 'open', { podSelector: { matchLabels: { app: 'app-2' } }, ingress: [{ ports: [{ port: 1 }], from: [{ podSelector: { matchLabels: { app: 'app-1' } } }] }, { ports: [{ port: 443 }], from: [{ namespaceSelector: {} }] }] });
  expect(with_(moved)).toEqual(found);
  const renamed = with_({ ...open, metadata: { namespace: 'team-4', name: 'ajar' } });
  expect(renamed.filter((each) => !found.includes(each))).toEqual(news.map((each) => each.replace(' open ', ' ajar ')));
  expect(found.filter((each) => !renamed.includes(each))).toEqual(news);
});
