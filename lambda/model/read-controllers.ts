/** Controllers whose own lists are read: what they control is judged by their template and needs no spec of its own. */
const READ_CONTROLLERS: ReadonlySet<string> = new Set([
  'apps/ReplicaSet',
  'apps/Deployment',
  'apps/DaemonSet',
  'apps/StatefulSet',
  'batch/Job',
  'batch/CronJob',
  '/ReplicationController',
]);

/** True where the controller named by an ownerReference is of a kind that an audit reads, whatever version it is named in, and whether or not that very one is still listed. */
export function isReadController({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  // Everything that a cluster says may be of another type than it should.
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  return typeof kind === 'string' && READ_CONTROLLERS.has(`${group}/${kind}`);
}
