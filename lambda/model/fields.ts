import type { SourceName } from './sources.ts';

/**
 * The fields of a source that a check or a fact reads; everything else is trimmed away while reading.
 *
 * A path is a list of steps: `spec.hostNetwork` keeps that field with all below it; `spec.containers[].image` goes into every
 * element of a list; `spec.containers[name=aws-node].env[name=MODE].value` only into elements whose `name` is that; `args[^--flag=]`
 * keeps the strings of a list that begin so; `data["enable-x"]` names a key that holds dots or dashes. `metadata.name`, `.namespace`, `.uid` of
 * kube-system, `apiVersion` and `kind` are always kept.
 */
export type FieldPaths = { readonly [S in SourceName]?: readonly string[] };
