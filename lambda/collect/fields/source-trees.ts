import { EVERY } from '../../model/fields.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { KubernetesSource } from '../../model/kinds.ts';
import { isReadController } from '../../model/read-controllers.ts';
import { ALWAYS_KEPT, compileFields, type FieldTree } from './field-tree.ts';

/** The type of the owner that controls an object. */
export interface Controller {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What is kept of an object of one source, by what controls it. */
export type TreeFor = (controller: Controller | undefined) => FieldTree;

/** What the controllers that we read make: their template says what is in it, once for all that they made. */
const MADE_BY_CONTROLLERS: ReadonlySet<KubernetesSource> = new Set(['pods', 'replicaSets', 'jobs']);

/**
 * What is kept of a source's objects: all that somebody declared; of an object whose controller is read itself only what is declared
 * of its metadata, and of it alone (`EVERY`). The live reader and captures ask here, so that both keep the same.
 */
export function treeForSource(plan: CollectionPlan, source: KubernetesSource): TreeFor {
  // The uid of kube-system is a cluster's identity.
  const always = source === 'namespaces' ? [...ALWAYS_KEPT, 'metadata.uid'] : ALWAYS_KEPT;
  const full = compileFields([...always, ...plan[source]]);
  if (!MADE_BY_CONTROLLERS.has(source)) return () => full;
  const controlled = compileFields([...always, ...plan[source].filter((path) => path.startsWith('metadata.') || path.startsWith(EVERY))]);
  return (controller) => (controller && isReadController(controller) ? controlled : full);
}
