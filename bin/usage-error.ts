/** Something that the caller can put right: its message says what and how. Exit 2, no stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
