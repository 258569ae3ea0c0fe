import type { V1ObjectMeta, V1OwnerReference } from '@kubernetes/client-node';
import { isReadController } from '../../model/read-controllers.ts';
import type { Workload } from './workload.ts';
import { generatedName, stableName } from './stable-name.ts';
import { textOf, written } from '../as-read.ts';

/** An object that may be a workload, or belong to one. */
export interface Candidate {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: V1ObjectMeta;
  readonly serviceAccount: string;
  /** It runs to an end: a Job, or a pod that is not restarted. */
  readonly ends: boolean;
  /** Where it runs; only used to take the node's name off a static pod's. */
  readonly nodeName?: string;
}

/** The owner that controls an object. */
export function controllerOf(metadata: V1ObjectMeta | undefined): V1OwnerReference | undefined {
  const references = metadata?.ownerReferences;
  if (!references) return undefined;
  // Asked of every pod, most of which have one: by index, as an iterator costs more.
  for (let i = 0; i < references.length; i++) if (references[i]?.controller === true) return references[i];
  return undefined;
}

/** Whether a controller that is read itself stands above an object: most pods of a cluster, of which nothing more needs to be asked. */
export function isControlled(metadata: V1ObjectMeta | undefined): boolean {
  const owner = controllerOf(metadata);
  return owner !== undefined && isReadController(owner);
}

/**
 * What a finding about this object is filed under, the same after a restart or a new run; undefined where a controller that is read
 * itself stands above it.
 */
export function workloadIdentity(candidate: Candidate): Workload['resource'] | undefined {
  const { metadata, serviceAccount, ends } = candidate;
  const namespace = metadata?.namespace ?? 'default';
  const name = metadata?.name ?? '';
  const owner = controllerOf(metadata);
  if (owner && isReadController(owner)) return undefined;
  if (owner?.kind === 'Node') return { apiVersion: candidate.apiVersion, kind: candidate.kind, namespace, name: lessNode(name, candidate, owner) };

  const made = owner ?? candidate;
  const under = (stable: string): Workload['resource'] => ({ apiVersion: written(made.apiVersion), kind: written(made.kind), namespace, name: stable });
  const generateName = textOf(metadata?.generateName);
  if (generateName !== undefined) return under(generatedName(generateName, serviceAccount));
  // A task's owner is often one run of something, under a name that nobody can foresee; a service's owner is named by people.
  if (owner) return under(ends ? generatedName('', serviceAccount) : stableName(written(owner.name)));
  const stable = ends ? stableName(name) : name;
  return under(stable === name ? name : `${stable} (ServiceAccount ${serviceAccount})`);
}

/** The kubelet names the mirror of a static pod `<name>-<node>`. */
function lessNode(name: string, { nodeName }: Candidate, owner: V1OwnerReference): string {
  for (const node of [textOf(owner.name), textOf(nodeName)]) {
    if (node && name.endsWith(`-${node}`)) return name.slice(0, -node.length - 1);
  }
  return name;
}
