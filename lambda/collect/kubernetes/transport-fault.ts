import { JsonSyntaxError, TooLargeError } from '../json/json-errors.ts';
import type { Refusal } from '../../model/collected.ts';
import { serverText } from './server-text.ts';

/** A deadline, a cap, no credentials: thrown inside the reader, a refusal outside. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  readonly retry: boolean;

  constructor(refusal: Refusal, retry: boolean) {
    super(refusal.message);
    this.refusal = refusal;
    this.retry = retry;
  }
}

/** What a failed attempt means for people, and whether another attempt may go better. */
export interface Fault {
  readonly refusal: Refusal;
  readonly retry: boolean;
}

const CERTIFICATE = new Map([
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', "is not signed by the cluster's CA"],
  ['UNABLE_TO_GET_ISSUER_CERT', "is not signed by the cluster's CA"],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', "is not signed by the cluster's CA"],
  ['SELF_SIGNED_CERT_IN_CHAIN', "is not signed by the cluster's CA"],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', "is not signed by the cluster's CA"],
  ['CERT_SIGNATURE_FAILURE', "is not signed by the cluster's CA"],
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['CERT_NOT_YET_VALID', 'is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for another host'],
]);

/** What went wrong between us and `host`, from the error that Node gave. `certificateAdvice`: what to look at when its certificate is at fault. */
export function transportFault(error: unknown, host: string, certificateAdvice: string): Fault {
  if (error instanceof RefusedError) return error;
  if (error instanceof JsonSyntaxError) {
    return { refusal: { code: 'unreadable', message: `the answer of ${host} is not the JSON of an API server: ${serverText(error.message)}` }, retry: error.truncated };
  }
  if (error instanceof TooLargeError) return { refusal: { code: 'too-large', message: serverText(error.message) }, retry: false };
  const code = codeOf(error);
  const flaw = CERTIFICATE.get(code);
  if (flaw !== undefined) {
    const message = `the certificate of ${host} ${flaw}, so nothing was sent to it; ${certificateAdvice}`;
    return { refusal: { code: 'unreachable', message }, retry: false };
  }
  if (code === 'ENOTFOUND') return { refusal: { code: 'unreachable', message: `no host is called ${host} (DNS); is the cluster gone, or its endpoint private?` }, retry: false };
  if (code === 'ECONNREFUSED') return { refusal: { code: 'unreachable', message: `nothing listens at ${host} (connection refused)` }, retry: true };
  if (code === 'Z_DATA_ERROR') return { refusal: { code: 'unreadable', message: `the answer of ${host} is not the gzip that it claims to be` }, retry: false };
  if (code === 'ECONNRESET' || code === 'Z_BUF_ERROR' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return { refusal: { code: 'unreachable', message: `${host} ended the connection before its answer was complete` }, retry: true };
  }
  const what = error instanceof Error ? error.message : String(error);
  return { refusal: { code: 'unreachable', message: `${host} cannot be spoken to: ${serverText(what)}${code ? ` (${code})` : ''}` }, retry: RETRIED.has(code) };
}

const RETRIED = new Set(['EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);

function codeOf(error: unknown): string {
  // With both address families tried, Node wraps one error for each.
  if (error instanceof AggregateError && error.errors.length > 0 && !('code' in error && error.code)) return codeOf(error.errors[0]);
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
