import type { V1Container, V1EphemeralContainer, V1PodSpec } from '@kubernetes/client-node';

export interface ContainerOf {
  readonly container: V1Container | V1EphemeralContainer;
  readonly role: 'init' | 'ordinary' | 'ephemeral';
}

/** Every container of a pod, so that no check forgets the init and ephemeral ones: first init, then ordinary, then ephemeral. */
export function* containersOf(spec: V1PodSpec): Iterable<ContainerOf> {
  for (const container of spec.initContainers ?? []) yield { container, role: 'init' };
  for (const container of spec.containers ?? []) yield { container, role: 'ordinary' };
  for (const container of spec.ephemeralContainers ?? []) yield { container, role: 'ephemeral' };
}
