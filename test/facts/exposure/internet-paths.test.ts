import { expect, test } from '@jest/globals';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { deployment, ENFORCED, namespace, networkPolicy, service } from '../../checks/network/objects.ts';
import { snapshotOf } from '../../snapshot-of.ts';

test('ways that begin alike have their steps in order, each of them found once', () => {
  const count = 60;
  const names = Array.from({ length: count }, (_, at) => `a${at}`);
  const spec = (at: number) => ({ containers: [{ name: 'c', ports: [{ containerPort: 80 }], securityContext: { privileged: at > 0 } }] });
  const letsIn = (at: number) => networkPolicy('shop', `p${at}`, { podSelector: { matchLabels: { app: names[at]! } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: at === 0 ? 'nobody' : names[at - 1]! } } }] }] });
  const sources = {
    ...ENFORCED,
    namespaces: [namespace('shop'), namespace('kube-system')],
    deployments: names.map((name, at) => deployment('shop', name, spec(at))),
    networkPolicies: names.map((_, at) => letsIn(at)).slice(1),
    services: [service('shop', 'a0', { type: 'LoadBalancer' })],
  };
  const paths = createFactResolver(snapshotOf(sources)).fact('internetPaths');
  if (!paths.ok) throw new Error('internetPaths was not derived');
  const chains = new Map(paths.value.all.map(({ workload, steps }) => [workload.resource.name, steps]));
  expect(chains.size).toBe(count - 1);
  const far = chains.get(names.at(-1)!)!;
  expect(far.map(({ from, to }) => `${from.resource.name} > ${to.resource.name}`)).toEqual(names.slice(1).map((name, at) => `${names[at]!} > ${name}`));
  expect(far.map(({ by }) => by)).toEqual(names.slice(1).map((_, at) => [`NetworkPolicy shop/p${at + 1}`]));
  expect(chains.get('a30')!.slice(0, 29).every((step, at) => step === far[at])).toBe(true);
});

test('a block in which some of the pods lie lets them in, whichever subnet most of them came to', () => {
  const pods = (inside: number, outside: number) => [...Array<number>(inside).fill(1), ...Array<number>(outside).fill(2)].map((subnet, at) => podOf('web', `10.0.${subnet}.${at}`));
  const reached = (inside: number, outside: number) => {
    const sources = {
      ...ENFORCED,
      namespaces: [namespace('shop'), namespace('data')],
      deployments: [deployment('shop', 'web'), deployment('data', 'db', { containers: [{ name: 'c', ports: [{ containerPort: 5432 }], securityContext: { privileged: true } }] })],
      pods: pods(inside, outside),
      networkPolicies: [networkPolicy('data', 'subnet', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.1.0/24' } }] }] })],
      services: [service('shop', 'web', { type: 'LoadBalancer' })],
    };
    const paths = createFactResolver(snapshotOf(sources)).fact('internetPaths');
    return paths.ok && paths.value.all.map(({ workload }) => workload.resource.name);
  };
  for (const [inside, outside] of [[10, 0], [9, 1], [5, 5], [1, 15]] as const) expect(reached(inside, outside)).toEqual(['db']);
  expect(reached(0, 10)).toEqual([]);
  // Where a single one happens to be of many is no matter of the cluster's.
  expect(reached(1, 40)).toEqual([]);
});

function podOf(workload: string, podIP: string) {
  return {
    metadata: { namespace: 'shop', name: `${workload}-${podIP}`, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: workload, uid: 'r', controller: true }] },
    spec: { containers: [] },
    status: { podIP, podIPs: [{ ip: podIP }] },
  };
}
