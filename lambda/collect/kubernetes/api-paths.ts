import type { KindDefinition } from '../../model/kinds.ts';

/** `/api/v1`, `/apis/apps/v1`. */
export function groupVersionPath(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** The collection of a kind: over all namespaces, or in one. */
export function collectionPath({ group, plural, namespaced }: KindDefinition, version: string, namespace?: string): string {
  const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${groupVersionPath(group, version)}${within}/${plural}`;
}

/** One object by name. */
export function objectPath(kind: KindDefinition, version: string, name: string, namespace?: string): string {
  return `${collectionPath(kind, version, namespace)}/${encodeURIComponent(name)}`;
}

/** How messages call a kind: `pods`; one that a CRD defines with its group, because others may be called the same. */
export function kindInWords({ group, plural, builtIn }: KindDefinition): string {
  return builtIn ? plural : `${plural}.${group}`;
}
