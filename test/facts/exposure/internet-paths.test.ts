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
