import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { KubernetesSource } from '../../model/kinds.ts';
import { treeForSource as treeForController } from '../fields/source-trees.ts';
import type { TreeFor } from './list.ts';

/** What is kept of a source's objects, asked in the reader's words. */
export function treeForSource(plan: CollectionPlan, source: KubernetesSource): TreeFor {
  const treeFor = treeForController(plan, source);
  return (_apiVersion, _kind, controller) => treeFor(controller);
}
