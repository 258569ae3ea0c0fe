import type { Conventions } from '../reachability/endpoint.ts';
import { reachabilityOf, type Reachability, type ReachabilityInput } from '../reachability/reachability.ts';

/** `reads`: the kinds of policies that are read at all; undefined: all of them. */
export type Readings = (conventions: Conventions, reads: ReadonlySet<string> | undefined) => Reachability;

/** The engine over the same ends, once for each way of reading policies. */
export function readingsOver(input: Omit<ReachabilityInput, 'conventions'>): Readings {
  const known = new Map<string, Reachability>();
  return (conventions, reads) => {
    const key = JSON.stringify([conventions, reads ? [...reads] : 'all']);
    let reachability = known.get(key);
    if (!reachability) {
      const own = <T extends { readonly source: string }>(list: readonly T[]): readonly T[] => (reads ? list.filter(({ source }) => reads.has(source)) : list);
      known.set(key, (reachability = reachabilityOf({ ...input, policies: own(input.policies), tiers: own(input.tiers), conventions })));
    }
    return reachability;
  };
}
