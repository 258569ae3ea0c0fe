import { FACTS } from '../facts/registry.ts';
import type { CollectionPlan } from '../model/collection-plan.ts';
import type { FieldPaths } from '../model/fields.ts';
import { SOURCE_NAMES, type SourceName } from '../model/sources.ts';
import type { Check } from './define-check.ts';
import { CHECKS } from './registry.ts';

/** The union of all fields that checks and facts declare. Every source is in it: one that nobody reads fields of keeps its objects' names. `more`: what a question needs besides. */
export function collectionPlan(checks: readonly Check[] = CHECKS, more: FieldPaths = {}): CollectionPlan {
  const fields = new Map<SourceName, Set<string>>(SOURCE_NAMES.map((name) => [name, new Set()]));
  const add = (paths: FieldPaths): void => {
    for (const [source, list] of Object.entries(paths)) for (const path of list) fields.get(source as SourceName)?.add(path);
  };
  for (const fact of Object.values(FACTS)) add(fact.fields);
  for (const check of checks) add(check.fields);
  add(more);
  return Object.fromEntries([...fields].map(([source, paths]) => [source, [...paths].sort()])) as unknown as CollectionPlan;
}
