import type { V1Container, V1LifecycleHandler, V1Probe } from '@kubernetes/client-node';
import { containersOf } from '../workloads/containers-of.ts';
import type { JudgedPod, Offence } from './rule.ts';

/** hostNetwork, hostPID and hostIPC must not be true. */
export function* hostNamespaces({ spec }: JudgedPod): Iterable<Offence> {
  for (const what of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (spec[what] === true) yield { what };
}

/** No volume may be a path of the node. */
export function* hostPathVolumes({ spec }: JudgedPod): Iterable<Offence> {
  for (const volume of spec.volumes ?? []) if (volume.hostPath) yield { what: volume.name };
}

/** No container may ask for a port of the node; 0 and unset mean none. */
export function* hostPorts({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) {
    for (const port of container.ports ?? []) if (port.hostPort) yield { container: container.name, what: String(port.hostPort) };
  }
}

/** Probes and lifecycle hooks must not name a host: the kubelet would call it from the node. */
export function* hostProbes({ spec }: JudgedPod): Iterable<Offence> {
  for (const { container } of containersOf(spec)) {
    for (const handler of handlersOf(container)) {
      const host = handler?.httpGet?.host || handler?.tcpSocket?.host;
      if (host) yield { container: container.name, what: host };
    }
  }
}

function handlersOf({ livenessProbe, readinessProbe, startupProbe, lifecycle }: V1Container): (V1Probe | V1LifecycleHandler | null | undefined)[] {
  return [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop];
}

/** Neither the pod nor a container may run as a process of the Windows host. */
export function* windowsHostProcess({ spec }: JudgedPod): Iterable<Offence> {
  if (spec.securityContext?.windowsOptions?.hostProcess === true) yield {};
  for (const { container } of containersOf(spec)) {
    if (container.securityContext?.windowsOptions?.hostProcess === true) yield { container: container.name };
  }
}

const ALLOWED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'] as const;

/** Volumes only of kinds that hold no node path and need no trust in a server that the pod names. */
export function* restrictedVolumes({ spec }: JudgedPod): Iterable<Offence> {
  for (const volume of spec.volumes ?? []) if (!ALLOWED_VOLUMES.some((kind) => volume[kind])) yield { what: volume.name };
}
