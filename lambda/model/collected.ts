/** Why a source could not be read. The code groups; the message is for a person. */
export const REFUSAL_CODES = [
  'forbidden',
  'unauthorized',
  'unreachable',
  'timeout',
  'too-large',
  'unavailable',
  'not-in-capture',
  'fields-not-kept',
  'unreadable',
  'not-configured',
  'not-understood',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A source that was not read: a value that travels on, never an exception and never an empty list. */
export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence without a period: what happened, to what, and where it helps what to do. */
  readonly message: string;
}

/**
 * What a source said, or why it could not be read.
 * `assumed` marks a value that was not read but follows from what was (a CRD kind that nothing in a capture speaks of).
 */
export type Collected<T> =
  | { readonly ok: true; readonly value: T; readonly assumed?: string }
  | { readonly ok: false; readonly reason: Refusal };

export function collected<T>(value: T): Collected<T> {
  return { ok: true, value };
}

export function refused(code: RefusalCode, message: string): { readonly ok: false; readonly reason: Refusal } {
  return { ok: false, reason: { code, message } };
}
