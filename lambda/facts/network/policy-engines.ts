import type { V1DaemonSet } from '@kubernetes/client-node';
import { isKeptOffNodes } from './kept-off-nodes.ts';

/** A DaemonSet that enforces NetworkPolicies: known by its name and by the container and image in it. */
interface KnownEngine {
  readonly engine: string;
  readonly daemonSet: string;
  readonly container: string;
  readonly image: RegExp;
  readonly windows?: true;
}

const KNOWN_ENGINES: readonly KnownEngine[] = [
  { engine: 'Calico', daemonSet: 'calico-node', container: 'calico-node', image: /calico|cnx-node/ },
  { engine: 'Calico', daemonSet: 'calico-node-windows', container: 'node', image: /calico|cnx-node/, windows: true },
  { engine: 'Cilium', daemonSet: 'cilium', container: 'cilium-agent', image: /cilium/ },
  { engine: 'Antrea', daemonSet: 'antrea-agent', container: 'antrea-agent', image: /antrea/ },
  { engine: 'kube-router', daemonSet: 'kube-router', container: 'kube-router', image: /kube-router/ },
  { engine: 'kube-network-policies', daemonSet: 'kube-network-policies', container: 'kube-network-policies', image: /kube-network-policies/ },
];

/** An engine other than the VPC CNI. */
export interface FoundEngine {
  readonly engine: string;
  /** A node selector of the owner's may keep it off some nodes. */
  readonly parked: boolean;
}

export interface PolicyEngines {
  /** By name, sorted. */
  readonly linux: readonly FoundEngine[];
  readonly windows: readonly FoundEngine[];
}

export function policyEnginesOf(daemonSets: readonly V1DaemonSet[]): PolicyEngines {
  return { linux: enginesOf(daemonSets, false), windows: enginesOf(daemonSets, true) };
}

function enginesOf(daemonSets: readonly V1DaemonSet[], windows: boolean): readonly FoundEngine[] {
  const found = new Map<string, FoundEngine>();
  for (const daemonSet of daemonSets) {
    const engine = engineOf(daemonSet, windows);
    if (engine === undefined) continue;
    // Of two DaemonSets of one engine, one that goes everywhere is enough.
    const parked = isKeptOffNodes(daemonSet) && found.get(engine)?.parked !== false;
    found.set(engine, { engine, parked });
  }
  return [...found.values()].sort((a, b) => (a.engine < b.engine ? -1 : 1));
}

/** Which engine a DaemonSet is on Linux, or on Windows, nodes. */
export function engineOf({ metadata, spec }: V1DaemonSet, windows: boolean): string | undefined {
  for (const known of KNOWN_ENGINES) {
    if (metadata?.name !== known.daemonSet || (known.windows === true) !== windows) continue;
    if ((spec?.template?.spec?.containers ?? []).some(({ name, image }) => name === known.container && known.image.test(image ?? ''))) return known.engine;
  }
  return undefined;
}
