import type { ResourceRef } from '../model/violation.ts';

/** "shop/web", or "web" where there is no namespace; nothing for the cluster itself. */
export function resourceWords({ kind, namespace, name }: ResourceRef): string {
  if (namespace !== undefined) return `${namespace}/${name}`;
  return kind === 'Cluster' ? '' : name;
}

/** "Deployment shop/web". */
export function resourceWithKind({ kind, namespace, name }: ResourceRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
