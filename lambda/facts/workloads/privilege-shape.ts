import type { V1Container, V1PodSpec } from '@kubernetes/client-node';

/**
 * All of a pod's spec that may give it a privilege, as text. Two specs of one text take the same privileges, whatever their containers, images,
 * ports and ServiceAccounts are called: of thousands of workloads most are alike in it.
 */
export function privilegeShape({ serviceAccountName: _account, automountServiceAccountToken: _token, runtimeClassName: _runtime, ...spec }: V1PodSpec): string {
  const { containers, initContainers, ephemeralContainers, ...rest } = spec;
  return JSON.stringify([rest, shapesOf(containers), shapesOf(initContainers), shapesOf(ephemeralContainers as V1Container[] | undefined)]);
}

function shapesOf(containers: readonly V1Container[] | null | undefined): readonly object[] | undefined {
  return containers?.map(({ name: _name, image: _image, ports, ...rest }) => ({ ...rest, ports: ports?.filter(({ hostPort }) => hostPort) }));
}
