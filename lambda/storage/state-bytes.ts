import type { ClusterState } from '../model/cluster-state.ts';
import { canonicalJson } from './canonical-json.ts';
import { packText } from './stored-json.ts';

/**
 * A stored state is two gzip members, which unpack to one line of JSON: everything but the number of the seal that commits it, and
 * that number. So a state is packed and staged before it is known which number its seal will have, and needs not be made again when
 * another run takes that number.
 */
export function toStateBytes(state: ClusterState): Uint8Array {
  return withSeq(stateBody(state), state.seq);
}

/** A state without its number: the first member. */
export function stateBody({ seq: _, ...state }: ClusterState): Uint8Array {
  return packText(canonicalJson(state).slice(0, -1));
}

/** The second member. */
export function stateEnding(seq: number): Uint8Array {
  return packText(`,"seq":${seq}}\n`);
}

export function withSeq(body: Uint8Array, seq: number): Uint8Array {
  return Buffer.concat([body, stateEnding(seq)]);
}
