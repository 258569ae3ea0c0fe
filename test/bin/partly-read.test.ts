import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { CALICO, denyAll, deployment, namespace, node, service } from '../checks/network/objects.ts';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture } from './tiny-capture.ts';

interface Document {
  readonly changes: readonly { readonly kind: string; readonly was?: string; readonly finding?: { readonly check: string; readonly severity: string } }[];
}

const GIVEN = {
  namespaces: [namespace('data')],
  deployments: [deployment('data', 'db')],
  services: [service('data', 'db', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 5432 }] })],
  networkPolicies: [denyAll('data')],
  daemonSets: [CALICO],
  nodes: [node('n1')],
};

test('a database that policies keep from the Internet is told as no worse, and as no better, for what one look could not read', async () => {
  await inTemporaryDirectory(async (directory) => {
    const told = async (look: string, given: object, without: readonly KubernetesSource[]) => {
      const from = writeTinyCapture(join(directory, look), 'prod', given, without);
      const { stdout } = await runHere(['audit', '--from', from, '--store', join(directory, 'store'), '--output', 'json', '--quiet']);
      return (JSON.parse(stdout) as Document).changes.filter(({ finding }) => finding?.check === 'internet-exposed-service').map(({ kind, finding }) => `${kind} ${finding!.severity}`);
    };
    expect(await told('whole', GIVEN, [])).toEqual(['opened info']);
    for (const source of ['networkPolicies', 'nodes', 'daemonSets', 'namespaces'] as const) expect([source, await told(`without-${source}`, GIVEN, [source])]).toEqual([source, []]);
    expect(await told('opened', { ...GIVEN, networkPolicies: [] }, [])).toEqual(['worsened high']);
    for (const source of ['networkPolicies', 'nodes'] as const) expect([source, await told(`open-without-${source}`, GIVEN, [source])]).toEqual([source, []]);
    expect(await told('closed', GIVEN, [])).toEqual(['eased info']);
  });
}, 60_000);
