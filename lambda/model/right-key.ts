import { powerContains } from './power-order.ts';

/** What the key of a finding about a right says: `pod-exec@shop`, `pod-exec@cluster`. */
export interface RightKey {
  readonly power: string;
  /** `cluster`, or a namespace. (One that is called `cluster` is taken for all: a change in it may then be told as one that is known.) */
  readonly scope: string;
}

/** Undefined: the key is of something else. */
export function rightKey(key: string): RightKey | undefined {
  const at = key.indexOf('@');
  const power = key.slice(0, at);
  return at > 0 && powerContains(power, power) ? { power, scope: key.slice(at + 1) } : undefined;
}
