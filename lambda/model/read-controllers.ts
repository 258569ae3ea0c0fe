/** Controllers whose own lists are read: what they control is judged by their template and needs no spec of its own. */
const READ_CONTROLLERS: ReadonlyMap<unknown, string> = new Map([
  ['ReplicaSet', 'apps'],
  ['Deployment', 'apps'],
  ['DaemonSet', 'apps'],
  ['StatefulSet', 'apps'],
  ['Job', 'batch'],
  ['CronJob', 'batch'],
  ['ReplicationController', ''],
]);

/** True where the controller named by an ownerReference is of a kind that an audit reads, whatever version it is named in, and whether or not that very one is still listed. */
export function isReadController({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  const group = READ_CONTROLLERS.get(kind);
  if (group === undefined) return false;
  // Everything that a cluster says may be of another type than it should.
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  if (group === '') return version.indexOf('/') <= 0;
  // Asked of each pod: looked at where it must stand, not looked for.
  return version.charCodeAt(group.length) === SLASH && version.startsWith(group);
}

const SLASH = 47;
