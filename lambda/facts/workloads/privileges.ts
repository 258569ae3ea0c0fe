import type { V1PodSpec } from '@kubernetes/client-node';
import { hostPorts, windowsHostProcess } from '../pod-security/host-rules.ts';
import { SYSCTLS_1_37, procMount, seccompProfile, sysctls } from '../pod-security/kernel-rules.ts';
import { baselineCapabilities, privilegeEscalation, privileged } from '../pod-security/privilege-rules.ts';
import { exceptUserNamespace, type Offence } from '../pod-security/rule.ts';
import { knownPrivileges } from './components.ts';
import { hostPathsOf } from './host-paths.ts';
import { runtimeSocketAt } from './node-path.ts';
import { isWindows } from './operating-system.ts';
import { privilegeShape } from './privilege-shape.ts';
import { rootUsers, windowsAdministrators } from './user-of.ts';
import type { Workload } from './workload.ts';

type Find = (spec: V1PodSpec) => Iterable<Offence>;

/** Whole-pod switches have no place but the pod. */
function when(asked: (spec: V1PodSpec) => boolean): Find {
  return (spec) => (asked(spec) ? [{}] : []);
}

/** Sockets belong to root: a directory above one helps only root, while the socket itself is mounted to be used. */
function* runtimeSockets(spec: V1PodSpec): Iterable<Offence> {
  const paths = hostPathsOf(spec);
  if (paths.length === 0) return;
  const asRoot = new Set([...rootUsers(spec)].map(({ container }) => container));
  for (const { path, containers } of paths) {
    const socket = runtimeSocketAt(path);
    // Who has all files of the node needs no socket: that is one fault, and the graver one.
    if (!socket || path === '/') continue;
    for (const container of containers) if (path === socket || asRoot.has(container)) yield { container, what: socket };
  }
}

const procMounts = exceptUserNamespace(procMount);
const unsafeSysctls = sysctls(SYSCTLS_1_37);

/** What a workload may take that it would not have by default. Where the Pod Security Standards have a rule for it, that rule finds it. */
const PRIVILEGES = {
  administrator: windowsAdministrators,
  capability: (spec) => baselineCapabilities({ spec }),
  hostIPC: when((spec) => spec.hostIPC === true),
  hostNetwork: when((spec) => spec.hostNetwork === true),
  hostPath: function* (spec) {
    for (const { path, writable } of hostPathsOf(spec)) yield { what: writable ? `${path} rw` : path };
  },
  hostPID: when((spec) => spec.hostPID === true),
  // With the node's network every port is the node's, and the API server may note each as one.
  hostPort: (spec) => (spec.hostNetwork === true ? [] : hostPorts({ spec })),
  hostProcess: (spec) => windowsHostProcess({ spec }),
  privileged: (spec) => privileged({ spec }),
  privilegeEscalation: (spec) => (isWindows(spec) ? [] : privilegeEscalation({ spec })),
  procMount: (spec) => procMounts({ spec }),
  rootUser: rootUsers,
  runtimeSocket: runtimeSockets,
  seccomp: (spec) => seccompProfile({ spec }),
  sharedPids: when((spec) => spec.shareProcessNamespace === true && spec.containers.length > 1),
  sysctl: (spec) => unsafeSysctls({ spec }),
} as const satisfies Record<string, Find>;

export type Privilege = keyof typeof PRIVILEGES;

/** One privilege at one place, as the table of components writes it. */
export function privilegeId(privilege: Privilege, { container, what }: Offence): string {
  return [privilege, ...(container === undefined ? [] : [container]), ...(what === undefined ? [] : [what])].join(' ');
}

type Takers = ReadonlyMap<Privilege, readonly Workload[]>;

const NAMES = Object.keys(PRIVILEGES) as readonly Privilege[];
/** By the list of all workloads: every check about a privilege asks with the same one. */
const known = new WeakMap<readonly Workload[], Takers>();

/** The workloads that take a privilege, in their order: most take few, so that a check has little left to go through. */
export function takersOf(workloads: readonly Workload[], privilege: Privilege): readonly Workload[] {
  let takers = known.get(workloads);
  if (!takers) known.set(workloads, (takers = findTakers(workloads)));
  return takers.get(privilege)!;
}

function findTakers(workloads: readonly Workload[]): Takers {
  const takers = new Map<Privilege, Workload[]>(NAMES.map((privilege) => [privilege, []]));
  // What one takes, all of its shape take.
  const byShape = new Map<string, readonly Privilege[]>();
  for (const workload of workloads) {
    for (const privilege of takenBy(workload, byShape)) takers.get(privilege)!.push(workload);
  }
  return takers;
}

function takenBy(workload: Workload, byShape: Map<string, readonly Privilege[]>): readonly Privilege[] {
  // What a known component takes everywhere is looked up under its containers' names.
  if (workload.component !== undefined) return NAMES.filter((privilege) => holdsAny(privilegesOf(workload, privilege)));
  const { spec } = workload;
  const shape = privilegeShape(spec);
  let taken = byShape.get(shape);
  if (!taken) byShape.set(shape, (taken = NAMES.filter((privilege) => holdsAny(PRIVILEGES[privilege](spec)))));
  return taken;
}

function holdsAny(offences: Iterable<Offence>): boolean {
  for (const _offence of offences) return true;
  return false;
}

/** Where a workload takes a privilege, less what the component that it is takes everywhere. */
export function* privilegesOf(workload: Workload, privilege: Privilege): Iterable<Offence> {
  const known = workload.component === undefined ? undefined : knownPrivileges(workload);
  for (const offence of PRIVILEGES[privilege](workload.spec)) {
    const id = privilegeId(privilege, offence);
    if (!known?.has(id) && !known?.has(`${id} rw`)) yield offence;
  }
}
