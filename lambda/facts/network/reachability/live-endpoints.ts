import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { objectsOf, pairsOf, textOf } from '../../as-read.ts';
import type { ContainerPort, Endpoint, NodeEnd } from './endpoint.ts';

/** What is asked of pods besides what makes them workloads. */
export const LIVE_POD_FIELDS: readonly string[] = ['spec.hostNetwork', 'status.phase', 'status.podIPs[].ip'];

/** A pod that may talk now. Terminating ones still count. */
export interface LivePod {
  readonly namespace: string;
  readonly name: string;
  readonly endpoint: Endpoint;
}

export function livePods(pods: readonly V1Pod[]): readonly LivePod[] {
  const found: LivePod[] = [];
  for (const pod of pods) {
    const { metadata, spec } = pod;
    if (isFinished(pod)) continue;
    const node = textOf(spec?.nodeName);
    found.push({
      namespace: textOf(metadata?.namespace) ?? '',
      name: textOf(metadata?.name) ?? '',
      endpoint: {
        pod: {
          namespace: textOf(metadata?.namespace) ?? '',
          labels: pairsOf(metadata?.labels),
          hostNetwork: spec?.hostNetwork === true,
          namedPorts: namedPortsOf(spec?.containers),
        },
        addresses: addressesOfPod(pod),
        ...(node === undefined ? {} : { node }),
      },
    });
  }
  return found;
}

/** Of each pod that has addresses of its own, which are not its node's. */
export function* ownAddresses(pods: Iterable<LivePod>): Iterable<readonly string[]> {
  for (const { endpoint } of pods) if (endpoint.pod?.hostNetwork !== true) yield endpoint.addresses;
}

/** Of containers alone: those of init containers are not looked up by their names. */
export function namedPortsOf(containers: NonNullable<V1Pod['spec']>['containers'] | undefined): readonly ContainerPort[] {
  let found: ContainerPort[] | undefined;
  for (const { ports } of objectsOf(containers)) {
    for (const { name, protocol, containerPort } of objectsOf(ports)) {
      const named = textOf(name);
      if (named === undefined || typeof containerPort !== 'number') continue;
      const port = { name: named, protocol: textOf(protocol) ?? 'TCP', port: containerPort };
      // Nearly all have one, and a list that began empty would have room for seventeen.
      if (found) found.push(port);
      else found = [port];
    }
  }
  return found ?? NO_PORTS;
}

const NO_PORTS: readonly ContainerPort[] = [];

/** Finished pods are gone: their addresses may be somebody else's. */
export function isFinished({ status }: V1Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** The addresses of both families. */
function addressesOfPod({ status }: V1Pod): readonly string[] {
  return objectsOf(status?.podIPs).flatMap(({ ip }) => textOf(ip) ?? []);
}

/** Nodes with the addresses that packets of theirs carry. */
export function nodeEnds(nodes: readonly V1Node[]): readonly NodeEnd[] {
  return nodes.map(({ metadata, status }) => ({
    name: textOf(metadata?.name) ?? '',
    labels: pairsOf(metadata?.labels),
    addresses: objectsOf(status?.addresses).flatMap(({ type, address }) => (type === 'InternalIP' || type === 'ExternalIP' ? (textOf(address) ?? []) : [])),
  }));
}
