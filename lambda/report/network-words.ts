import type { MeasuredNetwork, NetworkMeasures } from '../model/network-measures.ts';
import { counted, grouped } from '../model/time-words.ts';
import { shareWords } from './share-words.ts';

export const MEASURED_BY_NOBODY = 'an earlier version looked, which did not measure';

/** What a look measured, in a sentence; or why it could not. */
export function networkWords(network: MeasuredNetwork | undefined): string {
  if (!network) return `not measured: ${MEASURED_BY_NOBODY}`;
  if (!network.measures) return `could not be told: ${network.unsure.join('; ')}`;
  return `${measureWords(network.measures)}${network.unsure.length === 0 ? '' : `; this may be otherwise: ${network.unsure.join('; ')}`}`;
}

function measureWords({ workloads, pairs, acrossNamespaces, isolated, blastRadius, reaching }: NetworkMeasures): string {
  const share = (count: number): string => shareWords(count, workloads);
  return [
    `${counted(workloads, 'workload')}, ${shareWords(pairs.reachable, pairs.of)} of the pairs may talk, across namespaces ${shareWords(acrossNamespaces.reachable, acrossNamespaces.of)}`,
    `isolated: ingress ${share(isolated.ingress)}, egress ${share(isolated.egress)}, both ${share(isolated.both)}`,
    `blast radius: median ${grouped(blastRadius.median)}, maximum ${grouped(blastRadius.maximum)}`,
    `reaching the metadata service ${share(reaching.metadataService)}, the Internet ${share(reaching.internet)}, the API server ${reaching.apiServer === null ? 'not known' : share(reaching.apiServer)}`,
  ].join('; ');
}
