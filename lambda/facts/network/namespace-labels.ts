import type { V1Namespace } from '@kubernetes/client-node';
import { pairsOf, textOf } from '../as-read.ts';
import type { Labels } from './label-selector.ts';

/** Labels of namespaces by name. */
export function namespaceLabels(namespaces: readonly V1Namespace[]): ReadonlyMap<string, Labels> {
  return new Map(namespaces.map(({ metadata }) => [textOf(metadata?.name) ?? '', pairsOf(metadata?.labels)]));
}
