import type { Refusal } from './collected.ts';
import type { SourceName } from './sources.ts';

/** A source that was not read, and why. */
export interface Unread {
  readonly source: SourceName;
  readonly reason: Refusal;
}

/**
 * A fact's value with the sources that were missing from it. `ok: false` when a source it cannot do without was refused;
 * `ok: true` with `unread` when only wanted sources were: what is there is right, what is missing may be more.
 */
export type Derived<T> =
  | { readonly ok: true; readonly value: T; readonly unread: readonly Unread[] }
  | { readonly ok: false; readonly unread: readonly Unread[] };
