import type { SourceName } from './sources.ts';

/** What is read of a cluster: for every source the field paths to keep (see `fields.ts`), sorted. Made from the checks, never by hand. */
export type CollectionPlan = { readonly [S in SourceName]: readonly string[] };
