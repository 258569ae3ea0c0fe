import type { Severity } from '../../model/severity.ts';
import type { Asks } from './asks.ts';

/** What can be done with rights, and how bad that is. */
export interface PowerDefinition {
  /** Held when all asks of one of these are answered, two about one object for the same one (`same-object.ts`). */
  readonly anyOf: readonly Asks[];
  /** Cluster-wide (and in a system namespace), in one namespace. */
  readonly severity: readonly [Severity, Severity];
  /** After the holder's name; `where` is `in every namespace` or `in shop`. */
  says(where: string): string;
}

export function power(anyOf: readonly Asks[], severity: readonly [Severity, Severity], says: (where: string) => string): PowerDefinition {
  return { anyOf, severity, says };
}
