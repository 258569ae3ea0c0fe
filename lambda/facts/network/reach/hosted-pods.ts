import { madeOnce } from '../../../model/made-once.ts';
import type { Endpoint, HostedPod } from '../reachability/endpoint.ts';
import type { LivePod } from '../reachability/live-endpoints.ts';

/** Tells of an end that is a node, or a pod of the host network, which pods of the host network have its address. */
export function hostedFinder(pods: readonly LivePod[]): (endpoint: Endpoint) => Endpoint {
  const byAddress = new Map<string, HostedPod[]>();
  for (const { endpoint } of pods) {
    if (endpoint.pod?.hostNetwork !== true) continue;
    for (const address of endpoint.addresses) madeOnce(byAddress, address, () => []).push(endpoint.pod);
  }
  return (endpoint) => {
    if (endpoint.pod ? !endpoint.pod.hostNetwork : endpoint.node === undefined) return endpoint;
    const hosted = endpoint.addresses.flatMap((address) => byAddress.get(address) ?? []);
    const found = endpoint.addresses.length === 1 ? byAddress.get(endpoint.addresses[0]!) : hosted.length > 0 ? hosted : undefined;
    // Of one that is only declared nothing is known but that it is there.
    return { ...endpoint, hosted: found ?? (endpoint.pod ? [endpoint.pod] : []) };
  };
}
