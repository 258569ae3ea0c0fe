import type { Family } from '../../cidr/address-block.ts';
import { FAMILIES } from '../../cidr/address-set.ts';
import { classSetOf, intersectionOf, isNone, weightOfCommon, wordWeights } from './class-set.ts';
import type { Profile } from './profiles.ts';
import type { Reachability } from './reachability.ts';

/** How many of the first endpoints may reach addresses outside. Each profile is asked once, not each endpoint. */
export interface SourcesReaching {
  /** At least one of these endpoints, by TCP on one of the ports. */
  onPorts(endpoints: readonly number[], ports: readonly number[]): number;
  /** At least half of one family's addresses, on some port. */
  halfOf(pieces: readonly { readonly endpoint: number; readonly family: Family; readonly size: number }[]): number;
}

export function sourcesReaching({ classes, profiles, table }: Reachability, sources: number): SourcesReaching {
  function count(meets: (profile: Profile) => boolean): number {
    const known = new Map<number, boolean>();
    let found = 0;
    for (let i = 0; i < sources; i++) {
      const number = profiles.byClass.egress[classes.of[i]!]!;
      let answer = known.get(number);
      if (answer === undefined) known.set(number, (answer = meets(profiles.all[number]!)));
      if (answer) found += 1;
    }
    return found;
  }

  return {
    onPorts: (endpoints, ports) => {
      const asked = table.of(ports.map((port) => ({ protocol: 'TCP', first: port, last: port })));
      const targets = classSetOf(endpoints.map((endpoint) => classes.of[endpoint]!).sort((a, b) => a - b));
      return count(({ admission }) => admission.some(({ ports: admitted, peers }) => table.intersection(admitted, asked) !== table.none && !isNone(intersectionOf(peers, targets))));
    },
    halfOf: (pieces) => {
      const sizes = FAMILIES.map((family) => {
        const weights = new Float64Array(classes.all.length);
        let all = 0;
        for (const piece of pieces) {
          if (piece.family !== family) continue;
          weights[classes.of[piece.endpoint]!]! += piece.size;
          all += piece.size;
        }
        const targets = classSetOf([...weights.keys()].filter((number) => weights[number]! > 0));
        return { weights, words: wordWeights(weights), all, targets, lane: table.lanes[family] };
      });
      return count(({ admission }) =>
        sizes.some(({ weights, words, all, targets, lane }) => {
          let reached = 0;
          for (const { ports, peers } of admission) if (table.intersection(ports, lane) !== table.none) reached += weightOfCommon(peers, targets, weights, words);
          return reached * 2 >= all;
        }),
      );
    },
  };
}
