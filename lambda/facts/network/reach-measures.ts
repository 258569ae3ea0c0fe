import { defineFact } from '../define-fact.ts';
import type { NetworkMeasures } from '../../model/network-measures.ts';
import type { Workload } from '../workloads/workload.ts';
import { METADATA_PORT } from './metadata-service.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import { countReach } from './reachability/reach-counts.ts';
import type { Reachability } from './reachability/reachability.ts';
import { sourcesReaching } from './reachability/sources-reaching.ts';

/** Measures of segmentation over declared workloads. */
export const reachMeasures = defineFact({
  name: 'reachMeasures',
  revision: 1,
  needs: ['declaredReach', 'policyCoverage'],
  // Of which the API server's addresses are.
  wants: ['endpointSlices'],
  derive: ({ declaredReach, policyCoverage }): NetworkMeasures => {
    const { workloads: own, reachability, metadataService, internet, apiServer } = declaredReach;
    const reaching = sourcesReaching(reachability, own.length);
    return {
      workloads: own.length,
      ...pairsOf(reachability, own.length),
      isolated: isolatedIn(policyCoverage, own),
      reaching: {
        metadataService: reaching.onPorts(metadataService, [METADATA_PORT]),
        internet: reaching.halfOf(internet),
        apiServer: apiServer.endpoints.length === 0 ? null : reaching.onPorts(apiServer.endpoints, apiServer.ports),
      },
    };
  },
});

function isolatedIn({ namespaces }: PolicyCoverage, workloads: readonly Workload[]): NetworkMeasures['isolated'] {
  const open = { ingress: new Set<Workload>(), egress: new Set<Workload>() };
  for (const namespace of namespaces.values()) for (const direction of ['ingress', 'egress'] as const) for (const workload of namespace[direction].open) open[direction].add(workload);
  const counts = { ingress: 0, egress: 0, both: 0 };
  for (const workload of workloads) {
    const ingress = !open.ingress.has(workload);
    const egress = !open.egress.has(workload);
    if (ingress) counts.ingress += 1;
    if (egress) counts.egress += 1;
    if (ingress && egress) counts.both += 1;
  }
  return counts;
}

/** The first `count` endpoints are the workloads. */
function pairsOf({ classes, profiles, table }: Reachability, count: number): Pick<NetworkMeasures, 'pairs' | 'acrossNamespaces' | 'blastRadius'> {
  const weights = new Int32Array(classes.all.length);
  for (let i = 0; i < count; i++) weights[classes.of[i]!]! += 1;
  const { everywhere, inNamespace, alike } = countReach(classes, profiles, table, weights);
  const pairs = { reachable: 0, of: count * Math.max(count - 1, 0) };
  const own = { reachable: 0, of: 0 };
  const inSpace = new Map<string, number>();
  for (const [number, { namespace }] of classes.all.entries()) {
    const weight = weights[number]!;
    if (weight === 0) continue;
    pairs.reachable += weight * (everywhere[number]! - alike[number]!);
    own.reachable += weight * (inNamespace[number]! - alike[number]!);
    inSpace.set(namespace!, (inSpace.get(namespace!) ?? 0) + weight);
  }
  for (const workloads of inSpace.values()) own.of += workloads * (workloads - 1);
  const radius = Int32Array.from({ length: count }, (_, i) => everywhere[classes.of[i]!]! - alike[classes.of[i]!]!).sort();
  return {
    pairs,
    acrossNamespaces: { reachable: pairs.reachable - own.reachable, of: pairs.of - own.of },
    blastRadius: { median: radius[(count - 1) >> 1] ?? 0, maximum: radius.at(-1) ?? 0 },
  };
}
