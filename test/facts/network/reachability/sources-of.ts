import { KINDS, apiVersionOf, type KindDefinition, type KubernetesSource } from '../../../../lambda/model/kinds.ts';
import type { GivenSources } from '../../../snapshot-of.ts';

/** Objects of a cluster, each in the list of its kind. */
export function sourcesOf(objects: readonly object[]): GivenSources {
  const given: Record<string, object[]> = {};
  for (const object of objects as readonly { readonly kind: string; readonly apiVersion: string }[]) {
    const source = (Object.keys(KINDS) as KubernetesSource[]).find((name) => {
      const kind: KindDefinition = KINDS[name];
      return kind.kind === object.kind && kind.versions.some((version) => apiVersionOf(kind, version) === object.apiVersion);
    });
    if (source === undefined) throw new Error(`no such kind: ${object.kind}`);
    (given[source] ??= []).push(object);
  }
  return given as GivenSources;
}
