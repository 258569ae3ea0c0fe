import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { AwsSource } from '../../model/sources.ts';
import { compileFields, project } from '../fields/field-tree.ts';
import { AWS_IDENTITY } from './aws-answers.ts';

/** A value of an AWS source, or a list of them, with nothing but what checks declare and what tells one from another. Captures and live reads trim here, so that both keep the same. */
export function trimAnswers(plan: CollectionPlan, source: AwsSource, value: unknown): unknown {
  const tree = compileFields([...AWS_IDENTITY[source], ...plan[source]]);
  return Array.isArray(value) ? value.map((thing) => project(thing, tree)) : project(value, tree);
}
