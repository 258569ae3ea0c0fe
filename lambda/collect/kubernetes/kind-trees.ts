import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { KubernetesSource } from '../../model/kinds.ts';
import { ALWAYS_KEPT, compileFields } from '../fields/field-tree.ts';
import type { TreeFor } from './list.ts';

/** What is kept of a source's objects. */
export function treeForSource(plan: CollectionPlan, source: KubernetesSource): TreeFor {
  const tree = compileFields([...ALWAYS_KEPT, ...plan[source]]);
  return () => tree;
}
