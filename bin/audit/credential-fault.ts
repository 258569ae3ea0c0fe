import { UsageError } from '../usage-error.ts';

/** What errors of the SDK carry, as far as they do. */
interface AwsError {
  readonly name?: string;
  readonly message?: string;
}

/** Why nobody is signed in to AWS, and how to. What the SDK says is kept to what a person can use: its messages may quote files. */
export function credentialFault(error: unknown, profile: string | undefined): UsageError {
  const { name = '', message = '' } = (error ?? {}) as AwsError;
  const withProfile = profile === undefined ? '' : ` --profile ${profile}`;
  if (/sso/i.test(message) || name === 'TokenProviderError') return new UsageError(`the SSO session is over, or there was none; sign in with: aws sso login${withProfile}`);
  if (profile !== undefined && /could not (be found|resolve credentials using profile)|not found in/i.test(message)) {
    return new UsageError(`the profile "${profile}" is not in ~/.aws/config or ~/.aws/credentials, or has no credentials; aws configure list-profiles shows those that there are`);
  }
  if (/Expired/.test(name)) return new UsageError(`the AWS credentials have expired; sign in again (aws sso login${withProfile}, or new keys)`);
  if (name === 'CredentialsProviderError') return new UsageError(`there are no AWS credentials here; sign in (aws sso login, or aws configure), or name a profile with --profile`);
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure/.test(name)) return new UsageError(`AWS does not know these credentials (${name}); sign in again, or name a profile with --profile`);
  return new UsageError(`AWS does not say who we are: ${[name, message.split('\n')[0]!.slice(0, 200)].filter((part) => part !== '').join(': ')}`);
}
