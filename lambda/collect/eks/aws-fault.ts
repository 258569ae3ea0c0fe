import type { Refusal, RefusalCode } from '../../model/collected.ts';
import { serverText } from '../kubernetes/server-text.ts';

/** A refusal on its way out of a series of calls: thrown inside the reader, a value outside. */
export class AwsRefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Names of errors by what they mean, as EKS, EC2, IAM and STS call them. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const NAMES: readonly (readonly [RefusalCode, RegExp])[] = [
  ['forbidden', /^(AccessDenied(Exception)?|UnauthorizedOperation|ForbiddenException)$/],
  ['unauthorized', /^(Expired\w*|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure|OptInRequired|CredentialsProviderError|InvalidAccessKeyId\w*|MissingAuthenticationToken\w*)$/],
  ['timeout', /^(AbortError|TimeoutError|RequestTimeout\w*)$/],
];
const THROTTLING = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;
const MISSING = /^(ResourceNotFoundException|NoSuchEntity(Exception)?|InvalidLaunchTemplateId\.(NotFound|VersionNotFound))$/;

/** What was asked for does not exist, or not any more. */
export function isMissing(error: unknown): boolean {
  return MISSING.test(nameOf(error));
}

/** What a failed call means for people. `action`: as IAM names it. */
export function awsRefusal(error: unknown, action: string): Refusal {
  if (error instanceof AwsRefusedError) return error.refusal;
  const name = nameOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const code = NAMES.find(([, pattern]) => pattern.test(name))?.[0];
  if (code === 'forbidden') return { code, message: `may not call ${deniedAction(message) ?? action}${policyOf(message)}` };
  if (code === 'unauthorized') return { code, message: `AWS does not accept the credentials for ${action} (${name})` };
  if (code === 'timeout') return { code, message: `${action} took too long` };
  if (THROTTLING.test(name)) return { code: 'unavailable', message: `${action} was throttled until there was no time left (${name})` };
  if (isMissing(error)) return { code: 'unavailable', message: `${action}: what it asks for does not exist any more` };
  const answered = statusOf(error) !== undefined;
  return { code: answered ? 'unavailable' : 'unreachable', message: `${action} failed: ${serverText(message)}${name === '' || name === 'Error' ? '' : ` (${serverText(name, 60)})`}` };
}

/** Credentials may be got by a call of their own: what was denied stands in the message. */
function deniedAction(message: string): string | undefined {
  return /\bnot authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
}

/** A policy of the organization denies it: no policy of the role's own would help. */
function policyOf(message: string): string {
  return /service control policy/.test(message) ? ' (a service control policy denies it)' : '';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function statusOf(error: unknown): number | undefined {
  const metadata = (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | null)?.$metadata;
  return metadata?.httpStatusCode;
}
