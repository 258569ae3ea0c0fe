import type { ClusterState } from '../model/cluster-state.ts';
import { canonicalJson } from './canonical-json.ts';
import { fromJson, packText, unpack } from './stored-json.ts';

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

/** Far more than the second member unpacks to. */
const ENDING = 64;

/** The number of a stored state, in either form. Most of them need not be parsed for it. Throws `DamagedObjectError`. */
export function seqOfState(key: string, bytes: Uint8Array): number | undefined {
  const text = unpack(key, bytes);
  const ending = Buffer.from(text.slice(-ENDING)).toString('latin1');
  // The last brace is that of the state, so this is its own member and no other's.
  const digits = /,"seq":(\d{1,12})\}\n$/.exec(ending)?.[1];
  const seq = digits === undefined ? (fromJson(key, text) as Partial<ClusterState> | null)?.seq : Number(digits);
  return Number.isSafeInteger(seq) ? seq : undefined;
}
