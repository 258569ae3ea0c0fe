import type { Refusal, RefusalCode } from '../../model/collected.ts';

/** What errors of the SDK carry, as far as they do. */
interface AwsError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const FORBIDDEN = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedException|NotAuthorized|Forbidden)$/;
/** The caller is not known there: in a region that the account has not enabled too. */
const UNAUTHORIZED = /^(AuthFailure|OptInRequired|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken)$/;
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|CredentialsProviderError|TokenProviderError)$/;
const THROTTLED = /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|SlowDown|BandwidthLimitExceeded)$/;
const NO_CONNECTION = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** What went wrong in a call of AWS, in a sentence without a period. `call`: `eks:ListClusters`; `where`: whom it was about. */
export function awsRefusal(error: unknown, call: string, where: string): Refusal {
  const { name = '', message = '', code = '', $metadata } = (error ?? {}) as AwsError;
  const say = (kind: RefusalCode, words: string): Refusal => ({ code: kind, message: `${where}: ${words}` });
  if (/service control policy/i.test(message)) return say('forbidden', `a service control policy of the organization denies ${call}; leave it out of \`regions\` or \`accounts\` where that is meant`);
  if (EXPIRED.test(name)) return say('unauthorized', `there are no valid credentials for ${call} (${name}); sign in again`);
  if (FORBIDDEN.test(name)) return say('forbidden', `${call} is not allowed (${name}); give it to the role that we use there`);
  if (UNAUTHORIZED.test(name)) return say('unauthorized', `${call} does not know our credentials (${name}); the account has not enabled this region, or the credentials are no longer valid`);
  if (THROTTLED.test(name)) return say('unavailable', `${call} was throttled on every try (${name}); the next run asks again`);
  // First the code: the SDK calls a connection that was cut a timeout too.
  if (NO_CONNECTION.test(code)) return say('unreachable', `${call} could not be reached (${code})`);
  if (name === 'TimeoutError') return say('timeout', `${call} did not answer in time`);
  if (($metadata?.httpStatusCode ?? 0) >= 500) return say('unavailable', `${call} failed at AWS (HTTP ${$metadata!.httpStatusCode}); the next run asks again`);
  return say('unreadable', `${call} failed: ${[name, plain(message)].filter((part) => part !== '').join(': ') || 'no reason given'}`);
}

/** Answers are not ours: one line of a sentence's length, nothing that a terminal obeys. */
function plain(message: string): string {
  const text = message.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
