import type { V1DaemonSet } from '@kubernetes/client-node';

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

export interface PolicyEngines {
  /** Engines other than the VPC CNI on Linux nodes, sorted. */
  readonly linux: readonly string[];
  readonly windows: readonly string[];
}

export function policyEnginesOf(daemonSets: readonly V1DaemonSet[]): PolicyEngines {
  const found = KNOWN_ENGINES.filter((known) => daemonSets.some((daemonSet) => isEngine(daemonSet, known)));
  const names = (windows: boolean): readonly string[] => [...new Set(found.filter((known) => (known.windows === true) === windows).map(({ engine }) => engine))].sort();
  return { linux: names(false), windows: names(true) };
}

function isEngine({ metadata, spec }: V1DaemonSet, known: KnownEngine): boolean {
  if (metadata?.name !== known.daemonSet) return false;
  return (spec?.template?.spec?.containers ?? []).some(({ name, image }) => name === known.container && known.image.test(image ?? ''));
}
