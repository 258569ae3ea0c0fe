import type { AwsCredentials } from './eks-token.ts';

/** What gives keys, and may take a call to STS for it. */
export type CredentialsProvider = Extract<AwsCredentials, (...given: never[]) => unknown>;
type Keys = Awaited<ReturnType<CredentialsProvider>>;

/** Keys that end sooner are asked for again, so that none ends on the way. */
const MARGIN_MS = 5 * 60_000;

/** The same, asked once for all clients and tokens of a cluster, and again when the keys are about to end. A failure is not kept. */
export function heldCredentials(provider: CredentialsProvider, date: () => Date): CredentialsProvider {
  let held: Promise<Keys> | undefined;
  const ask = (): Promise<Keys> => {
    const asked = provider();
    held = asked;
    asked.catch(() => {
      if (held === asked) held = undefined;
    });
    return asked;
  };
  return async () => {
    const before = held;
    const keys = await (before ?? ask());
    if (keys.expiration === undefined || keys.expiration.getTime() - date().getTime() > MARGIN_MS) return keys;
    // Asked for a moment ago, they are as new as they get.
    return before === undefined ? keys : await (held === before || held === undefined ? ask() : held);
  };
}
