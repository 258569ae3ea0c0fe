/** A path of the node in one spelling: `/var//run/./docker.sock/` is `/run/docker.sock`. Windows paths come in lower case with forward slashes. */
export function normalNodePath(path: string): string {
  const windows = /^[A-Za-z]:/.test(path) || path.startsWith('\\\\');
  const slashed = windows ? path.replaceAll('\\', '/').toLowerCase() : path;
  const kept: string[] = [];
  for (const part of slashed.split('/')) {
    if (part === '..') kept.pop();
    // A named pipe is `\\.\pipe\name`: its dot is a part of the name.
    else if (part !== '' && (part !== '.' || windows)) kept.push(part);
  }
  if (windows) return kept.join('/');
  // On every node image of EKS /var/run is a link to /run.
  if (kept[0] === 'var' && kept[1] === 'run') kept.shift();
  return `/${kept.join('/')}`;
}

/** True where `path` is `tree` or lies in it. Both normal. */
export function isWithin(path: string, tree: string): boolean {
  return path === tree || tree === '/' || path.startsWith(`${tree}/`);
}

/** Every normal path that this one lies in, itself left out. */
export function pathsAbove(path: string): readonly string[] {
  const parts = path.split('/');
  const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
  return path === '/' ? [] : ['/', ...above.filter((each) => each !== '')];
}

/** What gives a node away to whoever may only read it: keys, tokens of other pods, sockets, devices, memory. */
const SENSITIVE_TREES = [
  '/dev',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/kubelet',
  'c:/etc',
  'c:/programdata/amazon',
  'c:/programdata/containerd',
  'c:/programdata/docker',
  'c:/programdata/kubernetes',
  'c:/users',
  'c:/var/lib/kubelet',
  'c:/windows/system32/config',
  './pipe',
] as const;

/** Parts of those trees that tell nothing: certificates of authorities, time zones, the system's name. */
const PUBLIC_TREES = [
  '/etc/ca-certificates',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/localtime',
  '/etc/machine-id',
  '/etc/os-release',
  '/etc/pki/ca-trust',
  '/etc/pki/tls/certs',
  '/etc/resolv.conf',
  '/etc/ssl/certs',
  '/etc/timezone',
] as const;

/** True where reading this path of the node is enough to go on from there. Takes a normal path. */
export function isSensitiveNodePath(path: string): boolean {
  if (PUBLIC_TREES.some((tree) => isWithin(path, tree))) return false;
  return SENSITIVE_TREES.some((tree) => isWithin(path, tree) || isWithin(tree, path));
}

/** Sockets and pipes by which a container runtime takes orders; first the one of EKS' own node images. */
const RUNTIME_SOCKETS = [
  '/run/containerd/containerd.sock',
  '/run/buildkit/buildkitd.sock',
  '/run/cri-dockerd.sock',
  '/run/crio/crio.sock',
  '/run/docker.sock',
  '/run/dockershim.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/podman/podman.sock',
  './pipe/containerd-containerd',
  './pipe/docker_engine',
] as const;

/** The first runtime socket that is at this path of the node or below it. Takes a normal path. */
export function runtimeSocketAt(path: string): string | undefined {
  return RUNTIME_SOCKETS.find((socket) => isWithin(socket, path));
}
