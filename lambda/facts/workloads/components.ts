import { COMPONENTS, type Component } from './component-table.ts';
import { containersOf } from './containers-of.ts';
import { eksImageName, repositoryOf } from './image-repository.ts';
import type { Workload } from './workload.ts';

type Recognisable = Pick<Workload, 'resource' | 'spec' | 'serviceAccount'>;

const byName = new Map<string, Component[]>();
for (const component of COMPONENTS) {
  const name = `${component.kind} ${component.name}`;
  byName.set(name, [...(byName.get(name) ?? []), component]);
}
const privileges = new Map(COMPONENTS.map((component) => [component, new Set(component.privileges)]));

/**
 * Which component of Kubernetes, EKS or an add-on this is: kind, name, namespace and ServiceAccount are as its maker sets them, and every
 * container runs an image of that component from its maker's registry. A name alone proves nothing: anybody may take it.
 */
export function componentOf(workload: Recognisable): string | undefined {
  return recognise(workload)?.component;
}

/** The privileges that the component is known to take, as `privilegeId` writes them. */
export function knownPrivileges(workload: Recognisable): ReadonlySet<string> | undefined {
  const component = recognise(workload);
  return component && privileges.get(component);
}

function recognise({ resource, spec, serviceAccount }: Recognisable): Component | undefined {
  const candidates = byName.get(`${resource.kind} ${resource.name}`);
  return candidates?.find(
    (component) =>
      component.namespaces.includes(resource.namespace) &&
      component.serviceAccounts.includes(serviceAccount) &&
      spec.containers.length > 0 &&
      containersOf(spec).every(({ container }) => isImageOf(component, container.image ?? '')),
  );
}

function isImageOf({ images }: Component, image: string): boolean {
  const repository = repositoryOf(image);
  const eksName = eksImageName(repository);
  // EKS packs the same programs under the same names into registries of its own.
  return images.includes(repository) || (eksName !== undefined && images.some((known) => known.slice(known.lastIndexOf('/') + 1) === eksName));
}
