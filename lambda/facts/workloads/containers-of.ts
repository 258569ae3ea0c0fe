import type { V1Container, V1EphemeralContainer, V1PodSpec } from '@kubernetes/client-node';

export interface ContainerOf {
  readonly container: V1Container | V1EphemeralContainer;
  readonly role: 'init' | 'ordinary' | 'ephemeral';
}

/** Checks ask for the containers of one pod dozens of times. */
const known = new WeakMap<V1PodSpec, readonly ContainerOf[]>();

/** Every container of a pod, so that no check forgets the init and ephemeral ones: first init, then ordinary, then ephemeral. */
export function containersOf(spec: V1PodSpec): readonly ContainerOf[] {
  let all = known.get(spec);
  if (!all) known.set(spec, (all = listContainers(spec)));
  return all;
}

function listContainers(spec: V1PodSpec): readonly ContainerOf[] {
  const all: ContainerOf[] = [];
  for (const container of spec.initContainers ?? []) all.push({ container, role: 'init' });
  for (const container of spec.containers ?? []) all.push({ container, role: 'ordinary' });
  for (const container of spec.ephemeralContainers ?? []) all.push({ container, role: 'ephemeral' });
  return all;
}
