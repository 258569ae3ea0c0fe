import type { V1Namespace } from '@kubernetes/client-node';
import { pairsOf, textOf } from '../as-read.ts';
import type { Labels } from './label-selector.ts';

/** Every namespace carries its name as a label: the API server sets it. https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
export function withName(name: string, labels: Labels | undefined): Labels {
  return { ...labels, 'kubernetes.io/metadata.name': name };
}

/** Labels of namespaces by name. */
export function namespaceLabels(namespaces: readonly V1Namespace[]): ReadonlyMap<string, Labels> {
  return new Map(namespaces.map(({ metadata }) => [textOf(metadata?.name) ?? '', pairsOf(metadata?.labels)]));
}
