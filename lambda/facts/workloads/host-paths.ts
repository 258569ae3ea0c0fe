import type { V1PodSpec } from '@kubernetes/client-node';
import { containersOf } from './containers-of.ts';
import { normalNodePath } from './node-path.ts';

export interface HostPath {
  /** Normal spelling. */
  readonly path: string;
  /** Containers that mount it, sorted. None: it is declared and not used. */
  readonly containers: readonly string[];
  /** Some container may write to it. */
  readonly writable: boolean;
}

/** The paths of the node that a pod names, sorted; two volumes with one path are one. Linear in mounts. */
export function hostPathsOf(spec: V1PodSpec): readonly HostPath[] {
  const pathOfVolume = new Map<string, string>();
  for (const volume of spec.volumes ?? []) if (volume.hostPath) pathOfVolume.set(volume.name, normalNodePath(volume.hostPath.path ?? ''));
  if (pathOfVolume.size === 0) return [];
  const uses = new Map([...new Set(pathOfVolume.values())].sort().map((path) => [path, { containers: new Set<string>(), writable: false }]));
  for (const { container } of containersOf(spec)) {
    for (const mount of container.volumeMounts ?? []) {
      const use = uses.get(pathOfVolume.get(mount.name) ?? '');
      if (!use) continue;
      use.containers.add(container.name);
      use.writable ||= mount.readOnly !== true;
    }
  }
  return [...uses].map(([path, { containers, writable }]) => ({ path, containers: [...containers].sort(), writable }));
}
