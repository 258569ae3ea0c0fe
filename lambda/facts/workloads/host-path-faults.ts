import { hostPathsOf, type HostPath } from './host-paths.ts';
import { pathsAbove, runtimeSocketAt } from './node-path.ts';
import { privilegesOf } from './privileges.ts';
import type { Workload } from './workload.ts';

/**
 * The paths of the node that a workload takes and that say something of their own: not a runtime's socket, which is a fault of its own
 * (`container-runtime-socket-mounted`), nor a path below one that the same containers hold as fully. Sorted.
 */
export function hostPathFaults(workload: Workload): readonly HostPath[] {
  const beyond = new Set([...privilegesOf(workload, 'hostPath')].map(({ what }) => what));
  if (beyond.size === 0) return [];
  const paths = hostPathsOf(workload.spec);
  const commanders = new Set([...privilegesOf(workload, 'runtimeSocket')].map(({ container }) => container));
  const isSocket = ({ path, containers }: HostPath): boolean =>
    path !== '/' && runtimeSocketAt(path) !== undefined && containers.length > 0 && containers.every((container) => commanders.has(container));
  const byPath = new Map(paths.map((each) => [each.path, each]));
  const isCovered = (inner: HostPath): boolean =>
    pathsAbove(inner.path).some((above) => {
      const outer = byPath.get(above);
      if (!outer || outer.containers.length === 0 || (inner.writable && !outer.writable)) return false;
      return inner.containers.every((container) => outer.containers.includes(container));
    });
  return paths.filter((path) => (beyond.has(path.path) || beyond.has(`${path.path} rw`)) && !isSocket(path) && !isCovered(path));
}
