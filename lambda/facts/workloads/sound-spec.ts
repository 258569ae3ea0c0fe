import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { textsOf, written } from '../as-read.ts';

/** Of a container as it is read: an ephemeral one is alike. */
type AnyContainer = V1Container;

/**
 * A pod's spec in which names, images, paths, capabilities and the like are text. From an API server they always are, and then it is the spec
 * itself; a capture can hold anything, and a wrong one is kept as text, so that what stands beside it is judged.
 */
export function soundSpec(spec: V1PodSpec): V1PodSpec {
  if (isSound(spec)) return spec;
  const each = <T extends AnyContainer>(list: readonly T[] | undefined): T[] => (list ?? []).map(soundContainer);
  const { securityContext, volumes, nodeSelector, ephemeralContainers, ...rest } = spec;
  return {
    ...rest,
    containers: each(spec.containers),
    initContainers: each(spec.initContainers),
    ...(ephemeralContainers ? { ephemeralContainers: each(ephemeralContainers as AnyContainer[]) as typeof ephemeralContainers } : {}),
    ...(securityContext ? { securityContext: soundContext(securityContext) } : {}),
    ...(volumes ? { volumes: volumes.map((volume) => (volume.hostPath ? { ...volume, name: written(volume.name), hostPath: { path: written(volume.hostPath.path) } } : volume)) } : {}),
    ...(isObject(nodeSelector) ? { nodeSelector } : {}),
  };
}

function soundContainer<T extends AnyContainer>(container: T): T {
  const { ports, securityContext } = container;
  return {
    ...container,
    name: written(container.name),
    image: written(container.image),
    ...(ports ? { ports: ports.map((port) => ({ ...port, hostPort: numberOf(port.hostPort), containerPort: numberOf(port.containerPort) })) } : {}),
    ...(securityContext ? { securityContext: soundContext(securityContext) } : {}),
  };
}

type Context = NonNullable<V1Container['securityContext'] & V1PodSpec['securityContext']>;

function soundContext<T extends Partial<Context>>(context: T): T {
  const { capabilities, seccompProfile, windowsOptions, procMount, sysctls } = context;
  const user = windowsOptions?.runAsUserName;
  return {
    ...context,
    ...(capabilities ? { capabilities: { ...capabilities, add: Array.isArray(capabilities.add) ? capabilities.add.map(written) : [] } } : {}),
    ...(seccompProfile ? { seccompProfile: { ...seccompProfile, type: written(seccompProfile.type) } } : {}),
    ...(windowsOptions && user !== undefined ? { windowsOptions: { ...windowsOptions, runAsUserName: written(user) } } : {}),
    ...(procMount === undefined || procMount === null ? {} : { procMount: written(procMount) }),
    ...(sysctls ? { sysctls: sysctls.map((sysctl) => ({ ...sysctl, name: written(sysctl.name) })) } : {}),
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function isSound({ containers, initContainers, ephemeralContainers, securityContext, volumes, nodeSelector }: V1PodSpec): boolean {
  if (!isAbsent(nodeSelector) && !isObject(nodeSelector)) return false;
  if (securityContext && !isSoundContext(securityContext)) return false;
  if (volumes?.some(({ name, hostPath }) => hostPath && !(isText(name) && isText(hostPath.path)))) return false;
  return areSoundContainers(containers) && areSoundContainers(initContainers) && areSoundContainers(ephemeralContainers as AnyContainer[] | undefined);
}

function areSoundContainers(list: readonly AnyContainer[] | undefined | null): boolean {
  return list?.every(isSoundContainer) ?? true;
}

function isSoundContainer({ name, image, ports, securityContext }: AnyContainer): boolean {
  if (!isText(name) || !(isAbsent(image) || isText(image))) return false;
  if (ports?.some(({ hostPort, containerPort }) => !isNumberIfAny(hostPort) || !isNumberIfAny(containerPort))) return false;
  return !securityContext || isSoundContext(securityContext);
}

function isSoundContext({ capabilities, seccompProfile, windowsOptions, procMount, sysctls }: Partial<Context>): boolean {
  const add = capabilities?.add;
  return (
    (isAbsent(add) || (Array.isArray(add) && textsOf(add).length === add.length)) &&
    (!seccompProfile || isText(seccompProfile.type)) &&
    (isAbsent(windowsOptions?.runAsUserName) || isText(windowsOptions.runAsUserName)) &&
    (isAbsent(procMount) || isText(procMount)) &&
    (sysctls ?? []).every(({ name }) => isText(name))
  );
}

function isNumberIfAny(value: unknown): boolean {
  return isAbsent(value) || typeof value === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
