import type { PolicyEnforcement } from './policy-enforcement.ts';

/** Engines that enforce on some class of node. */
export function enforcingEngines({ classes }: PolicyEnforcement): ReadonlySet<string> {
  return new Set(classes.flatMap(({ engine }) => engine ?? []));
}
