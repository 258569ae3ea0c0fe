import { objectsOf, textOf, written } from '../as-read.ts';

/** Fields of ServiceAccounts that say it. */
export const LEGACY_TOKEN_FIELDS = ['secrets[].name'] as const;

interface Account {
  readonly metadata?: { readonly name?: string };
  readonly secrets?: unknown;
}

/** What the token controller of Kubernetes before 1.24 put at the end. */
const ENDING = /^-token-[a-z0-9]{5}$/;

/**
 * Secrets with tokens of an account that never expire, as the account itself names them: before Kubernetes 1.24 each got one. Other Secrets that it names are those that its pods
 * may mount. https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export function legacyTokens({ metadata, secrets }: Account): readonly string[] {
  const account = written(metadata?.name ?? '');
  return objectsOf(secrets as readonly { readonly name?: unknown }[] | undefined).flatMap(({ name }) => {
    const secret = textOf(name) ?? '';
    return secret.startsWith(account) && ENDING.test(secret.slice(account.length)) ? [secret] : [];
  });
}
