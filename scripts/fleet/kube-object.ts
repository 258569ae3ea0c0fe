/** An API object as the fleet's pieces write it: what people and controllers declare. Ids, times and versions are filled in later. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: unknown;
}

export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Labels;
  annotations?: Labels;
  [field: string]: unknown;
}

export type Labels = Record<string, string>;
/** Any JSON object whose fields matter only to Kubernetes. */
export type Fields = Record<string, unknown>;

export function kubeObject(apiVersion: string, kind: string, place: string, fields: Fields = {}, metadata: Omit<Metadata, 'name'> = {}): KubeObject {
  const slash = place.indexOf('/');
  const named = slash < 0 ? { name: place } : { namespace: place.slice(0, slash), name: place.slice(slash + 1) };
  return { apiVersion, kind, metadata: { ...named, ...metadata }, ...fields };
}

/** `kind namespace/name`: unique in a cluster but for kinds of the same name in two groups, of which the fleet has none. */
export function pathOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** A template's labels and spec, for the kinds that make pods. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
  readonly spec: Fields;
}

export function fields(value: unknown): Fields {
  return (value ?? {}) as Fields;
}

export function list(value: unknown): readonly Fields[] {
  return (value ?? []) as readonly Fields[];
}
