import { objectsOf, textOf, written } from '../as-read.ts';

/** Fields of ServiceAccounts that say it. */
export const LEGACY_TOKEN_FIELDS = ['secrets[].name'] as const;

interface Account {
  readonly metadata?: { readonly name?: string };
  readonly secrets?: unknown;
}

/** The token controller of Kubernetes before 1.24 put it behind `<account>-token-`. */
const ENDING = /^[a-z0-9]{5}$/;
/** What is longer, the API server cuts off before it adds the ending: apiserver/pkg/storage/names/generate.go. */
const MOST_BEFORE_ENDING = 58;

/**
 * Secrets with tokens of an account that never expire, as the account itself names them: before Kubernetes 1.24 each got one. Other Secrets that it names are those that its pods
 * may mount. https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export function legacyTokens({ metadata, secrets }: Account): readonly string[] {
  const before = `${written(metadata?.name ?? '')}-token-`.slice(0, MOST_BEFORE_ENDING);
  return objectsOf(secrets as readonly { readonly name?: unknown }[] | undefined).flatMap(({ name }) => {
    const secret = textOf(name) ?? '';
    return secret.startsWith(before) && ENDING.test(secret.slice(before.length)) ? [secret] : [];
  });
}

/** Whether a Secret of this name can be such a token of some account. */
export function mayBeLegacyToken(secret: string): boolean {
  return secret.includes('-token-') || secret.length === MOST_BEFORE_ENDING + 5;
}
