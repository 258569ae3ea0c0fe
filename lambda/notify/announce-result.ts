import type { RouteSetting } from '../contract.ts';
import type { CheckWords } from './digest.ts';
import type { Publisher } from './sns-publisher.ts';

export interface AnnounceOptions extends Publisher {
  readonly now: () => Date;
  /** How long one who announces is left alone with it, in milliseconds: longer than a function may run. */
  readonly lease: number;
  readonly checks: readonly CheckWords[];
  /** The bucket that holds the record, for links. */
  readonly bucket: string;
}

/**
 * What became of one route.
 * `told`: a message went out, or several; `quiet`: there was no news that it is told of; `up-to-date`: nothing was sealed since;
 * `unconfirmed`: nobody listens to its topic yet, and it will be told later; `busy`: somebody else is telling it at this moment;
 * `failed`: its topic did not take the message; whoever announces next sends it again.
 */
export interface RouteOutcome {
  readonly route: RouteSetting['name'];
  readonly outcome: 'told' | 'quiet' | 'up-to-date' | 'unconfirmed' | 'busy' | 'failed';
  readonly messages: number;
  /** The newest seal that it has been told of. */
  readonly seq: number;
  /** With `failed`. */
  readonly reason?: string;
}

/** A caller who wants to be tried again throws where an outcome is `failed`: the others are told all the same. */
export interface AnnounceResult {
  readonly routes: readonly RouteOutcome[];
  /** A seal that is not told of yet: what it commits is still being published. */
  readonly waitingFor?: number;
}
