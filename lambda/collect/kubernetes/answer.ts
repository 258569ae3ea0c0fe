import type { Refusal, RefusalCode } from '../../model/collected.ts';

/** What a request gave: a value, or why not. `status` is the HTTP status where there was one. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status?: number; readonly reason: Refusal };

export function noAnswer(code: RefusalCode, message: string, status?: number): { readonly ok: false; readonly status?: number; readonly reason: Refusal } {
  return { ok: false, reason: { code, message }, ...(status === undefined ? {} : { status }) };
}
