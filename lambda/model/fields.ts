import type { SourceName } from './sources.ts';

/**
 * The fields of a source that a check or a fact reads; everything else is trimmed away while reading.
 *
 * A path is a list of steps: `spec.hostNetwork` keeps that field with all below it; `spec.containers[].image` goes into every
 * element of a list; `spec.containers[name=aws-node].env[name=MODE].value` only into elements whose `name` is that; `args[^--flag=]`
 * keeps the strings of a list that begin so; `data["enable-x"]` names a key that holds dots or dashes. `metadata.name`, `.namespace`, `.uid` of
 * kube-system, `apiVersion` and `kind` are always kept.
 *
 * Of what a controller made that is read itself only paths below `metadata` are kept, and those behind `every:`.
 */
export type FieldPaths = { readonly [S in SourceName]?: readonly string[] };

/** Before a path that is to be kept of objects that controllers made, too. */
export const EVERY = 'every:';
